"""Financial years as labels and `extract --json` write them: "2023/24", "2018/19-2019/20"."""

from __future__ import annotations

import re

_YEAR = re.compile(r"((?:19|20)\d\d)/(\d\d)")


def financial_year(first: int) -> str:
    """Return the financial year that starts in April of the year `first`: 2023 gives "2023/24"."""
    return f"{first}/{(first + 1) % 100:02d}"


def years_between(words: str) -> tuple[str, ...]:
    """Return the years in "2023/24" or in a span; () for "".

    Raises:
        ValueError: The words are neither a year nor a span, or the span ends before it starts.
    """
    if not words:
        return ()
    first, _, last = words.partition("-")
    start, end = _start(first), _start(last or first)
    if last and end <= start:
        raise ValueError(f"{words!r} does not end after it starts")
    return tuple(financial_year(year) for year in range(start, end + 1))


def _start(words: str) -> int:
    match = _YEAR.fullmatch(words)
    if match is None or financial_year(int(match[1])) != words:
        raise ValueError(f"{words!r} is not a financial year such as 2023/24")
    return int(match[1])


def span_words(years: tuple[str, ...]) -> str:
    """Return years in a label's form: "2023/24", "2018/19-2019/20", or "" for none."""
    if len(years) < 2:
        return "".join(years)
    return f"{years[0]}-{years[-1]}"
