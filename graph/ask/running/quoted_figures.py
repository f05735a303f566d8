"""The figures, dates and spans in a sentence, by the sort of expression that is wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from graph.ask.language.terms import Wanted
from graph.ask.result import Value
from graph.parse.dates import find_dates
from graph.parse.money import find_money
from graph.parse.references import find_references
from graph.parse.years import find_years

_NUMBER = re.compile(
    r"(?<![\w£.,/-])(\d{1,3}(?:,\d{3})+|\d+)(?![\w%,/-]|\.\d)|\b(one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|fifty)\b",
    re.IGNORECASE,
)
_WORDED = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_PERCENT = re.compile(r"(\d{1,40}(?:\.\d{1,40})?)\s?(?:%|per cent|percent)", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|nine|twelve|fifteen|eighteen|an?)[\s-](?:day|week|month|year)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, date or span in a sentence."""

    start: int
    end: int
    amount: Decimal | None = None
    number: Decimal | None = None
    date: str = ""
    words: str = ""


FIGURED = frozenset({Wanted.AMOUNT, Wanted.DATE, Wanted.NUMBER, Wanted.PERCENT, Wanted.SPAN})


@lru_cache(maxsize=50_000)
def figures_in(text: str, wanted: Wanted) -> tuple[Figure, ...]:
    """Return the figures in a sentence that are of the wanted sort, in order."""
    if wanted is Wanted.AMOUNT:
        return tuple(Figure(m.start, m.end, amount=m.amount) for m in find_money(text))
    if wanted is Wanted.DATE:
        return tuple(Figure(m.start, m.end, date=m.date) for m in find_dates(text))
    if wanted is Wanted.PERCENT:
        return tuple(Figure(*m.span(), number=Decimal(m.group(1))) for m in _PERCENT.finditer(text))
    if wanted is Wanted.SPAN:
        return tuple(Figure(*m.span(), words=m.group()) for m in _SPAN.finditer(text))
    if wanted is Wanted.NUMBER:
        taken = [(m.start, m.end) for m in find_money(text)] + [(m.start, m.end) for m in find_dates(text)]
        taken += [(m.start, m.end) for m in find_references(text)] + [(m.start, m.end) for m in find_years(text)]
        return tuple(
            Figure(*m.span(), number=_number(m))
            for m in _NUMBER.finditer(text)
            if not any(start <= m.start() < end for start, end in taken)
        )
    return ()


def gist(figure: Figure | None) -> tuple[object, ...]:
    """Return what a figure says, for comparing figures; () for no figure."""
    return () if figure is None else (figure.amount, figure.number, figure.date, figure.words)


def _number(match: re.Match[str]) -> Decimal:
    if match.group(1):
        return Decimal(match.group(1).replace(",", ""))
    word = match.group(2).lower()
    return Decimal({"thirty": 30, "fifty": 50}.get(word) or _WORDED.index(word))


def only_figures(said: str, asked: str) -> Value:
    """Return the sum, date and share in a sentence; each only if the sentence has one and the question lacks it."""
    held = {}
    for wanted in (Wanted.AMOUNT, Wanted.DATE, Wanted.PERCENT):
        stated = {gist(figure) for figure in figures_in(asked, wanted)}
        figures = {gist(each): each for each in figures_in(said, wanted) if gist(each) not in stated}
        held[wanted] = next(iter(figures.values())) if len(figures) == 1 else Figure(0, 0)
    return Value(
        amount=held[Wanted.AMOUNT].amount, date=held[Wanted.DATE].date or None, percent=held[Wanted.PERCENT].number
    )
