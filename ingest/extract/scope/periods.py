"""Convert periods given by a start and a length ("18 months from 1 October 2023") into financial years."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable

from graph.parse.dates import DateMention, find_dates
from graph.parse.years import financial_year, year_label

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen"
)
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(" "), 1)} | {
    "twenty-one": 21,
    "twenty-four": 24,
    "thirty-six": 36,
}
_NO_AGE = r"(?![\s-]+(?:of\s+age|olds?)\b)"  #: people of 18 years of age
_LENGTH = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})[\s-]+(month|year)s?\b{_NO_AGE}", re.I
)
_LENGTH_TO = re.compile(rf"{_LENGTH.pattern}\s*(?:,\s*)?(?:to|until|ending(?:\s+on)?)\s+(?:the\s+end\s+of\s+)?$", re.I)
_LENGTH_AFTER = re.compile(rf"\s{{0,9}}\(\s{{0,9}}{_LENGTH.pattern}\s{{0,9}}\)", re.I)  #: "(3 years)" behind an end
_UP_TO = re.compile(r"\b(?:to|until|till|ending(?:\s+on)?)\s+(?:the\s+end\s+of\s+)?$", re.I)
_START = re.compile(
    r"\b(?:from|starting(?: on)?|begin(?:s|ning)(?: on| in)?|start(?:s|ing)? (?:date )?(?:of|on)"
    r"|commenc\w+(?: on| in)?)\s+$",
    re.I,
)
_NEAR = 80  #: characters before an end in which its length stands
_LONGEST_DATE = 24  #: characters of "Thursday 12 December 2016"
_STEPS = {
    "this": 0,
    "current": 0,
    "present": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
    "new": 1,
    "last": -1,
    "previous": -1,
}
_RELATIVE = re.compile(rf"\b({'|'.join(_STEPS)})\s+(?:financial\s+)?year\b", re.I)


def length_in_months(text: str) -> int | None:
    """Return the length that a text states, in months ("18-month": 18, "two years": 24); None if it states none."""
    match = _LENGTH.search(text)
    if match is None:
        return None
    count = int(match[1]) if match[1].isdigit() else _NUMBERS[match[1].lower()]
    return count * (12 if match[2].lower() == "year" else 1)


def years_between(first: datetime.date, last: datetime.date) -> tuple[str, ...]:
    """Return the financial years from one day to another, in order; () if the days are in the wrong order."""
    years: list[str] = []
    day = first
    while day <= last:
        year = financial_year(day)
        if year not in years:
            years.append(year)
        day = _months_later(day, 1)
    if first <= last and (final := financial_year(last)) not in years:
        years.append(final)
    return tuple(years)


def period_years(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the financial years of a period: from the first start that any text gives, for the first length given."""
    start: datetime.date | None = None
    months: int | None = None
    for text in texts:
        months = months or length_in_months(text)
        if start is None:
            start = next(
                (
                    day
                    for mention in find_dates(text)
                    if _START.search(text[: mention.start]) and (day := whole_date(mention.date)) is not None
                ),
                None,
            )
    if start is None or months is None:
        return ()
    return years_between(start, _months_later(start, months) - datetime.timedelta(days=1))


def ending_period(text: str) -> tuple[str, ...]:
    """Return the financial years of a length before an end ("for 12 months to 31 March 2024"); () if not stated."""
    return next((years for mention in find_dates(text) if (years := years_to_end(text, mention))), ())


def years_to_end(text: str, mention: DateMention) -> tuple[str, ...]:
    """Return the financial years of the period that ends on `mention`, if the text gives its length; else ()."""
    end = whole_date(mention.date)
    months = _length_to(text, mention)
    if end is None or months is None:
        return ()
    last = end if mention.date.count("-") > 1 else _months_later(end, 1) - datetime.timedelta(days=1)
    return years_between(_months_later(last + datetime.timedelta(days=1), -months), last)


def _length_to(text: str, mention: DateMention) -> int | None:
    """Return the months before an end date ("18 months to") or in brackets after it ("until March 2025 (3 years)")."""
    before = text[max(0, mention.start - _NEAR) : mention.start]
    said = _LENGTH_TO.search(before) or (_LENGTH_AFTER.match(text, mention.end) if _UP_TO.search(before) else None)
    return length_in_months(said[0]) if said is not None else None


def relative_years(text: str, base: str) -> list[tuple[tuple[str, ...], str]]:
    """Return (years, word) for each relative year in a text, such as "next year"; `base` is the document's own year."""
    first = int(base[:4])
    return [((year_label(first + _STEPS[match[1].lower()]),), match[1].lower()) for match in _RELATIVE.finditer(text)]


def whole_date(text: str) -> datetime.date | None:
    """Return the day of an ISO date; the first of the month if no day is given; None for a bare year."""
    parts = [int(part) for part in text.split("-")]
    return datetime.date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1) if len(parts) > 1 else None


def years_of_date(text: str) -> tuple[str, ...]:
    """Return the financial year of a text that is nothing but one date; () for any other text."""
    found = find_dates(text)
    day = whole_date(found[0].date) if len(found) == 1 and len(text) < _LONGEST_DATE else None
    return (financial_year(day),) if day is not None else ()


def _months_later(day: datetime.date, months: int) -> datetime.date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
