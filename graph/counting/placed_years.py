"""The financial year of money without a stated year: that of the decision's signature or title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.counting.likeness import total
from graph.parse.money import format_pounds
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


def decision_words(flows: Iterable[StatedFlow], heads: Mapping[str, DecisionHead]) -> str:
    """Return where the money of some flows that states no year is shown: "from a decision of 2021/22".

    Every text, chart, matrix and table says it with these words; "" where all state a year, or nothing tells one.
    """
    placed = {placed_years(stated, heads).years for stated in flows if not stated.flow.years}
    years = sorted(years[0] for years in placed if years)
    if not years:
        return ""
    part = "in part " if () in placed else ""
    if len(years) == 1:
        return f"{part}from a decision of {years[0]}"
    return f"{part}from decisions of {', '.join(years[:-1])} and {years[-1]}"


def without_year(flows: Iterable[StatedFlow], heads: Mapping[str, DecisionHead]) -> str:
    """Return how much of some money states no year: "£2,000 without a year, from a decision of 2021/22"; "" if none."""
    undated = list({stated.iri: stated for stated in flows if not stated.flow.years}.values())
    if not undated:
        return ""
    said = f"{format_pounds(total(undated))} without a year"
    return ", ".join(part for part in (said, decision_words(undated, heads)) if part)


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
