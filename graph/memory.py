"""How much memory a process has taken, and work that makes many objects."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def most_taken_bytes(process: int | None = None) -> int:
    """Return the most memory that a process has held so far, since it runs its present program.

    The system's own figure (`ru_maxrss`) begins on Linux with the size of the process that started this one.

    Args:
        process: Its id; None for this one.

    Raises:
        ProcessLookupError: It has ended, or tells nothing.
    """
    with suppress(OSError, StopIteration, ValueError):
        status = Path(f"/proc/{process or 'self'}/status").read_text(encoding="ascii", errors="replace").splitlines()
        return int(next(line for line in status if line.startswith("VmHWM:")).split()[1]) * 1024
    if process is not None:
        raise ProcessLookupError(process)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@contextmanager
def without_looking_for_circles() -> Iterator[None]:
    """Make many small objects, none of them part of a circle: looking for circles among them takes most of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
