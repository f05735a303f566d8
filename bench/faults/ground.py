"""A small workspace with all that a workspace can hold, what is asked of it, and commands in processes of their own.

A command runs in a fork of this process, so that the libraries are loaded once.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from app import cli
from graph.builds.people import ADDED
from graph.builds.workspace import KEPT as BUILDS_KEPT
from graph.builds.workspace import Workspace
from graph.settings import Settings

DECISION = """# PCD {number} Drive in London

- Reference: PCD {number}
- Title: Drive in London
- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2023-07-06
- Record type: decision notice

## Executive summary
Money for Drive.

## Recommendation
1. Approve a grant of £{amount:,} to SafeLives for Drive in 2023/24.
"""
FEW = (9001, 9002, 9003)
LOADED = ("lancedb", "lancedb.index", "pyarrow.parquet", "pyarrow.dataset", "pyoxigraph", "rdflib", "yaml", "tqdm",
          "graph.search.embedding", "graph.search.passage_table", "graph.search.index", "graph.counting.graph_ledger",
          "graph.rdf.validation", "graph.stated.flows", "graph.backups.backup", "graph.backups.restore", "ingest.load",
          "ingest.correcting", "ingest.extract", "ingest.intake", "ingest.pipeline", "ingest.readers",
          "ingest.repairing", "app.printing")  # fmt: skip
SECONDS = 600.0  #: after which a command hangs; a busy machine takes minutes for what takes seconds
MORE_NAMES = ("audit.jsonl", "lock", "aside")  #: what a workspace may come to have besides


@dataclass(frozen=True)
class Ran:
    """How a command in a process of its own ended."""

    code: int  #: negative: killed by that signal
    out: str
    err: str
    seconds: float


@dataclass(frozen=True)
class State:
    """What a workspace answers, and what people made in it."""

    figures: tuple[tuple[str, str, str], ...]  #: document, recipient, amount: of the graph
    records: tuple[tuple[str, str], ...]  #: document, amount: of the records as corrected
    corrections: tuple[str, ...]  #: of the file
    added: tuple[str, ...]
    is_whole: bool  #: every file of the current build is as it was written


def prepare() -> None:
    """Load what forks share, once. LanceDB starts its threads anew in a fork; Oxigraph has none before it is used."""
    os.environ["WHOFUNDS_MODEL_FOLDER"] = "/nonexistent"  # by words alone: quicker, and all else the same
    warnings.filterwarnings("ignore", message="lancedb fork support")
    for name in LOADED:
        import_module(name)
    from ingest.versions import graph_version, reading_version
    from ingest.work import read_and_extract, shape_issues

    settings = Settings()
    text = DECISION.format(number=1, amount=1)
    shape_issues(read_and_extract(text.encode(), "pcd-1.md", settings).record)
    graph_version(settings)
    reading_version(settings)


def write_documents(folder: Path, amount: int) -> Path:
    """Write the decisions into a folder; the first is about the amount."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in FEW:
        money = amount if number == FEW[0] else number
        (folder / f"pcd-{number}.md").write_text(DECISION.format(number=number, amount=money), encoding="utf-8")
    return folder


def make_workspace(place: Path) -> Path:
    """Return a new workspace with three documents, one added in review, a correction and labels."""
    workspace = place / "workspace"
    documents = write_documents(place / "documents", 10_000)
    must(run("ingest", str(documents), "--workspace", str(workspace)))
    added = DECISION.format(number=9009, amount=9_009).encode()
    must(in_fork(lambda: _add(added, workspace)))
    must(correct(workspace, "1,500"))
    (workspace / "labels").mkdir()
    (workspace / "labels" / "flows.csv").write_text("document,row\n", encoding="utf-8")
    must(correct(workspace, "1,600"))
    return workspace


def _add(data: bytes, workspace: Path) -> int:
    from ingest.intake import publish_accepted, read_for_review

    settings = settings_of(workspace)
    publish_accepted(list(read_for_review([("pcd-9009.md", data)], settings)), [], settings)
    return 0


def correct(workspace: Path, amount: str, **how: Any) -> Ran:
    """Set the second document's sum."""
    what = ("correct", "flow", f"PCD {FEW[1]}", "£9,002", "--amount", amount, "--why", "the annex", "--who", "A. R.")
    return run(*what, "--workspace", str(workspace), **how)


def settings_of(workspace: Path) -> Settings:
    """Return the settings of the environment for a workspace."""
    return Settings.from_environment(workspace=workspace)


