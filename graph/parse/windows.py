"""The parts of a text around its digits, so that patterns for figures need not search all the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = re.compile(r"\d+")


def digit_windows(text: str, *, before: int, after: int) -> list[tuple[int, int]]:
    """Return (start, end) ranges that cover all digits, with `before` and `after` further characters around each."""
    windows: list[tuple[int, int]] = []
    for match in _DIGITS.finditer(text):
        start, end = max(0, match.start() - before), min(len(text), match.end() + after)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def matches_in(pattern: re.Pattern[str], text: str, windows: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Yield the pattern's matches inside the given (start, end) ranges, in order."""
    for start, end in windows:
        yield from pattern.finditer(text, start, end)
