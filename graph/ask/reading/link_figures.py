"""Years, dates and amounts in a question, as mentions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from graph.ask.language.terms import Choice
from graph.parse.dates import find_dates
from graph.parse.money import find_money
from graph.parse.years import find_years

BARE_YEAR = re.compile(r"(?<![\w/£.-])((?:19|20)\d\d)(?![\w/]|[-–.]\d|,\d)")
_BARE_AMOUNT = re.compile(
    r"(?<![\w£/.-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?\s?(?:k|m|million|thousand))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One span of the question that stands for something."""

    tag: str  #: org | prog | place | fund | area | year | cal | money | ref | date | person
    start: int
    end: int
    words: str
    choice: Choice | None = None
    years: tuple[str, ...] = ()
    calendar: int | None = None
    amount: Decimal | None = None
    reference: str = ""
    date: str = ""


def years_in(text: str) -> list[Mention]:
    return [Mention("year", m.start, m.end, text[m.start : m.end], years=m.years) for m in find_years(text)]


def bare_years_in(text: str) -> list[Mention]:
    return [Mention("cal", m.start(), m.end(), m.group(), calendar=int(m.group(1))) for m in BARE_YEAR.finditer(text)]


def dates_in(text: str) -> list[Mention]:
    found = []
    for m in find_dates(text):
        if len(m.date) == 4:
            found.append(Mention("cal", m.start, m.end, text[m.start : m.end], calendar=int(m.date)))
        else:
            found.append(Mention("date", m.start, m.end, text[m.start : m.end], date=m.date))
    return found


def amounts_in(text: str) -> list[Mention]:
    found = []
    for m in find_money(text):
        found.append(Mention("money", m.start, m.end, text[m.start : m.end], amount=m.amount))
    for match in _BARE_AMOUNT.finditer(text):
        found.append(Mention("money", match.start(), match.end(), match.group(), amount=bare_amount(match.group(1))))
    return found


def bare_amount(words: str) -> Decimal:
    """A figure typed without its pound sign: "60,000", "1.5m", "300k"."""
    scale = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}
    match = re.match(r"([\d.,]+)\s?([a-z]*)", words.lower())
    assert match
    return Decimal(match.group(1).replace(",", "")) * scale.get(match.group(2), 1)
