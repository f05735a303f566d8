"""How the time of a pattern grows on text that is made to be slow for it."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tests.growth import cpu_seconds
from tests.pattern_attacks import FAILING, attacks

SMALL, LARGE = 1_600, 6_400  #: signs of a text: a square takes several times QUICK_SECONDS for the larger
QUICK_SECONDS = 0.006  #: no text of the larger size that takes less is slow
TRIFLING_SECONDS = QUICK_SECONDS / 64  #: a text of the smaller size that takes less is not tried longer: a cube is 64
AT_ONCE_SECONDS = 0.25  #: what takes longer is stopped
STEEP = 7.0  #: times as long for four times the text: linear is 4, a square is 16
_ATTEMPTS = 6
_FIRST = (24, 200)  #: signs of texts that are tried before: a pattern may grow so fast that a long one never ends


class _Late(Exception):
    """A pattern took longer than it is given."""


def slow_text(pattern: re.Pattern[Any], ways_of_use: Sequence[str]) -> str:
    """Return what is slow for a pattern, in words; "" where the time grows with the length of every text tried."""
    ways = [getattr(pattern, way) for way in ways_of_use]
    for before, pump in attacks(pattern):
        for way in ways:
            if any(_seconds(way, _text(pattern, before, pump, size)) >= AT_ONCE_SECONDS for size in _FIRST):
                return f"{before!r}, then {pump!r} again and again: very steep"
            if _seconds(way, _text(pattern, before, pump, SMALL)) < TRIFLING_SECONDS:
                continue
            large = _seconds(way, _text(pattern, before, pump, LARGE))
            if large >= AT_ONCE_SECONDS:
                return f"{before!r}, then {pump!r} again and again: not done after {AT_ONCE_SECONDS:g} seconds"
            if large > QUICK_SECONDS and (ratio := _growth(way, pattern, before, pump)) > STEEP:
                return f"{before!r}, then {pump!r} again and again: {ratio:.0f} times as long for four times the text"
    return ""


def _growth(way: Any, pattern: re.Pattern[Any], before: str, pump: str) -> float:
    """Return how many times as long the larger text takes, by the least time of each; not tried again once linear."""
    small = large = AT_ONCE_SECONDS
    ratio = 0.0
    for _ in range(_ATTEMPTS):  # by turns, so that a busy moment slows both
        small = min(small, _seconds(way, _text(pattern, before, pump, SMALL)))
        large = min(large, _seconds(way, _text(pattern, before, pump, LARGE)))
        ratio = large / max(small, 1e-6) if large > QUICK_SECONDS else 0.0
        if ratio <= STEEP:
            break
    return ratio


def _text(pattern: re.Pattern[Any], before: str, pump: str, size: int) -> Any:
    text = before + pump * max(1, size // len(pump)) + FAILING
    return text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text


def _seconds(way: Any, text: Any) -> float:
    """Return the CPU time of a search, the most where it was stopped."""
    with _stopping(AT_ONCE_SECONDS):
        try:
            return cpu_seconds(lambda: way(text))
        except _Late:
            return AT_ONCE_SECONDS


@contextmanager
def _stopping(seconds: float) -> Iterator[None]:
    def late(*_: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)  # counts the CPU time of this process
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
