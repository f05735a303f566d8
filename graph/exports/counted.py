"""Whether each exported sum counts in the total it is about, and why not: the ledger's judgement, sum by sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from graph.counting.ledger import Ledger
from graph.counting.sides import Side
from graph.model import Entity
from graph.stated.flows import StatedFlow

YES, PARTLY, JOINTLY, NO = "yes", "partly", "jointly", "no"
COUNTED_WORDS = (YES, PARTLY, JOINTLY, NO)
_REST = "the rest of it is counted in the payments out of it, or beside them"
_ELSEWHERE = {Side.SOURCES: "not given to {name}", Side.DELIVERIES: "not given or spent by {name}"}


@dataclass(frozen=True, slots=True)
class Counted:
    """Whether one sum counts in a total, the amount with which it counts, and the reason if it does not."""

    word: str  #: yes | partly | jointly | no
    amount: Decimal = Decimal(0)  #: what it adds to the total, or to the joint sums beside it
    why_not: str = ""  #: the reason in words, where it doesn't count, or not as a whole
    instead: str = ""  #: IRI of the sum that counts in its place, holds it, gave its money or takes it on


def counted_by_flow(
    ledger: Ledger, subject: Entity | None, side: Side, flows: Iterable[StatedFlow]
) -> Mapping[str, Counted]:
    """Return whether each flow counts in a thing's total on one side, by the flow's IRI.

    Args:
        ledger: The ledger with the judgements.
        subject: The thing whose total it is; None for all money together.
        side: The end of the money that the total looks at.
        flows: The exported flows.
    """
    tally = ledger.tally(subject, side)
    added = {stated.iri: stated.flow.amount for stated in (*tally.flows, *tally.joint)}
    joint = {stated.iri for stated in tally.joint}
    left_out = {out.flow.iri: Counted(NO, Decimal(0), out.said, out.other) for out in tally.left_out}
    # an organisation's total is made of what it gets, or of what it gives: sums of others have no part in it
    elsewhere = Counted(NO, Decimal(0), _ELSEWHERE[side].format(name=subject.name if subject is not None else ""))

    def judged(stated: StatedFlow) -> Counted:
        if stated.iri not in added:
            return left_out.get(stated.iri, elsewhere)
        amount = added[stated.iri]
        why_not = _REST if amount != stated.flow.amount else ""
        word = JOINTLY if stated.iri in joint else PARTLY if why_not else YES
        return Counted(word, amount, why_not)

    return {stated.iri: judged(stated) for stated in flows}
