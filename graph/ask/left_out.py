"""What is left out of a sum and why, and the small comparisons of flows that the rules of the same money share."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from graph.ask.facts import Facts
from graph.model import Entity, FlowStatus
from graph.stated.flows import StatedFlow

CLOSE = Decimal("1.01")  #: two sums that differ by no more are one sum, rounded

STATUS_REASON = {
    FlowStatus.SUPERSEDED: "replaced by a later decision",
    FlowStatus.CONTEXT: "context, not an award",
    FlowStatus.PROPOSED: "proposed, not approved",
    FlowStatus.UNSUCCESSFUL: "bid for without success",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A flow that is not added, and why."""

    flow: StatedFlow
    reason: str


def programme_ids(stated: StatedFlow) -> frozenset[str]:
    """The ids of a flow's programmes."""
    return frozenset(programme.id for programme in stated.flow.programmes)


def party_of(entity: Entity | None) -> str:
    """The id of a party; "" where it is open."""
    return entity.id if entity is not None else ""


def decision_of(stated: StatedFlow, facts: Facts) -> str:
    """The decision that states a flow: one, even where two documents record it."""
    head = facts.heads.get(stated.document)
    return head.iri if head is not None else stated.document


def overlap(a: StatedFlow, b: StatedFlow) -> bool:
    """Whether two flows share a year, or a document where one has no year."""
    if a.flow.years and b.flow.years:
        return bool(set(a.flow.years) & set(b.flow.years))
    return a.document == b.document