def run(*arguments: str, before: Callable[[], None] | None = None, kill_after: float | None = None) -> Ran:
    """Run a command of whofunds in a fork; `before` runs there first, `kill_after` kills it after so many seconds."""
    return in_fork(lambda: cli.main(list(arguments)), before=before, kill_after=kill_after)


def in_fork(
    work: Callable[[], int], *, before: Callable[[], None] | None = None, kill_after: float | None = None
) -> Ran:
    """Do work in a fork of this process and return how it ended; what it printed comes back if it was not killed."""
    read, write = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(read)
        _child(work, before, write)
    os.close(write)
    os.set_blocking(read, False)
    data, killed = b"", False
    while True:
        data += _available(read)
        done, status = os.waitpid(child, os.WNOHANG)
        seconds = time.monotonic() - started
        if done:
            break
        if seconds > SECONDS or (kill_after is not None and seconds >= kill_after and not killed):
            os.kill(child, signal.SIGKILL)
            killed = True
        time.sleep(0.002)
    data += _available(read)
    os.close(read)
    told = json.loads(data) if data.endswith(b"}") else {"out": "", "err": ""}
    return Ran(os.waitstatus_to_exitcode(status), told["out"], told["err"], seconds)


def _child(work: Callable[[], int], before: Callable[[], None] | None, write: int) -> None:
    out, err, code = io.StringIO(), io.StringIO(), 70
    try:
        with redirect_stdout(out), redirect_stderr(err):
            if before is not None:
                before()
            code = work()
    except BaseException as error:
        err.write(f"{type(error).__name__}: {error}")
    finally:
        os.set_blocking(write, True)
        os.write(write, json.dumps({"out": out.getvalue()[-20_000:], "err": err.getvalue()[-20_000:]}).encode())
        os._exit(code)


def _available(read: int) -> bytes:
    data = b""
    try:
        while part := os.read(read, 1 << 16):
            data += part
    except BlockingIOError:
        pass
    return data


def must(ran: Ran) -> Ran:
    """Return how a command ended.

    Raises:
        RuntimeError: It failed.
    """
    if ran.code != 0:
        raise RuntimeError(f"exit {ran.code}: {ran.err.strip() or ran.out.strip()}")
    return ran


def state(workspace: Path) -> State:
    """Return what a workspace answers now; read in a fork."""
    values = json.loads(must(in_fork(lambda: _print_state(workspace))).out)
    lists = {name: tuple(tuple(each) if isinstance(each, list) else each for each in values[name])
             for name in ("figures", "records", "corrections", "added")}  # fmt: skip
    return State(**lists, is_whole=values["is_whole"])


def _print_state(workspace: Path) -> int:
    from graph.stated.flows import all_flows
    from ingest.correcting import corrections_of_workspace

    settings = settings_of(workspace)
    build = Workspace(workspace, settings=settings).current()
    store = build.store()
    figures: list[Any] = [
        [each.document, each.flow.recipient.name if each.flow.recipient else "", str(each.flow.amount)]
        for each in all_flows(store)
    ]
    store.close()
    build.search().search("Drive", by="words")
    records = [[record.document, str(flow.amount)] for record in build.records() for flow in record.flows]
    held = corrections_of_workspace(settings)
    added = sorted(path.name for path in (workspace / ADDED).iterdir()) if (workspace / ADDED).is_dir() else []
    corrections = [f"{each.id} {each.action} {each.changes}" for each in held.corrections]
    values = {"figures": sorted(figures), "records": sorted(records), "corrections": corrections, "added": added,
              "is_whole": not build.faults()}  # fmt: skip
    sys.stdout.write(json.dumps(values))
    return 0


def growth(workspace: Path, first: Path) -> str:
    """Return what a workspace has that it should not after a run that was completed, or ""."""
    names = {path.name for path in workspace.iterdir()}
    other = names - {path.name for path in first.iterdir()} - {*MORE_NAMES}
    builds = [path for path in (workspace / "builds").iterdir()]
    strange = [path.name for path in workspace.rglob("*") if path.name.endswith(".new")]
    if other or strange:
        return f"left behind: {', '.join(sorted([*other, *strange]))}"
    return f"{len(builds)} builds" if len(builds) > BUILDS_KEPT + 1 else ""


def copied(workspace: Path, target: Path) -> Path:
    """Return a copy of a workspace, in place of what is there."""
    shutil.rmtree(target, ignore_errors=True)
    return Path(shutil.copytree(workspace, target))
