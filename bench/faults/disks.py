"""Full disks, read-only disks and two writers at once: what a command says, and what the workspace answers then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.ground import Ran, State, copied, correct, must, run, state, write_documents
from bench.report import Value

STEPS = 20
ROOM = 200_000_000  #: bytes of a disk that is not full


@contextmanager
def disk(place: Path) -> Iterator[Path]:
    """Mount a small file system in memory, and unmount it.

    Raises:
        PermissionError: Mounting takes root.
    """
    place.mkdir(parents=True, exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=False)


def _mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise PermissionError(done.stderr.strip())


def full_disks(place: Path, first: Path) -> list[dict[str, Value]]:
    """Fill the disk up to each of 20 steps of what a command writes; return a row for each command."""
    rows = []
    archive, documents = place / "full.zip", write_documents(place / "full-documents", 30_000)
    other = copied(first, place / "full-other")
    must(correct(other, "8,888"))
    must(run("backup", str(archive), "--workspace", str(other)))
    commands: dict[str, Callable[[Path], Ran]] = {
        "ingest": lambda workspace: run("ingest", str(documents), "--workspace", str(workspace)),
        "correct": lambda workspace: correct(workspace, "3,333"),
        "restore": lambda workspace: run("restore", str(archive), "--replace", "--workspace", str(workspace)),
    }
    for name, command in commands.items():
        right, refused, faults = 0, 0, list[str]()
        for step in range(STEPS):
            with disk(place / "disk") as mounted:
                fault, was_refused = _full(mounted, first, command, step)
            refused += was_refused
            right += not fault
            print(f"disk full, {name}, step {step}:", fault or "right", file=sys.stderr, flush=True)
            faults += [f"step {step}: {fault}"] if fault else []
        rows.append(_row(f"disk full, {name}", STEPS, right, faults, refused=refused))
    return rows


def _full(mounted: Path, first: Path, command: Callable[[Path], Ran], step: int) -> tuple[str, bool]:
    """Run a command on a disk with so many parts of the room that it needs, then with all of it."""
    workspace = copied(first, mounted / "workspace")
    before = state(workspace)
    used = shutil.disk_usage(mounted).used
    must(command(workspace))
    needed = _size(mounted / "workspace") - used
    after = state(workspace)
    copied(first, workspace)
    free = int(max(needed, 200_000) * step / STEPS)
    filler = mounted / "filler"
    _fill(filler, free, mounted)
    ran = command(workspace)
    fault = _said(ran)
    filler.unlink(missing_ok=True)
    left = state(workspace)
    if left not in (before, after):
        fault = fault or "neither before nor after"
    elif left == before and must(command(workspace)) and state(workspace) != after:
        fault = "the next run gives another answer"
    return fault, ran.code != 0


def _fill(filler: Path, free: int, mounted: Path) -> None:
    """Write a file that leaves so many bytes free."""
    size = max(0, shutil.disk_usage(mounted).free - free)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size)


def _said(ran: Ran) -> str:
    """Return what is wrong with how a command failed; "" where it is one line that helps, or all was done."""
    if ran.code == 0:
        return ""
    lines = [line for line in ran.err.splitlines() if line.startswith("whofunds:")]
    if ran.code != 1 or len(lines) != 1:
        return f"exit {ran.code} with {len(lines)} lines: {ran.err[-300:]}"
    return "" if "unexpected" not in lines[0] and "Traceback" not in ran.err else lines[0]


def read_only(place: Path, first: Path) -> list[dict[str, Value]]:
    """Run each command on a read-only disk; what reads works, what writes says so in a line."""
    faults, cases = list[str](), 0
    documents = write_documents(place / "read-only-documents", 40_000)
    archive = place / "read-only.zip"
    with disk(place / "disk") as mounted:
        workspace = copied(first, mounted / "workspace")
        before = state(workspace)
        _mount("-o", "remount,ro", str(mounted))
        at = ("--workspace", str(workspace))
        reading = (("ask", "who funds Drive"), ("search", "Drive", "--by", "words"), ("check",), ("builds", "--verify"),
                   ("correct", "--list"), ("export", "--format", "csv"), ("backup", str(archive)))  # fmt: skip
        writing = (("ingest", str(documents)), ("restore", str(archive), "--replace"), ("repair",),
                   ("builds", "--rollback"))  # fmt: skip
        runs = [(each, run(*each, *at), 0) for each in reading] + [(each, run(*each, *at), 1) for each in writing]
        runs.append((("correct", "flow"), correct(workspace, "4,444"), 1))
        for each, ran, wanted in runs:
            cases += 1
            fault = _said(ran) or ("" if ran.code == wanted else f"exit {ran.code}: {ran.err[-200:]}")
            faults += [f"{each[0]}: {fault}"] if fault else []
        faults += [] if state(workspace) == before else ["another answer"]
        _mount("-o", "remount,rw", str(mounted))
        must(run("ingest", str(documents), *at))
    return [_row("read-only disk", cases, cases - len(faults), faults)]


def two_writers(place: Path, first: Path, rounds: int = 10) -> list[dict[str, Value]]:
    """Let two processes correct and ingest at once; what each was told is done, is there."""
    import threading

    faults = list[str]()
    documents = write_documents(place / "two-documents", 50_000)
    busy = 0
    for number in range(rounds):
        workspace = copied(first, place / "two")
        before = state(workspace)
        ran: dict[str, Ran] = {}

        def set_right(workspace: Path = workspace, number: int = number, ran: dict[str, Ran] = ran) -> None:
            ran["correct"] = correct(workspace, str(5_000 + number))

        def read(workspace: Path = workspace, ran: dict[str, Ran] = ran) -> None:
            ran["ingest"] = run("ingest", str(documents), "--workspace", str(workspace))

        threads = [threading.Thread(target=each) for each in (set_right, read)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        busy += sum(each.code == 1 and "is publishing a build here" in each.err for each in ran.values())
        faults += _told(before, state(workspace), ran, number)
    return [_row("two writers at once", rounds, rounds - len(faults), faults, refused=busy)]


def _told(before: State, after: State, ran: dict[str, Ran], number: int) -> list[str]:
    """Return what a command said was done and is not there, or the other way round."""
    is_there = {
        "correct": len(after.corrections) == len(before.corrections) + 1,
        "ingest": any(figure[2] == "50000" for figure in after.figures),
    }
    wrong = [name for name, each in ran.items() if is_there[name] != (each.code == 0)]
    return [f"round {number}: {', '.join(wrong)}"] if wrong or not after.is_whole else []


def _size(folder: Path) -> int:
    return shutil.disk_usage(folder).used


def _row(name: str, cases: int, right: int, faults: list[str], *, refused: int | None = None) -> dict[str, Value]:
    return {"what": name, "cases": cases, "refused": refused, "right": right, "faults": "; ".join(faults) or "none"}
