"""How far long work is, on standard error: a bar in a terminal, else a line every few seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Protocol, Self, TypeVar

EVERY_SECONDS = 5.0  #: between two lines in a log

T = TypeVar("T")


class Counter(Protocol):
    """Counts what is done; made by `counted`."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None, /
    ) -> None: ...
    def update(self, n: float | None = 1) -> bool | None: ...


class LineCounter:
    """Writes "Reading: 35 of 150 documents" every few seconds, and nothing where the work is done sooner."""

    def __init__(self, total: int, doing: str, unit: str) -> None:
        self._total = total
        self._doing = doing
        self._unit = unit
        self._done = 0
        self._said = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None, /
    ) -> None:
        """Say nothing more."""

    def update(self, n: float | None = 1) -> None:
        """Count what was done since, and write a line where the last is long ago."""
        self._done += int(n or 0)
        if time.monotonic() - self._said >= EVERY_SECONDS and self._done < self._total:
            self._said = time.monotonic()
            _write(f"{self._doing}: {self._done:,} of {self._total:,} {self._unit}s")


def counted(total: int, doing: str, unit: str, *, shown: bool) -> Counter:
    """Return a counter of work, to be used as a context and told by `update` how much more is done.

    Args:
        total: how much there is to do.
        doing: as in "Reading".
        unit: one piece of it, as in "document".
        shown: False to say nothing.
    """
    if shown and total and not sys.stderr.isatty():
        return LineCounter(total, doing, unit)
    from tqdm import tqdm

    bar: Counter = tqdm(total=total, desc=doing, unit=unit, file=sys.stderr, disable=not (shown and total))
    return bar


def counting(work: Iterable[T], total: int, doing: str, unit: str, *, shown: bool) -> Iterator[T]:
    """Yield the pieces of work, and show how many there were of how many."""
    with counted(total, doing, unit, shown=shown) as counter:
        for piece in work:
            yield piece
            counter.update(1)


def saying(shown: bool) -> Callable[[str], None]:
    """Return a function that is told what is being done, and writes it into a log if nothing was said for long."""
    said = time.monotonic()

    def tell(doing: str) -> None:
        nonlocal said
        if shown and not sys.stderr.isatty() and time.monotonic() - said >= EVERY_SECONDS:
            said = time.monotonic()
            _write(doing)

    return tell


def _write(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
