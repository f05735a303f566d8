"""How much CPU time grows with what is worked on, measured so that a busy machine cannot fail a test.

Wall time counts what other processes do, and a full collection of garbage counts the heap of all tests before. So the
time is this thread's own, garbage is not collected meanwhile, and the least of several attempts counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from graph.memory import paused_garbage_collection

ATTEMPTS = 4  #: of which the quickest counts
FLOOR_SECONDS = 0.5  #: less than this is quick, whatever it grew from


def grows_in_step(work: Callable[[int], object], size: int, *, times: int = 4) -> bool:
    """Return whether `times` as much work takes less than twice `times` as long: linear growth does, squares do not.

    Args:
        work: does so much work as its argument says.
        size: of the smaller of the two pieces of work.
        times: how much larger the other is.
    """
    small = large = float("inf")
    for _ in range(ATTEMPTS):
        small = min(small, cpu_seconds(lambda: work(size)))
        large = min(large, cpu_seconds(lambda: work(times * size)))
        if large < 2 * times * small + FLOOR_SECONDS:
            return True
    return False


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU time of this thread that the work takes, without collections of garbage."""
    with paused_garbage_collection():
        started = time.thread_time()
        work()
        return time.thread_time() - started
