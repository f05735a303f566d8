"""Which flows count in a total, so that the same money is counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from graph.model import FlowKind, FlowLink, FlowStatus
from graph.stated.flows import StatedFlow

_NO_MONEY = {FlowKind.BID, FlowKind.ENVELOPE}
_COUNTED = {FlowStatus.APPROVED, FlowStatus.PROVISIONAL}


class Side(StrEnum):
    """Which end of money that is passed on a total looks at."""

    SOURCES = "sources"  #: where it first comes from: "how much did the programme get"
    DELIVERIES = "deliveries"  #: where it ends: "who was paid"


def is_money(stated: StatedFlow) -> bool:
    """Return whether the flow is money that moves: not a bid, ceiling, background figure or replaced award."""
    return stated.flow.kind not in _NO_MONEY and stated.flow.status in _COUNTED


def counted(flows: Iterable[StatedFlow], side: Side) -> tuple[StatedFlow, ...]:
    """Return the flows whose amounts may be added up: each sum of money once, seen from one side."""
    money = {stated.iri: stated for stated in flows if is_money(stated)}
    dropped: set[str] = set()
    for stated in money.values():
        for link, other in stated.links:
            if other in money and other != stated.iri:
                dropped.add(_one_to_drop(link, stated, money[other], side))
    return tuple(stated for iri, stated in money.items() if iri not in dropped)


def total(flows: Sequence[StatedFlow]) -> Decimal:
    """Return the sum of the amounts."""
    return sum((stated.flow.amount for stated in flows), Decimal(0))


def _one_to_drop(link: FlowLink, subject: StatedFlow, other: StatedFlow, side: Side) -> str:
    if link is FlowLink.REPLACES:
        return other.iri
    if link is FlowLink.PASSES_ON and side is Side.DELIVERIES:
        return other.iri
    if link is FlowLink.PART_OF and side is Side.DELIVERIES and other.flow.recipient is None:
        return other.iri
    return subject.iri
