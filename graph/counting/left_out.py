"""Which flows are money that moves, which are left out of a sum, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.model import FlowKind, FlowStatus, FundingFlow
from graph.stated.flows import StatedFlow


class Reason(StrEnum):
    """The reason why a flow is not added to a total. Builds and exports hold the value; people see the sentence."""

    AGAIN = "again"
    PART = "part"
    PAID_FROM = "paid from"
    TOTAL = "total"
    YEARS = "sum of years"
    CARRIED = "carried forward"
    HOLDS = "holds own part"
    FILLED = "awarded since"
    CONTRADICTS = "contradicts"
    MATCH_PART = "part of match funding"
    MATCH_AGAIN = "match funding again"
    JOINT = "joint"
    PASSED_ON = "passed on"
    GOES_ON = "goes on"
    OWN = "own money"
    MATCH_IN_PAYMENT = "match in a payment"
    MORE_YEARS = "more years"
    NO_AWARD = "no award"
    SUPERSEDED = "superseded"
    CONTEXT = "context"
    PROPOSED = "proposed"
    UNSUCCESSFUL = "unsuccessful"

    @property
    def sentence(self) -> str:
        """The reason in words that can follow "not added:"."""
        return _SENTENCES[self]


_SENTENCES = {
    Reason.AGAIN: "the same figure said again",
    Reason.PART: "part of a sum that is counted",
    Reason.PAID_FROM: "where awards that are counted are paid from",
    Reason.TOTAL: "a total of flows that are counted",
    Reason.YEARS: "the sum of years that are counted",
    Reason.CARRIED: "carried forward: no new money",
    Reason.HOLDS: "one sum for several programmes that holds what is counted",
    Reason.FILLED: "awarded since to a named organisation",
    Reason.CONTRADICTS: "contradicts another figure for the same money",
    Reason.MATCH_PART: "part of match funding that another decision approved",
    Reason.MATCH_AGAIN: "the same match funding, stated in another decision",
    Reason.JOINT: "one sum for several programmes, which no document splits",
    Reason.PASSED_ON: "passed on, and counted where it comes in",
    Reason.GOES_ON: "goes on to others, and is counted where it ends",
    Reason.OWN: "stays with the organisation itself",
    Reason.MATCH_IN_PAYMENT: "match funding that goes into a payment which is counted",
    Reason.MORE_YEARS: "for more years than were asked, and not split",
    Reason.NO_AWARD: "a ceiling or a bid, not an award",
    Reason.SUPERSEDED: "replaced by a later decision",
    Reason.CONTEXT: "context, not an award",
    Reason.PROPOSED: "proposed, not approved",
    Reason.UNSUCCESSFUL: "bid for without success",
}

_OF_STATUS = {
    FlowStatus.SUPERSEDED: Reason.SUPERSEDED,
    FlowStatus.CONTEXT: Reason.CONTEXT,
    FlowStatus.PROPOSED: Reason.PROPOSED,
    FlowStatus.UNSUCCESSFUL: Reason.UNSUCCESSFUL,
}
#: reasons for which a sum is money and yet no further money: it says, holds or sums up what is counted
REPEATED = frozenset({Reason.AGAIN, Reason.TOTAL, Reason.YEARS, Reason.CARRIED, Reason.CONTRADICTS, Reason.MATCH_AGAIN})
#: reasons that lie in the flow itself and hold in every total
NO_MONEY = frozenset({Reason.NO_AWARD, *_OF_STATUS.values()})


NO_GRANT = frozenset({FlowKind.BID, FlowKind.ENVELOPE})  #: kinds of flow that move no money
GRANTED = frozenset({FlowStatus.APPROVED, FlowStatus.PROVISIONAL})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A flow that is not added, with the reason."""

    flow: StatedFlow
    reason: Reason
    #: IRI of the flow that counts in its place, holds it, gave its money or takes it on; "" where none is known
    other: str = ""
    payee: str = ""  #: who was awarded it since, for `Reason.FILLED`

    @property
    def said(self) -> str:
        """The reason in words that can follow "not added:"."""
        return f"awarded since to {self.payee}" if self.payee else self.reason.sentence


def is_money(stated: StatedFlow) -> bool:
    """Return True if a flow is granted money: no bid, ceiling or context, and neither replaced nor refused."""
    return moves_money(stated.flow)


def moves_money(flow: FundingFlow) -> bool:
    """Return True if a flow of a record is granted money; the record need not be loaded."""
    return flow.kind not in NO_GRANT and flow.status in GRANTED


def is_grant(flow: FundingFlow) -> bool:
    """Return True if a flow is a grant that one named organisation awarded to another."""
    parties = flow.funder is not None and flow.recipient is not None and flow.funder != flow.recipient
    return parties and flow.kind in {FlowKind.GRANT, FlowKind.SUB_GRANT} and moves_money(flow)


def no_money(stated: StatedFlow) -> LeftOut:
    """Return the reason why a flow that is not granted money is left out."""
    return LeftOut(stated, _OF_STATUS.get(stated.flow.status, Reason.NO_AWARD))
