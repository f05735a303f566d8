"""The financial year of money without a stated year: that of the decision's signature or title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.parse.titles import day_of
from graph.parse.years import financial_year
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow


class YearBasis(StrEnum):
    """How the year of a flow is known."""

    STATED = "stated"  #: the document says for which years the money is
    SIGNED = "signed"  #: the day on which the decision was signed
    TITLED = "titled"  #: a date or a year in the decision's title
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PlacedYears:
    """The financial years that money is shown under, and how they are known."""

    years: tuple[str, ...]  #: "2023/24"; several for a span; empty where nothing tells
    basis: YearBasis


def placed_years(stated: StatedFlow, heads: Mapping[str, DecisionHead]) -> PlacedYears:
    """Return the years of a flow: those it states, else the year of its decision.

    Args:
        stated: The flow.
        heads: The decisions, by document.
    """
    if stated.flow.years:
        return PlacedYears(stated.flow.years, YearBasis.STATED)
    head = heads.get(stated.document)
    return decision_year(head) if head is not None else PlacedYears((), YearBasis.UNKNOWN)


def decision_year(head: DecisionHead) -> PlacedYears:
    """Return the financial year in which a decision was signed, else the one that its title names."""
    if day := day_of(head.signed):
        return PlacedYears((financial_year(day),), YearBasis.SIGNED)
    if day := day_of(head.titled):
        return PlacedYears((financial_year(day),), YearBasis.TITLED)
    return PlacedYears((head.titled,), YearBasis.TITLED) if head.titled else PlacedYears((), YearBasis.UNKNOWN)


def decision_date(head: DecisionHead) -> str:
    """Return the date that tells a decision's year, with its day or without it; "" where none does."""
    return next((date for date in (head.signed, head.titled) if day_of(date) is not None), "")
