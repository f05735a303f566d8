"""The day on which a grant was awarded, as far as the record says, and how it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.parse.dates import find_dates
from graph.stated.decisions import DecisionHead

#: dates that a record prints beside the signature, the nearest to the decision first
_PRINTED = ("report", "advice", "effective", "published")
_PRECISION = {10: "day", 7: "month", 4: "year"}


@dataclass(frozen=True, slots=True)
class AwardDate:
    """The day of an award, and how it is known."""

    day: str  #: ISO date; the first day of the month or year where only that is known
    basis: str  #: "signature"; "report date"; "title of the decision"
    precision: str  #: day | month | year


def award_date(head: DecisionHead | None, printed: Sequence[tuple[str, str]]) -> AwardDate | None:
    """Return the day of a decision's signature, else a date printed for it, else the first in its title; else None.

    Args:
        head: The decision.
        printed: The decision's other dates, as (what the date is of, ISO date).
    """
    if head is None:
        return None
    others = sorted((_PRINTED.index(what), what, when) for what, when in printed if what in _PRINTED)
    known = [(head.signed, "signature")]
    known += [(when, f"{what} date") for _, what, when in others]
    known += [(mention.date, "title of the decision") for mention in find_dates(head.title)]
    return next((dated for date, basis in known if (dated := _dated(date, basis))), None)


def _dated(date: str, basis: str) -> AwardDate | None:
    precision = _PRECISION.get(len(date))
    # what is not known is the first: "2021" begins on "2021-01-01"
    return AwardDate(f"{date}-01-01"[:10], basis, precision) if precision else None
