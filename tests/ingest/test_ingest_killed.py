"""An ingest that is killed at any stage leaves the current build answering, and the next one succeeds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.builds.workspace import Workspace

TEXT = """# PCD {number} Paper {number}

- Reference: PCD {number}
- Title: Paper {number}
- Decision body: Mayor's Office for Policing and Crime
- Record type: decision notice

## Executive summary
Money for work number {number}.

## Recommendation
1. Approve a grant of £{number} to SafeLives for Drive in 2023/24.
"""
STAGES: dict[str, Callable[[Path], bool]] = {
    "locked": lambda workspace: (workspace / "lock").exists(),
    "staging": lambda workspace: any(workspace.glob("staging/*")),
    "records": lambda workspace: len(list(workspace.glob("staging/*/records/*.gz"))) > 1,
    "graph": lambda workspace: any(workspace.glob("staging/*/graph/*.log")),
    "search": lambda workspace: any(workspace.glob("staging/*/search/*")),
    "index": lambda workspace: any(workspace.glob("staging/*/search/*.lance/_indices")),
    "manifest": lambda workspace: any(workspace.glob("staging/*/manifest.json")),
    "published": lambda workspace: len(list(workspace.glob("builds/*"))) > 1,
}


def start(workspace: Path, *paths: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "app.cli", "ingest", *map(str, paths), "--workspace", str(workspace)]
    environment = {**os.environ, "WHOFUNDS_MODEL_FOLDER": "/nonexistent"}  # words alone: quicker, and all else the same
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, start_new_session=True
    )


def write(folder: Path, numbers: range) -> Path:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number}.md").write_text(TEXT.format(number=number), encoding="utf-8")
    return folder


def references(workspace: Path) -> set[str | None]:
    build = Workspace(workspace).current()
    store = build.store()
    assert store.graphs()
    store.close()
    build.search().search("work", by="words")
    return {record.decision.reference for record in build.records()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("killed")
    workspace = place / "workspace"
    assert start(workspace, write(place / "old", range(9001, 9004))).wait(timeout=120) == 0
    return place, workspace


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_ingest_leaves_an_answering_build(first: tuple[Path, Path], stage: str, tmp_path: Path) -> None:
    import shutil

    workspace = tmp_path / "workspace"
    shutil.copytree(first[1], workspace)
    (workspace / "lock").unlink(missing_ok=True)
    new = write(tmp_path / "new", range(9101, 9121))
    process = start(workspace, new)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline and not STAGES[stage](workspace):
        time.sleep(0.002)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    old = {f"PCD {number}" for number in range(9001, 9004)}
    everything = old | {f"PCD {number}" for number in range(9101, 9121)}
    assert references(workspace) in (old, everything)
    if stage == "index":
        assert start(workspace, new).wait(timeout=120) == 0
        assert references(workspace) == everything
        assert not (workspace / "staging").exists()
