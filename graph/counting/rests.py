"""Sets payments against the money that they may come from: what is left of the money, and what is paid beyond it.

Example: a body is given £100 for a programme, and £70 of its payments for it are known. The £70 count where they end;
the remaining £30 are money whose payee is open. If £120 of payments are known, £20 are money of its own. So as much
goes out as comes in, as far as payments are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from graph.counting.grounds import Grounds
from graph.counting.likeness import CLOSE, grouped, party_of
from graph.counting.near_years import NearYears
from graph.model import FlowLink
from graph.stated.flows import StatedFlow

_LINKS = {FlowLink.PASSES_ON, FlowLink.PART_OF}


@dataclass(frozen=True, slots=True)
class Settlement:
    """What payments leave over of the money that they may come from, and what they pay beyond it."""

    left: tuple[StatedFlow, ...]  #: of each sum that a body holds, what no stated payment takes from it
    beyond: tuple[StatedFlow, ...]  #: of each payment, what no sum that its payer holds covers
    taken_from: Mapping[str, str] = field(default_factory=dict)  #: payment -> the sum that most of it comes out of
    taken_by: Mapping[str, str] = field(default_factory=dict)  #: sum -> the payment that takes most of it


def settle(held: Sequence[StatedFlow], paid: Iterable[StatedFlow], grounds: Grounds) -> Settlement:
    """Return what is left of held sums after payments, and what is paid beyond them.

    Args:
        held: Sums that a body is given or sets aside; each is money of its own.
        paid: Sums that bodies pay, or set aside out of what they were given; each is counted once.
        grounds: What counting needs besides the flows.
    """
    out_of = grouped(paid, lambda s: party_of(s.flow.funder))
    left: list[StatedFlow] = []
    beyond: list[StatedFlow] = []
    shares: list[_Share] = []
    for holder, sums in grouped(held, _holder).items():
        near = NearYears(sums, grounds)
        amounts = {stated.iri: stated.flow.amount for stated in sums}
        paid_here = out_of.pop(holder, [])
        if not paid_here:
            left += [stated for stated in sums if stated.flow.amount > CLOSE]
            continue
        known_first = sorted(paid_here, key=lambda s: (amounts.keys().isdisjoint(_linked(s)), *_breadth(s)))
        is_for_another = _Purposes(known_first, grounds).differ
        for payment in known_first:
            taken = _take(
                payment, near, [s for s in near.paying_for(payment) if not is_for_another(s, payment)], amounts
            )
            shares += taken
            more = payment.flow.amount - sum((share.amount for share in taken), Decimal(0))
            beyond += [with_amount(payment, more)] if more > CLOSE else []
        left += [with_amount(stated, amounts[stated.iri]) for stated in sums if amounts[stated.iri] > CLOSE]
    ranked = sorted(shares, key=lambda share: -share.amount)[::-1]  # the largest is the last to be noted
    return Settlement(
        left=tuple(left),
        beyond=(*beyond, *(payment for rest in out_of.values() for payment in rest)),
        taken_from={share.payment: share.out_of for share in ranked},
        taken_by={share.out_of: share.payment for share in ranked if share.amount},
    )


@dataclass(frozen=True, slots=True)
class _Share:
    """What one payment takes out of one sum; nothing if the sum is used up and the payment is for the same."""

    payment: str
    out_of: str
    amount: Decimal


def with_amount(stated: StatedFlow, amount: Decimal) -> StatedFlow:
    """Return a flow with another amount: a part of a sum."""
    return stated if amount == stated.flow.amount else replace(stated, flow=replace(stated.flow, amount=amount))


def to_nobody(stated: StatedFlow) -> StatedFlow:
    """Return a flow as money whose payee is left open."""
    return replace(stated, flow=replace(stated.flow, recipient=None, recipient_words=""))


def _holder(stated: StatedFlow) -> str:
    """The body that holds a sum: who is given it, else who sets it aside."""
    return party_of(stated.flow.recipient or stated.flow.funder)


def _breadth(stated: StatedFlow) -> tuple[int, int]:
    """How much a payment is for: what is for one programme and one year takes from a sum before what is for several."""
    return len(stated.flow.programmes), len(stated.flow.years)


def _linked(stated: StatedFlow) -> set[str]:
    return {iri for link, iri in stated.links if link in _LINKS}


class _Purposes:
    """Tells what a body sets aside for something else than a payment."""

    def __init__(self, paid: Iterable[StatedFlow], grounds: Grounds) -> None:
        self._grounds = grounds
        self._paid_for: dict[str, set[str]] = defaultdict(set)  #: by decision, the years of its payments together
        for payment in paid:
            self._paid_for[grounds.decision_of(payment)].update(payment.flow.years)

    def differ(self, aside: StatedFlow, payment: StatedFlow) -> bool:
        """Return True if a sum is set aside for a programme by name, and a payment is for none.

        Or if its own decision makes the payment, and all that it pays is for some of the sum's years only.
        """
        if aside.flow.recipient is not None:
            return False
        if aside.flow.programmes and not payment.flow.programmes:
            return True
        decision = self._grounds.decision_of(aside)
        is_here = decision == self._grounds.decision_of(payment)
        return is_here and bool(payment.flow.years) and not self._paid_for[decision].issuperset(aside.flow.years)


def _take(
    payment: StatedFlow, sums: NearYears, near: Iterable[StatedFlow], amounts: dict[str, Decimal]
) -> list[_Share]:
    """Take a payment out of the sums that it may come from, the likeliest first, and return what each gives.

    `near` are those that may be for the same thing.
    """
    linked = _linked(payment)
    fitting = {iri: sums.by_iri[iri] for iri in linked if iri in sums.by_iri} if linked else {}
    fitting |= {s.iri: s for s in near}
    fitting |= {s.iri: s for s in sums.equal(payment)}

    def likely(stated: StatedFlow) -> tuple[bool, bool, bool, str]:
        same_years = stated.flow.years == payment.flow.years
        return stated.iri not in linked, not same_years, stated.document != payment.document, stated.iri

    still = payment.flow.amount
    shares: list[_Share] = []
    for stated in sorted((s for s in fitting.values() if s.iri != payment.iri), key=likely):
        taken = min(still, amounts[stated.iri])
        if taken or not shares:
            shares.append(_Share(payment.iri, stated.iri, taken))
        amounts[stated.iri] -= taken
        still -= taken
        if not still:
            break
    return shares
