"""Whether a flow lies within the time, and between the amounts, that a question asks for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from graph.ask.language.terms import Period, Sized
from graph.counting.placed_years import decision_date, decision_year
from graph.parse.titles import day_of
from graph.parse.years import financial_year
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow


def years_fit(stated: StatedFlow, period: Period, head: DecisionHead | None) -> str:
    """How a flow's years stand to the period asked: inside, across, outside or unknown.

    Money for which no year is stated is of the date of its decision, else of the year that its title names; a year of
    which only a part lies within the period leaves it unknown.
    """
    if not period:
        return "inside"
    if stated.flow.years:
        return years_stand(stated.flow.years, period)
    if head is None:
        return "unknown"
    if date := decision_date(head):
        return "inside" if _date_within(date, period) else "outside"
    years = decision_year(head).years
    stand = years_stand(years, period) if years else "unknown"
    return "unknown" if stand == "outside" and any(_overlap(year, period) for year in years) else stand


def _date_within(date: str, period: Period) -> bool:
    """Whether a day, or a part of a month, lies within a period."""
    if period.years or period.calendar:
        day = day_of(date)
        return int(date[:4]) in period.calendar or (day is not None and financial_year(day) in period.years)
    return first_day(date) <= last_day(period.last or "9999") and last_day(date) >= first_day(period.first or "0000")


def _overlap(year: str, period: Period) -> bool:
    """Whether a day of a financial year lies within the bounds or the calendar years of a period."""
    begins, ends = _days_of(year)
    spans = [(str(each), str(each)) for each in period.calendar]
    spans += [] if period.years or period.calendar else [(period.first or "0000", period.last or "9999")]
    return any(begins <= last_day(last) and ends >= first_day(first) for first, last in spans)


def years_stand(years: Sequence[str], period: Period) -> str:
    """Return whether financial years lie in a period: "inside" (all), "across" (some) or "outside" (none)."""
    wanted = financial_years(period)
    if wanted:
        hits = [year for year in years if year in wanted]
        return "inside" if len(hits) == len(years) else "across" if hits else "outside"
    low, high = first_day(period.first or "0000"), last_day(period.last or "9999")
    if low.endswith("-01-01"):  # a calendar year stands for the financial year that begins in it
        low = f"{low[:4]}-04-01"
    hits = [year for year in years if _days_of(year)[1] >= low and _days_of(year)[0] <= high]
    return "inside" if len(hits) == len(years) else "across" if hits else "outside"


def _days_of(year: str) -> tuple[str, str]:
    """The first and the last day of a financial year."""
    return f"{year[:4]}-04-01", f"{int(year[:4]) + 1}-03-31"


def first_day(date: str) -> str:
    """The first day of a date that may lack its day, or its month as well."""
    return f"{date[:10]}{'-01-01'[3 * date.count('-') :]}"


def last_day(date: str) -> str:
    """The last day of such a date; of any month the 31st, as days are compared and not counted."""
    return f"{date[:10]}{'-12-31'[3 * date.count('-') :]}"


def financial_years(period: Period) -> frozenset[str]:
    """Return the financial years of a period; a calendar year is the financial year that begins in it."""
    named = set(period.years)
    named.update(f"{year}/{(year + 1) % 100:02d}" for year in period.calendar)
    return frozenset(named)


def within_bounds(sized: Sized, amount: Decimal) -> bool:
    """Return True if an amount lies between the bounds asked."""
    low, high = sized.at_least, sized.at_most
    if low is not None and (amount < low or (sized.strict and amount == low)):
        return False
    return not (high is not None and (amount > high or (sized.strict and amount == high)))
