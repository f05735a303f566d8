"""The money of each party, given or received, and the wording of sums with their years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from graph.ask.language.phrases import in_years, pounds
from graph.counting.likeness import party_of, total
from graph.counting.tally import Tally
from graph.model import Entity
from graph.stated.flows import StatedFlow


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


def years_of(flows: Iterable[StatedFlow]) -> tuple[str, ...]:
    """Return the financial years that flows cover, in order."""
    return tuple(sorted({year for stated in flows for year in stated.flow.years}))


def spread(flows: Sequence[StatedFlow]) -> str:
    """A sum with its years: "£1,200 in 2020/21"; what has no year is told apart."""
    amount = total(flows)
    undated = total(stated for stated in flows if not stated.flow.years)
    if not undated or undated == amount:
        return f"{pounds(amount)}{in_years(years_of(flows))}"
    return f"{pounds(amount)}: {pounds(amount - undated)}{in_years(years_of(flows))}, {pounds(undated)} without a year"
