"""The processes that one started, and the most memory that each of them held."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.memory import most_taken_bytes

LOOK_SECONDS = 0.1


def family(process: int | str) -> list[int]:
    """Return all processes that run because a process started them, directly or not."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # it has ended meanwhile
            for child in map(int, task.read_text().split()):
                found += [child, *family(child)]
    return found


@contextmanager
def most_memory_of_family(running: str = "") -> Iterator[dict[int, int]]:
    """Note the most bytes that each process below this one has held, by its id, looked at ten times a second.

    What the system says of all ended children would begin with this process's own size.

    Args:
        running: Only of processes that have this in their command.
    """
    found: dict[int, int] = {}
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_SECONDS):
            for each in family("self"):
                with suppress(OSError):  # it has ended meanwhile
                    if running.encode() not in Path(f"/proc/{each}/cmdline").read_bytes():
                        continue
                    found[each] = max(found.get(each, 0), most_taken_bytes(each))

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield found
    finally:
        ended.set()
        watching.join()
