"""How long a process has been at a document, less the time in which a busy machine or recognition kept it waiting."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_NANOSECONDS = 1_000_000_000


class ReadingTime:
    """Seconds since it was made that a process took by the clock, that it computed, and that count against it.

    On an idle machine all of its time counts. What does not: time in which its main thread could have run and other
    processes had the processors, and time in which a child of it runs, as recognition of pictures does within a limit
    of its own. Where the system tells neither (Linux does, in /proc), `is_known` is False and all counts.
    """

    def __init__(self, process: int) -> None:
        """Begin to count for a process by its id."""
        self._process = process
        self._began = self._looked = time.monotonic()
        first = _scheduled(process)
        self.is_known = first is not None
        self._first = self._last = first or _Scheduled(0.0, 0.0)
        self._of_children = 0.0

    def look(self) -> None:
        """Bring the figures up to date; to be called several times a second."""
        now = time.monotonic()
        if _has_child(self._process):
            self._of_children += now - self._looked
        self._looked = now
        self._last = _scheduled(self._process) or self._last

    @property
    def seconds(self) -> float:
        """All seconds until now by the clock."""
        return time.monotonic() - self._began

    @property
    def computing(self) -> float:
        """Seconds on a processor, as last looked at."""
        return self._last.computed - self._first.computed

    @property
    def counted(self) -> float:
        """Seconds that count, as last looked at."""
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
