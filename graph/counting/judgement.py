"""The judgement on every flow that touches a thing, seen from one side: added, joint, or left out with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from graph.counting.grounds import Grounds
from graph.counting.left_out import LeftOut, Reason, is_grant, is_money, no_money
from graph.counting.likeness import grouped, party_of
from graph.counting.near_years import NearYears
from graph.counting.rests import Settlement, settle, to_nobody
from graph.counting.same_money import carried_forward
from graph.counting.sides import ENDS, Context, Side, is_own, payments_of_match
from graph.counting.tally import Tally, asked, is_joint, tally, without
from graph.model import Entity, EntityKind, FlowKind
from graph.stated.flows import StatedFlow


def judged(subject: Entity | None, flows: Sequence[StatedFlow], side: Side, grounds: Grounds) -> Tally:
    """Return the tally of a thing, seen from one side; for the sides see `Judging.seen_from`."""
    return Judging(subject, flows, grounds).seen_from(side)


class Judging:
    """The flows that touch one thing, judged from each side on demand."""

    def __init__(
        self,
        subject: Entity | None,
        flows: Sequence[StatedFlow],
        grounds: Grounds,
        *,
        programmes: frozenset[str] | None = None,
    ) -> None:
        """Keep the flows to judge.

        Args:
            subject: The thing; None for all money together.
            flows: Every flow that touches it.
            grounds: What counting needs besides the flows.
            programmes: Ids of the programmes that the subject stands for; None for the subject itself, if it is a
                programme.
        """
        self._subject = subject
        self._programmes = asked(subject) if programmes is None else programmes
        self._flows = flows
        self._grounds = grounds
        self._judged: dict[Side, Tally] = {}

    def seen_from(self, side: Side) -> Tally:
        """Return the judgement seen from one side.

        For an organisation: what it gets from others (sources) or what it gives or spends (deliveries). For a
        programme, place or fund: where the money first comes in, or with whom it ends. Payments have no reasons: they
        are what a flow diagram draws.
        """
        if side not in self._judged:
            self._judged[side] = self._judge(side)
        return self._judged[side]

    def _judge(self, side: Side) -> Tally:
        if side is Side.PAYMENTS:
            return Tally(self._payments())
        if side is Side.GRANTS:
            grants = [stated for stated in self._flows if is_grant(stated.flow)]
            return tally(grants, self._grounds, programmes=self._programmes)
        if self._subject is not None and self._subject.kind is EntityKind.ORGANISATION:
            return _of_organisation(self._subject, self._flows, side, self._grounds)
        seen = self._context.seen_from(side) or (() if self._grounds.is_part else self._flows)
        return self._with_the_rest(tally(seen, self._grounds, programmes=self._programmes), seen, side)

    @cached_property
    def _context(self) -> Context:
        return Context(self._flows, self._grounds)

    def _with_the_rest(self, found: Tally, seen: Iterable[StatedFlow], side: Side) -> Tally:
        """Add why what is not seen from this side is not in the total: it says a sum again, or counts at another step.

        The money that counts at another step adds up there, so the sum of what is passed on is right as well.
        """
        subject, flows, context = self._subject, self._flows, self._context
        there = {stated.iri for stated in seen}
        rest = [stated for stated in flows if stated.iri not in there]
        if not rest:
            return found
        again = {iri: out for iri, out in context.no_sums_of_their_own.items() if iri not in there}
        programmes = self._programmes
        steps = tally([stated for stated in rest if stated.iri not in again], self._grounds, programmes=programmes)
        stepped = [*steps.flows, *steps.joint]
        carried = carried_forward(stepped, beside=self._grounds.is_part or bool(found.flows or found.joint))
        onward = without(stepped, carried)
        paid = [s for s in (*found.flows, *found.joint, *onward) if _is_paid_out(s, context)]
        if side is Side.DELIVERIES:
            # what a body sets aside out of money that it was given is that money, and held once
            held = [s for s in onward if s.flow.recipient is not None or context.is_source(s)]
            settled = settle(held, paid, self._grounds)
            more = [to_nobody(s) for s in settled.left]
        else:
            held = [*found.flows, *found.joint, *(s for s in onward if s.flow.recipient is not None)]
            settled = settle(held, paid, self._grounds)
            # over a whole area budgets and grants of all kinds overlap: what is paid beyond what was given says nothing
            tells = subject is not None and subject.kind is not EntityKind.PLACE
            here = {stated.iri for stated in onward}
            more = [s for s in settled.beyond if s.iri in here] if tells else []
        told = {stated.iri for stated in more}
        elsewhere = [_elsewhere(s, side, settled, context) for s in onward if s.iri not in told]
        return Tally(
            (*found.flows, *(s for s in more if not is_joint(s, programmes))),
            (*found.joint, *(s for s in more if is_joint(s, programmes))),
            (*found.left_out, *again.values(), *steps.left_out, *carried, *elsewhere),
            frozenset(told) if side is Side.DELIVERIES else frozenset(),
        )

    def _payments(self) -> tuple[StatedFlow, ...]:
        """Return each payment of a thing's money once, from where it comes in to where it ends, steps between included.

        What a body sets aside for no one by name is left out where its payments for these years are known.
        """
        came, ends_of_it = (self.seen_from(side) for side in ENDS)
        went = [stated for stated in ends_of_it.flows if stated.iri not in ends_of_it.open]
        context = self._context
        between = [
            stated
            for stated in self._flows
            if stated.flow.recipient is not None
            and not is_joint(stated, self._programmes)
            and not (context.is_source(stated) or context.is_end(stated))
        ]
        paid_by = {
            payer: NearYears(paid, self._grounds)
            for payer, paid in grouped(went, lambda stated: party_of(stated.flow.funder)).items()
        }
        ends = {stated.iri for stated in went}
        first = [
            stated
            for stated in came.flows
            if stated.flow.recipient is not None
            or stated.iri in ends
            or (paid := paid_by.get(party_of(stated.flow.funder))) is None
            or next(paid.paying_for(stated), None) is None
        ]
        steps = tally(between, self._grounds).flows
        return tuple({stated.iri: stated for stated in (*first, *went, *steps)}.values())


def judged_alone(flows: Sequence[StatedFlow], grounds: Grounds, *, programmes: frozenset[str] = frozenset()) -> Tally:
    """Return the judgement on some flows among themselves: what comes in by them alone, each sum once.

    Args:
        flows: Those that one decision states, or that several parties get.
        grounds: What counting needs to know.
        programmes: Ids of the programmes asked for: a sum for these and others together is joint.
    """
    counted = tally(flows, grounds, programmes=programmes)
    if len(counted.flows) < 2:  # what is passed on is so within the decision
        return counted
    context = Context(flows, grounds)
    brought = {stated.iri for stated in context.seen_from(Side.SOURCES, counted.flows)}
    if not brought:
        return counted
    given = [stated for stated in counted.flows if stated.flow.recipient is not None]
    rest = [stated for stated in counted.flows if stated.iri not in brought]
    settled = settle(given, rest, grounds)
    onward = [_elsewhere(s, Side.SOURCES, settled, context) for s in rest]
    return Tally(tuple(s for s in counted.flows if s.iri in brought), counted.joint, (*counted.left_out, *onward))


def _elsewhere(stated: StatedFlow, side: Side, settled: Settlement, context: Context) -> LeftOut:
    """A flow that counts at another step, with the flow that its money was taken from or is passed on to."""
    if side is Side.DELIVERIES:
        payment = settled.taken_by.get(stated.iri) or context.goes_on_to(stated)
        return LeftOut(stated, Reason.GOES_ON, payment)
    return LeftOut(stated, Reason.PASSED_ON, settled.taken_from.get(stated.iri) or context.taken_from(stated))


def _of_organisation(subject: Entity, flows: Sequence[StatedFlow], side: Side, grounds: Grounds) -> Tally:
    into: Mapping[str, str] = {}
    if side is Side.DELIVERIES:
        given = [stated for stated in flows if stated.flow.funder == subject]
        into, reason = payments_of_match(given, grounds), Reason.MATCH_IN_PAYMENT
        counted = [stated for stated in given if stated.iri not in into]
    else:
        given = [stated for stated in flows if stated.flow.recipient == subject]
        counted, reason = [stated for stated in given if not is_own(stated)], Reason.OWN
    found = tally(counted, grounds)
    kept = {stated.iri for stated in counted}
    rest = [_left(stated, reason, into.get(stated.iri, "")) for stated in given if stated.iri not in kept]
    return Tally(found.flows, found.joint, (*found.left_out, *rest))


def _is_paid_out(stated: StatedFlow, context: Context) -> bool:
    """Whether a flow takes from what its funder holds: a payment, or a pot filled with money that it was given."""
    flow = stated.flow
    is_payment = flow.recipient is not None or bool(flow.recipient_words)
    return flow.kind is not FlowKind.MATCH and (is_payment or not context.is_source(stated))


def _left(stated: StatedFlow, reason: Reason, other: str) -> LeftOut:
    return LeftOut(stated, reason, other) if is_money(stated) else no_money(stated)
