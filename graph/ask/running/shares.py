"""The money of each party, given or received, and the wording of sums with their years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from graph.ask.language.phrases import in_years, pounds
from graph.counting.likeness import party_of, total
from graph.counting.placed_years import decision_words, without_year
from graph.counting.tally import Tally
from graph.counting.unsure import ceiling_in, sum_said, unsure_part
from graph.model import Entity
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

T = TypeVar("T")
_MOST_LEVEL = 20  #: things level with the last of a list that are in it too; of more the number is said


@dataclass
class Share:
    """The money that one party gives or gets: the flows that add up, and the sums that it shares with others."""

    entity: Entity | None
    label: str
    flows: list[StatedFlow] = field(default_factory=list)
    joint: list[StatedFlow] = field(default_factory=list)

    @property
    def amount(self) -> Decimal | None:
        """The sum of the flows; None where only joint sums are known."""
        return total(self.flows) if self.flows else None

    @property
    def years(self) -> tuple[str, ...]:
        """Every financial year that the party's money covers, in order."""
        return years_of(self.flows or self.joint)


def shares(counted: Tally, side: str) -> list[Share]:
    """Return the counted flows by the party on one side ("funder" or "recipient"), the largest first."""
    found: dict[str, Share] = {}
    for stated, joint in [(s, False) for s in counted.flows] + [(s, True) for s in counted.joint]:
        flow = stated.flow
        entity = flow.funder if side == "funder" else flow.recipient
        label = entity.name if entity is not None else (flow.recipient_words if side == "recipient" else "")
        if not label:
            continue
        share = found.setdefault(party_of(entity) or label, Share(entity, label))
        (share.joint if joint else share.flows).append(stated)
    return sorted(found.values(), key=lambda share: (-(share.amount or Decimal(0)), share.label))


def with_level(ordered: Sequence[T], limit: int, rank: Callable[[T], object]) -> tuple[list[T], int]:
    """Return the first of a list, with those level with the last of them, and how many more are level with it."""
    level = [each for each in ordered[limit:] if rank(each) == rank(ordered[limit - 1])]
    return [*ordered[:limit], *level[:_MOST_LEVEL]], len(level[_MOST_LEVEL:])


def years_of(flows: Iterable[StatedFlow]) -> tuple[str, ...]:
    """Return the financial years that flows cover, in order."""
    return tuple(sorted({year for stated in flows for year in stated.flow.years}))


def figure(flows: Iterable[StatedFlow], said: str = "") -> str:
    """The sum of some flows in words, and what follows it, such as its years; see `sum_said`."""
    sums = unsure_part(flows)
    return sum_said(sums.whole, sums.ceiling, said)


def ceiling_of(flows: Iterable[StatedFlow]) -> Decimal | None:
    """How much of a sum is granted as "up to"; None where nothing is."""
    return ceiling_in(flows) or None


def spread(flows: Sequence[StatedFlow], heads: Mapping[str, DecisionHead]) -> str:
    """A sum with its years: "£1,200 in 2020/21"; what has no year is told apart, with the year of its decision."""
    dated = [stated for stated in flows if stated.flow.years]
    if len(dated) == len(flows):
        return figure(flows, in_years(years_of(flows)))
    if not dated:
        placed = decision_words(flows, heads)
        return figure(flows, f" without a year{f', {placed}' if placed else ''}")
    return figure(flows, f": {pounds(total(dated))}{in_years(years_of(flows))}, {without_year(flows, heads)}")
