"""The memory that a process has taken, and a pause of garbage collection for work that makes many objects."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def most_taken_bytes(process: int | None = None) -> int:
    """Return the most memory that a process has held so far, in bytes, while running its present program.

    On Linux the system's own figure (`ru_maxrss`) starts at the size of the parent process, so it is not used there.

    Args:
        process: The process's id; None for this process.

    Raises:
        ProcessLookupError: The process has ended, or its memory cannot be read.
    """
    with suppress(OSError, StopIteration, ValueError):
        status = Path(f"/proc/{process or 'self'}/status").read_text(encoding="ascii", errors="replace").splitlines()
        return int(next(line for line in status if line.startswith("VmHWM:")).split()[1]) * 1024
    if process is not None:
        raise ProcessLookupError(process)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@contextmanager
def paused_garbage_collection() -> Iterator[None]:
    """Pause the collection of reference cycles while many small objects are made.

    Without the pause, looking for cycles among such objects takes most of the time, though they have none. Nor are they
    looked at when it ends: they join the oldest objects, which are looked at seldom.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # else what was frozen would have to be looked at again
                gc.freeze()
                gc.unfreeze()
            gc.enable()
