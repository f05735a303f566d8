"""The money of one financial year, over all that is loaded, counted once; sums for several years together apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.counting.grounds import Grounds
from graph.counting.sides import Context, Side
from graph.counting.tally import Tally, tally
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class YearTally:
    """What counts of a year."""

    counted: Tally  #: sums for this year alone
    spanning: tuple[StatedFlow, ...]  #: sums for this year and others together, which are not split


def year_tally(year: str, flows: Sequence[StatedFlow], side: Side, grounds: Grounds) -> YearTally:
    """Return what counts of all flows for a financial year such as "2023/24", seen from one side."""
    alone = [stated for stated in flows if stated.flow.years == (year,)]
    seen = Context(alone, grounds).seen_from(side, alone) or alone
    spanning = [stated for stated in flows if year in stated.flow.years and len(stated.flow.years) > 1]
    return YearTally(tally(seen, grounds), tally(spanning, grounds).flows)
