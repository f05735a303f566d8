"""Measure how long a process has worked on a document, without the time in which a busy machine or OCR made it wait."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_NANOSECONDS = 1_000_000_000


class ReadingTime:
    """Seconds that a process has spent since this object was made: by the clock, on a processor, and counted.

    On an idle machine all time counts. Two kinds of time do not count: time in which the main thread could have run
    while other processes had the processors, and time in which a child process runs, such as OCR, which has a limit of
    its own. Only Linux tells these times (in /proc); elsewhere `is_known` is False and all time counts.
    """

    def __init__(self, process: int) -> None:
        """Start to measure the process with this id."""
        self._process = process
        self._began = self._looked = time.monotonic()
        first = _scheduled(process)
        self.is_known = first is not None
        self._first = self._last = first or _Scheduled(0.0, 0.0)
        self._of_children = 0.0

    def look(self) -> None:
        """Update the figures; call it several times a second."""
        now = time.monotonic()
        if _has_child(self._process):
            self._of_children += now - self._looked
        self._looked = now
        self._last = _scheduled(self._process) or self._last

    @property
    def seconds(self) -> float:
        """Seconds by the clock until now."""
        return time.monotonic() - self._began

    @property
    def computing(self) -> float:
        """Seconds on a processor, at the last update."""
        return self._last.computed - self._first.computed

    @property
    def counted(self) -> float:
        """Seconds that count towards the limit, at the last update."""
        return self._looked - self._began - (self._last.held_up - self._first.held_up) - self._of_children


@dataclass(frozen=True, slots=True)
class _Scheduled:
    """Seconds of a process's main thread since it began."""

    computed: float
    held_up: float  #: able to run, while no processor was free; known once it runs again


def _scheduled(process: int) -> _Scheduled | None:
    with suppress(OSError, ValueError):  # it has ended, or the system does not tell
        computed, held_up, _ = map(int, Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split())
        return _Scheduled(computed / _NANOSECONDS, held_up / _NANOSECONDS)
    return None


def _has_child(process: int) -> bool:
    with suppress(OSError):
        return bool(Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").strip())
    return False
