"""Every flow that touches a thing, judged from one side: added, joint, or left out with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.counting.grounds import Grounds
from graph.counting.left_out import LeftOut, Reason, is_money, no_money
from graph.counting.likeness import grouped, may_pay_for, party_of
from graph.counting.rests import settle, to_nobody
from graph.counting.sides import ENDS, Context, Side, is_own, spent
from graph.counting.tally import Tally, asked, is_joint, tally
from graph.model import Entity, EntityKind, FlowKind
from graph.stated.flows import StatedFlow


def judged(subject: Entity | None, flows: Sequence[StatedFlow], side: Side, grounds: Grounds) -> Tally:
    """Return the judgement on all the flows that touch a thing, seen from one side.

    For an organisation: what it gets from others (sources) or what it gives or spends (deliveries). For a programme,
    place or fund: where the money first comes in, or with whom it ends. Payments have no reasons: they are what a flow
    diagram draws.

    Args:
        subject: The thing; None for all money together.
        flows: Every flow that touches it.
        side: The end of the money that is looked at.
        grounds: What counting needs to know.
    """
    if side is Side.PAYMENTS:
        return Tally(_payments(subject, flows, grounds))
    if subject is not None and subject.kind is EntityKind.ORGANISATION:
        return _of_organisation(subject, flows, side, grounds)
    context = Context(flows, grounds)
    seen = context.seen_from(side, flows) or flows
    return _with_the_rest(subject, tally(seen, grounds, programmes=asked(subject)), seen, flows, side, context, grounds)


def judged_decision(flows: Sequence[StatedFlow], grounds: Grounds) -> Tally:
    """Return the judgement on the flows that one decision states: what it moves is what comes in by it alone."""
    counted = tally(flows, grounds)
    brought = {stated.iri for stated in Context(flows, grounds).seen_from(Side.SOURCES, counted.flows)}
    if not brought:
        return counted
    onward = [LeftOut(s, Reason.PASSED_ON) for s in counted.flows if s.iri not in brought]
    return Tally(tuple(s for s in counted.flows if s.iri in brought), counted.joint, (*counted.left_out, *onward))


def _of_organisation(subject: Entity, flows: Sequence[StatedFlow], side: Side, grounds: Grounds) -> Tally:
    if side is Side.DELIVERIES:
        given = [stated for stated in flows if stated.flow.funder == subject]
        counted = spent(given, grounds)
        found, reason = tally(counted, grounds), Reason.MATCH_IN_PAYMENT
    else:
        given = [stated for stated in flows if stated.flow.recipient == subject]
        counted = [stated for stated in given if not is_own(stated)]
        found, reason = tally(counted, grounds), Reason.OWN
    kept = {stated.iri for stated in counted}
    rest = [_left(stated, reason) for stated in given if stated.iri not in kept]
    return Tally(found.flows, found.joint, (*found.left_out, *rest))


def _with_the_rest(
    subject: Entity | None,
    found: Tally,
    seen: Iterable[StatedFlow],
    flows: Sequence[StatedFlow],
    side: Side,
    context: Context,
    grounds: Grounds,
) -> Tally:
    """Add why what is not seen from this side is not in the total: it says something again, or counts at another step.

    The money that counts at another step adds up there, so the sum of what is passed on is right as well.
    """
    there = {stated.iri for stated in seen}
    rest = [stated for stated in flows if stated.iri not in there]
    again = {out.flow.iri: out for out in context.no_sums_of_their_own(side, flows) if out.flow.iri not in there}
    programmes = asked(subject)
    steps = tally([stated for stated in rest if stated.iri not in again], grounds, programmes=programmes)
    onward = (*steps.flows, *steps.joint)
    paid = [s for s in (*found.flows, *found.joint, *onward) if _is_paid_out(s, context)]
    reason, more = Reason.PASSED_ON, list[StatedFlow]()
    if side is Side.DELIVERIES:
        # what a body sets aside out of money that it was given is that money, and held once
        held = [s for s in onward if s.flow.recipient is not None or context.is_source(s)]
        reason, more = Reason.GOES_ON, [to_nobody(s) for s in settle(held, paid).left]
    elif subject is not None and subject.kind is not EntityKind.PLACE:
        # over a whole area, budgets and grants of all kinds overlap: what is paid beyond what was given says nothing
        held = [*found.flows, *found.joint, *(s for s in onward if s.flow.recipient is not None)]
        here = {stated.iri for stated in onward}
        more = [s for s in settle(held, paid).beyond if s.iri in here]
    told = {stated.iri for stated in more}
    elsewhere = [LeftOut(s, reason) for s in onward if s.iri not in told]
    return Tally(
        (*found.flows, *(s for s in more if not is_joint(s, programmes))),
        (*found.joint, *(s for s in more if is_joint(s, programmes))),
        (*found.left_out, *again.values(), *steps.left_out, *elsewhere),
        frozenset(told) if side is Side.DELIVERIES else frozenset(),
    )


def _is_paid_out(stated: StatedFlow, context: Context) -> bool:
    """Whether a flow takes from what its funder holds: a payment, or a pot filled with money that it was given."""
    flow = stated.flow
    is_payment = flow.recipient is not None or bool(flow.recipient_words)
    return flow.kind is not FlowKind.MATCH and (is_payment or not context.is_source(stated))


def _left(stated: StatedFlow, reason: Reason) -> LeftOut:
    return LeftOut(stated, reason) if is_money(stated) else no_money(stated)


def _payments(subject: Entity | None, flows: Sequence[StatedFlow], grounds: Grounds) -> tuple[StatedFlow, ...]:
    """Return each payment of a thing's money once, from where it comes in to where it ends, steps between included.

    What a body sets aside for no one by name is left out where its payments for these years are known.
    """
    came, went = (judged(subject, flows, side, grounds).flows for side in ENDS)
    context = Context(flows, grounds)
    between = [
        stated
        for stated in flows
        if stated.flow.recipient is not None
        and not is_joint(stated, asked(subject))
        and not (context.is_source(stated) or context.is_end(stated))
    ]
    paid_by = grouped(went, lambda stated: party_of(stated.flow.funder))
    ends = {stated.iri for stated in went}
    first = [
        stated
        for stated in came
        if stated.flow.recipient is not None
        or stated.iri in ends
        or not any(may_pay_for(paid, stated) for paid in paid_by.get(party_of(stated.flow.funder), ()))
    ]
    steps = tally(between, grounds).flows
    return tuple({stated.iri: stated for stated in (*first, *went, *steps)}.values())
