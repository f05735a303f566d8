"""Every year of a document as many years earlier or later."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from bench.judge.label_words import with_words
from ingest.labels.records import Accepted, LabelledDocument, Years
from ingest.labels.years import financial_year

SHIFTS = (-3, -2, -1, 1, 2)
_FULL = re.compile(r"(?<![\d,£/.])(20[012]\d)(?:(\s?[-–/]\s?)((?:20)?\d\d)(?!\d))?(?![\d,]\d)")
_SHORT = re.compile(r"(?<![\d/\-–£.,])([012]\d)([/-])([0123]\d)(?![\d/\-–])")
_SHORT_DATE = re.compile(r"\b(\d{1,2}[/.]\d{1,2}[/.])([012]\d)\b(?!\d)")
_MONTH_AND_YEAR = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? ['’]?[12]\d\b(?!(?:st|nd|rd|th)?,? 20\d\d)"
)
_LONGEST = 4  #: years of a span that is written short


def with_other_years(
    document: LabelledDocument, text: str, chance: random.Random
) -> tuple[LabelledDocument, str] | None:
    """Return the document with other years; None where a year is written in a way that may be a day."""
    if not document.rows or _MONTH_AND_YEAR.search(text):
        return None
    shift = chance.choice(SHIFTS)

    def shifted(written: str) -> str:
        written = _SHORT_DATE.sub(lambda match: f"{match[1]}{int(match[2]) + shift:02d}", written)
        written = _SHORT.sub(lambda match: _short(match, shift), written)
        return _FULL.sub(lambda match: _full(match, shift), written)

    moved = with_words(document, shifted)
    rows = tuple(
        replace(row, years=tuple(_moved(years, shift) for years in row.years), fund=_fund(row.fund))
        for row in moved.rows
    )
    awards = tuple(replace(award, years=tuple(_moved(years, shift) for years in award.years)) for award in moved.awards)
    return replace(moved, rows=rows, awards=awards), shifted(text)


def _full(match: re.Match[str], shift: int) -> str:
    first, between, last = match[1], match[2], match[3]
    if between is None:
        return f"{int(first) + shift}"
    end = f"{int(last) + shift:02d}" if _follows(first[2:], last[-2:]) else last
    return f"{int(first) + shift}{between}{end}"


def _short(match: re.Match[str], shift: int) -> str:
    if not _follows(match[1], match[3]):
        return match[0]
    return f"{int(match[1]) + shift:02d}{match[2]}{int(match[3]) + shift:02d}"


def _follows(first: str, last: str) -> bool:
    return 1 <= int(last) - int(first) <= _LONGEST


def _moved(years: Years, shift: int) -> Years:
    return tuple(financial_year(int(year[:4]) + shift) for year in years)


def _fund(fund: Accepted) -> Accepted:
    """Return the funds to name: none where a round of other years would have a name that nobody knows."""
    return ("",) if any(re.search(r"\d", option) for option in fund) else fund
