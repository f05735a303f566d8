"""What is no money that moves, what is left out of a sum, and why."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import FlowKind, FlowStatus, FundingFlow
from graph.stated.flows import StatedFlow

AGAIN = "the same figure said again"
PART = "part of a sum that is counted"
PAID_FROM = "where awards that are counted are paid from"
TOTAL = "a total of flows that are counted"
CARRIED = "carried forward: no new money"
#: why a joint sum is left out of which a part is counted
HOLDS = "one sum for several programmes that holds what is counted"
NO_AWARD = "a ceiling or a bid, not an award"

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


def is_money(stated: StatedFlow) -> bool:
    """Whether a flow is money that was granted: no bid, ceiling, context, and nothing replaced or refused."""
    return moves_money(stated.flow)


def moves_money(flow: FundingFlow) -> bool:
    """Whether a flow of a record, loaded or not, is money that was granted."""
    return flow.kind not in {FlowKind.BID, FlowKind.ENVELOPE} and flow.status in {
        FlowStatus.APPROVED,
        FlowStatus.PROVISIONAL,
    }


def no_money(stated: StatedFlow) -> LeftOut:
    """Why a flow that is no money is left out."""
    return LeftOut(stated, STATUS_REASON.get(stated.flow.status) or NO_AWARD)
