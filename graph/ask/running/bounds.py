"""Whether a flow lies within the time, and between the amounts, that a question asks for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from graph.ask.language.terms import Period, Sized
from graph.counting.placed_years import decision_year
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow


def years_fit(stated: StatedFlow, period: Period, head: DecisionHead | None) -> str:
    """How a flow's years stand to the period asked: inside, across, outside or unknown.

    Money for which no year is stated is of the year of its decision, as on pages.
    """
    if not period:
        return "inside"
    years = stated.flow.years
    if not years and head is not None:
        if head.signed and period.calendar and int(head.signed[:4]) in period.calendar:
            return "inside"
        years = decision_year(head).years
    return years_stand(years, period) if years else "unknown"


def years_stand(years: Sequence[str], period: Period) -> str:
    """Return whether financial years lie in a period: "inside" (all), "across" (some) or "outside" (none)."""
    wanted = financial_years(period)
    if wanted:
        hits = [year for year in years if year in wanted]
        return "inside" if len(hits) == len(years) else "across" if hits else "outside"
    low = _first_day(period)
    high = (period.last or "9999")[:10]
    hits = [year for year in years if f"{int(year[:4]) + 1}-03-31" >= low and f"{year[:4]}-04-01" <= high]
    return "inside" if len(hits) == len(years) else "across" if hits else "outside"


def _first_day(period: Period) -> str:
    """The first day of a period; that of a calendar year is the day on which its financial year begins."""
    low = (period.first or "0000")[:10]
    return f"{low[:4]}-04-01" if low.endswith("-01-01") else low


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
