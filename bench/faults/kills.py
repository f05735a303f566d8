"""Commands killed at random moments, and at the two between the renames of a publication.

After each kill the workspace answers as before the command or as after it; then the command is run to its end, the
answers are those of after, and nothing is left behind.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.faults.ground import Ran, State, copied, correct, growth, must, run, state, write_documents
from bench.report import Value

RESET = 20  #: kills after which the workspace is made anew, so that its corrections stay few
PARTS = (0.2, 0.3, 0.5)  #: of the kills: ingest, correct, restore; most of those that take least
COMMANDS = ("ingest", "correct", "restore")
_TRIES = 2  #: for each kill that is wanted: some come when the command is done
AIMED = ("between rename and pointer", "between pointer and files")


@dataclass
class Command:
    """A command that is killed: how it is run, and what is done before each time so that it has something to do."""

    name: str
    prepare: Callable[[int], None]
    run: Callable[..., Ran]


def kills(
    place: Path, first: Path, count: int, aimed: int, seed: int, names: Collection[str] = COMMANDS
) -> list[dict[str, Value]]:
    """Kill each command so many times in all, `aimed` of them between the renames; return a row for each.

    A kill that comes when the command is done is no kill, and another is tried.

    `names` are the commands that are played through now, with their share of the kills.
    """
    chance = random.Random(seed)
    workspace = place / "killed"
    commands = _commands(place, first, workspace)
    rows: list[dict[str, Value]] = []
    for number, (command, part) in enumerate(zip(commands, PARTS, strict=True)):
        if command.name not in names:
            continue
        share = round(count * part)
        aim = aimed // len(commands) + (number < aimed % len(commands))
        found: Counter[str] = Counter()
        times = [_timed(command, first, workspace) for _ in range(3)]
        before, tries = state(first), 0
        while found["killed"] < share and tries < _TRIES * share:
            if tries % RESET == 0:
                copied(first, workspace)
                before = state(first)
            after = None if tries < aim else chance.uniform(0, 1.1 * median(times))
            command.prepare(tries)
            seen, before, ended = _kill(command, AIMED[tries % 2], after, before, workspace, first)
            times = [*times[1:], ended] if ended is not None else times  # the machine is as busy now
            found.update(seen)
            print(command.name, tries, ", ".join(seen), file=sys.stderr, flush=True)
            tries += 1
        rows.append(_row(command.name, tries, aim, found))
    return rows


def _row(name: str, count: int, aimed: int, found: Counter[str]) -> dict[str, Value]:
    faults = [f"{said} ({number})" for said, number in found.items() if said.startswith("fault")]
    return {
        "what": f"killed {name}", "cases": count, "aimed": aimed, "killed": found["killed"], "before": found["before"],
        "after": found["after"], "right": found["right"], "faults": "; ".join(faults) or "none",
    }  # fmt: skip


def _kill(
    command: Command, moment: str, seconds: float | None, before: State, workspace: Path, first: Path
) -> tuple[list[str], State, float | None]:
    """Kill a command once, after so many seconds or else at that moment.

    Returns:
        What was seen, what is there now, and the seconds that the command took where it was done before the kill.
    """
    killed = command.run(before=_aim(moment)) if seconds is None else command.run(kill_after=seconds)
    seen = ["killed"] if killed.code == -signal.SIGKILL else []
    faults = [] if killed.code in (0, -signal.SIGKILL) else [f"fault: exit {killed.code}: {killed.err[-200:]}"]
    left = state(workspace)
    was_done = left != before
    # a command that was done is not done again: another takes the lock, and finishes what the kill left
    rerun = run("repair", "--workspace", str(workspace)) if was_done else command.run()
    faults += [f"fault: the next run ended with {rerun.code}: {rerun.err[-200:]}"] if rerun.code else []
    after = state(workspace)
    faults += [] if left.is_whole and after.is_whole else ["fault: a build is not whole"]
    faults += _other(before, left, after)
    said = growth(workspace, first)
    faults += [f"fault: {said}"] if said else []
    told = [*seen, "after" if was_done else "before", *(faults or ["right"])]
    return told, after, killed.seconds if killed.code == 0 else None


def _other(before: State, left: State, after: State) -> list[str]:
    """Return what is wrong with what the kill left: it has to be what was there before, or what is there after."""
    if before == after:
        return ["fault: the command changed nothing"]
    if left not in (before, after):
        return [f"fault: neither before nor after: {_difference(before, left)}"]
    return []


def _difference(one: State, other: State) -> str:
    names = [name for name in one.__dataclass_fields__ if getattr(one, name) != getattr(other, name)]
    return ", ".join(names)


def _aim(moment: str) -> Callable[[], None]:
    """Return what makes a fork kill itself at a moment of its publication."""

    def before() -> None:
        from graph.builds import journal, workspace

        def die(*given: object, **named: object) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        if moment == AIMED[0]:
            workspace.write_pointer = die
        else:
            journal.finish = die  # type: ignore[assignment]

    return before


def _timed(command: Command, first: Path, workspace: Path) -> float:
    copied(first, workspace)
    command.prepare(0)
    return must(command.run()).seconds


def _commands(place: Path, first: Path, workspace: Path) -> list[Command]:
    documents = place / "killed-documents"
    at = ("--workspace", str(workspace))

    def change_document(number: int) -> None:
        write_documents(documents, 20_000 + number)

    def ingest(**how: object) -> Ran:
        return run("ingest", str(documents), *at, **how)  # type: ignore[arg-type]

    amounts = iter(range(2_000, 100_000))
    amount = [0]

    def next_amount(number: int) -> None:
        amount[0] = next(amounts)

    def set_right(**how: object) -> Ran:
        return correct(workspace, str(amount[0]), **how)

    archives = [place / "a.zip", place / "b.zip"]
    must(run("backup", str(archives[0]), "--workspace", str(first)))
    other = copied(first, place / "other")
    must(correct(other, "7,777"))
    must(run("ingest", str(write_documents(place / "other-documents", 77_777)), "--workspace", str(other)))
    must(run("backup", str(archives[1]), "--workspace", str(other)))
    turn = [0]

    def next_archive(number: int) -> None:
        turn[0] = (number + 1) % 2

    def restore(**how: object) -> Ran:
        return run("restore", str(archives[turn[0]]), "--replace", *at, **how)  # type: ignore[arg-type]

    return [
        Command("ingest", change_document, ingest),
        Command("correct", next_amount, set_right),
        Command("restore", next_archive, restore),
    ]
