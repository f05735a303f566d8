"""The wording of answers: sums, lists, years and dates as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from graph.ask.language.terms import Period
from graph.parse.money import format_pounds

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


_YEAR = re.compile(r"[0-9]{4}/[0-9]{2}")
_DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?")


def pounds(amount: Decimal) -> str:
    """Return an amount as "£1,234" or "£1,234.50"."""
    return format_pounds(amount)


def listed(words: Iterable[str], *, last: str = "and", most: int = 12, untold: int = 0) -> str:
    """Return words as "a, b and c"; beyond `most`, the number of the remaining words. `last` joins the final word.

    `untold` is the number of further words, which were not worth making: `words` then has `most` of them.
    """
    parts = [word for word in dict.fromkeys(words) if word]
    if len(parts) + untold > most:
        parts = [*parts[:most], f"{len(parts) + untold - most} more"]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def in_years(years: Sequence[str]) -> str:
    """Return years as " in 2023/24" or " in 2018/19 to 2020/21", with a leading blank; "" without years."""
    if not years:
        return ""
    if len(years) == 1:
        return f" in {years[0]}"
    runs = (run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in _runs(years))
    return f" in {listed(runs, most=len(years))}"


def _runs(years: Sequence[str]) -> list[list[str]]:
    """Return the years split into runs of consecutive years."""
    runs: list[list[str]] = []
    for year in years:
        if runs and year == _year_after(runs[-1][-1]):
            runs[-1].append(year)
        else:
            runs.append([year])
    return [part for run in runs for part in ([run] if len(run) > 2 else [[year] for year in run])]


def _year_after(year: str) -> str:
    return _financial(int(year[:4]) + 1) if _YEAR.fullmatch(year) else ""


def in_words(date: str) -> str:
    """Return an ISO date as people write it: "6 July 2023", "July 2023", "2023"; other text comes back as it is."""
    parts = date.split("-")
    if len(parts) == 1 or not _DATE.fullmatch(date):
        return date
    month = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def when(date: str) -> str:
    """Return an ISO date with its preposition: "on 6 July 2023", "in July 2023", "in 2023".

    Other text comes back as it is.
    """
    if not _DATE.fullmatch(date) and not re.fullmatch("[0-9]{4}", date):
        return date
    return f"{'on' if date.count('-') == 2 else 'in'} {in_words(date)}"


def period_words(period: Period) -> str:
    """Return a period in words, such as "in 2023/24" or "since 2020"."""
    named = [in_years(period.years)] if period.years else []
    if period.calendar:
        named.append(f" in {listed((str(year) for year in period.calendar), most=len(period.calendar))}")
    if bounds := _bounds(period):
        named.append(bounds)
    return " and".join(named)


def _bounds(period: Period) -> str:
    if period.first and period.last:
        if period.first == period.last:
            return f" on {in_words(period.first)}"
        return f" from {_opening(period.first)} to {_closing(period.last)}"
    if period.first:
        return f" since {_opening(period.first)}"
    return f" until {_closing(period.last)}" if period.last else ""


def _opening(date: str) -> str:
    """Return the first day of a year as the year: "2020", "2020/21"."""
    if not _DATE.fullmatch(date):
        return date
    if date.endswith("-01-01"):
        return date[:4]
    return _financial(int(date[:4])) if date.endswith("-04-01") else in_words(date)


def _closing(date: str) -> str:
    """Return the last day of a year as the year."""
    if not _DATE.fullmatch(date):
        return date
    if date.endswith("-12-31"):
        return date[:4]
    return _financial(int(date[:4]) - 1) if date.endswith("-03-31") else in_words(date)


def _financial(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: "1 decision", "3 decisions"; `many` is the plural where it is not `one` + "s"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
