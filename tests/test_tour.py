"""The tour of the code names files that there are, and its commands and lines of Python do what it says."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from graph.settings import PROJECT

TOUR = (PROJECT / "docs" / "tour.md").read_text(encoding="utf-8")
PATHS = sorted(set(re.findall(r"`((?:app|data|docs|graph|ingest|ontologies|tests|whofunds)/[^`\s]*)`", TOUR)))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the tour is gone: the data of the checkout, and nothing else."""
    folder = tmp_path_factory.mktemp("tour")
    (folder / "data").symlink_to(PROJECT / "data")
    return folder


def test_every_path_that_the_tour_names_is_there() -> None:
    assert len(PATHS) > 30
    assert not [path for path in PATHS if not (PROJECT / path).exists()]


def test_the_commands_and_the_python_of_the_tour_run(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of the page, since later steps ask what earlier ones made."""
    monkeypatch.chdir(place)
    names: dict[str, object] = {}
    steps = [part for part in re.split(r"(?m)^ {4}(?=\$ )|\n\n", TOUR) if part.lstrip().startswith(("$ ", ">>> "))]
    assert len(steps) > 6
    for step in steps:
        if step.lstrip().startswith("$ "):
            _run(step.strip().removeprefix("$ "))
        else:
            _run_python(step, names)


def _run(line: str) -> None:
    program, *arguments = shlex.split(line)
    assert program == ".venv/bin/whofunds", line
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    if arguments[0] == "ingest":
        environment["WHOFUNDS_MODEL_FOLDER"] = "/nonexistent"  # vectors of passages would only cost time
    command = [sys.executable, "-m", "app.cli", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, f"{line}: {done.stderr}"
    assert done.stdout or "ingest" in line, line


def _run_python(text: str, names: dict[str, object]) -> None:
    found = doctest.DocTestParser().get_doctest(text + "\n", {}, "docs/tour.md", None, 0)
    found.globs = names  # what one step makes, the next uses
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(found, out=said.append, clear_globs=False)
    assert not said, "".join(said)
