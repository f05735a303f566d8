"""The money of one financial year over all loaded decisions, counted once; sums for several years are kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.counting.ledger import Ledger
from graph.counting.placed_years import placed_years
from graph.counting.sides import Side
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class YearTally:
    """The counted money of one financial year."""

    counted: tuple[StatedFlow, ...]  #: sums for this year alone, those of its decisions that state no year among them
    spanning: tuple[StatedFlow, ...]  #: sums for this year and others together, which are not split


def year_tally(year: str, side: Side, ledger: Ledger, heads: Mapping[str, DecisionHead]) -> YearTally:
    """Return the part of all money that is for a financial year such as "2023/24", seen from one side."""
    years = {stated: placed_years(stated, heads).years for stated in ledger.tally(None, side).flows}
    return YearTally(
        tuple(stated for stated, placed in years.items() if placed == (year,)),
        tuple(stated for stated, placed in years.items() if year in placed and len(placed) > 1),
    )
