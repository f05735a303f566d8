"""Parse cells: sums with their sign, financial years, dates."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from graph.model import Basis
from graph.parse.dates import month_number, parse_date
from graph.parse.money import find_money, parse_amount
from graph.parse.years import financial_year, parse_year, year_label

_MARK = re.compile(r"(?P<sum>.{0,300}\d\s{0,9}\)?)\s{0,9}(?P<mark>CR|DR|Cr|Dr|-)")
_CALENDAR_YEAR = re.compile(r"(?:19|20)\d{2}")
_SERIAL = re.compile(r"[34]\d{4}|5[0-4]\d{3}")  #: a day as a spreadsheet counts them, 1982 to 2048
_FIRST_DAY = datetime.date(1899, 12, 30)
_DECIMAL_COMMA = re.compile(r"(?P<pounds>\D{0,300}\d{1,40}),(?P<pence>\d{2}\D{0,300})")
_MONTH = re.compile(r"(?P<month>[A-Za-z]{3,9})[-\s'’]+(?P<year>\d{2})|(?P<long>20\d{2})[-/]?(?P<number>0[1-9]|1[0-2])")
_THOUSANDS = re.compile(
    r"(?<![\d,.])£?\s{0,9}['’]?0{3}s?\b|£\s{0,9}k\b|\(\s{0,9}k\s{0,9}\)|\bthousands?\b|\(£k\)", re.IGNORECASE
)
_MILLIONS = re.compile(r"£\s*m\b|\bmillions?\b", re.IGNORECASE)
_LONGEST_SUM = 60  #: characters


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum that a cell states."""

    amount: Decimal  #: below zero for a refund or a reversal
    basis: Basis = Basis.EXACT
    per_year: bool = False


@lru_cache(maxsize=50_000)
def sum_of(cell: str, unit: int = 1) -> Sum | None:
    """Return the sum in a cell; None if it holds none ("TBC", "-", a year, words about several sums).

    "(200)", "-200", "200-" and "200 CR" are negative. A sum with its own "k" or "million" ignores `unit`, which is in
    pounds.
    """
    if not cell or len(cell) > _LONGEST_SUM or not any(sign.isdigit() for sign in cell):
        return None
    if parse_year(cell):
        return None
    marked = _MARK.fullmatch(cell)
    plain, mark = (marked["sum"], marked["mark"].upper()) if marked else (cell, "")
    plain = _DECIMAL_COMMA.sub(r"\g<pounds>.\g<pence>", plain) if _DECIMAL_COMMA.fullmatch(plain) else plain
    amount = parse_amount(plain, unit=unit)
    if amount is not None:
        return Sum(-abs(amount) if mark in ("CR", "-") else amount, _basis(cell))
    found = find_money(cell)
    return Sum(found[0].amount, found[0].basis, found[0].per_year) if len(found) == 1 else None


def _basis(cell: str) -> Basis:
    found = find_money(cell)
    return found[0].basis if found else Basis.EXACT


def unit_of(words: str) -> int:
    """Return how many pounds a figure of 1 stands for under a heading: 1000 for "£000", 1000000 for "£m", else 1."""
    if _THOUSANDS.search(words):
        return 1_000
    return 1_000_000 if _MILLIONS.search(words) else 1


@lru_cache(maxsize=20_000)
def date_of(cell: str) -> str | None:
    """Return the ISO date in a cell, as precise as printed ("2024-03"); None if it holds none.

    A bare number of five digits is a spreadsheet day number: a date that lost its format in an export to CSV.
    """
    if not any(sign.isdigit() for sign in cell) or len(cell) > _LONGEST_SUM:
        return None
    if _SERIAL.fullmatch(cell):
        return (_FIRST_DAY + datetime.timedelta(days=int(cell))).isoformat()
    month = _MONTH.fullmatch(cell)
    if month is not None:
        number = int(month["number"]) if month["number"] else month_number(month["month"])
        return f"{month['long'] or '20' + month['year']}-{number:02d}" if number else None
    date = parse_date(cell)
    return date if date is not None and len(date) > len("2024") else None


@lru_cache(maxsize=20_000)
def years_of(cell: str) -> tuple[str, ...]:
    """Return the financial years that a cell names ("2023/24", "FY24-25"), or the year that its date lies in."""
    years = parse_year(cell)
    if years:
        return years
    date = date_of(cell)
    return (year_of_date(date),) if date is not None else ()


def year_of_date(date: str) -> str:
    """Return the financial year of an ISO date that has a month."""
    return financial_year(datetime.date.fromisoformat(date if len(date) == len("2024-04-01") else f"{date}-01"))


def years_between(start: str | None, end: str | None) -> tuple[str, ...]:
    """Return the financial years from one ISO date to another.

    () if a date is missing or the end is before the start.
    """
    if start is None:
        return ()
    first = int(year_of_date(start)[:4])
    last = int(year_of_date(end)[:4]) if end is not None else first
    return tuple(year_label(year) for year in range(first, last + 1)) if last - first < 12 else ()


def is_calendar_year(cell: str) -> bool:
    """Return True for a bare year such as "2024", which does not say which financial year is meant."""
    return bool(_CALENDAR_YEAR.fullmatch(cell))
