"""Money counted once: which flows add up, which are the same sum said again, and which sums are not to be split.

The relations that documents state come first (passes on, part of, carried from, restates, replaces). Where a document
leaves them out, the figures themselves show sub-totals, spans and repetitions; what is left out is kept with the
reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.counting.grounds import Grounds
from graph.counting.left_out import HOLDS, LeftOut, is_money, no_money
from graph.counting.likeness import grouped, may_pay_for, party_of, programme_ids, total
from graph.counting.parts import open_sums
from graph.counting.same_money import FOR_LISTS, RULES
from graph.counting.sides import Context, Side, is_own, spent
from graph.model import Entity, EntityKind, FlowKind, FlowLink
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class Tally:
    """Flows that may be added, joint sums that may not be split, and the rest with reasons."""

    flows: tuple[StatedFlow, ...]
    joint: tuple[StatedFlow, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def total(self) -> Decimal:
        """The sum of the flows, joint sums apart."""
        return total(self.flows)


def tally(flows: Sequence[StatedFlow], grounds: Grounds, *, programmes: frozenset[str] = frozenset()) -> Tally:
    """Return the flows that may be added.

    Args:
        programmes: Ids of the programmes asked for: a sum for these and others together is joint.
    """
    kept = [stated for stated in flows if is_money(stated)]
    left = [no_money(stated) for stated in flows if not is_money(stated)]
    kept, dropped = _without(kept, [LeftOut(stated, HOLDS) for stated in _holding(kept, grounds, programmes)])
    left += dropped
    for rule in RULES:
        seen = kept if rule in FOR_LISTS else [stated for stated in kept if not grounds.is_listed(stated)]
        kept, dropped = _without(kept, rule(seen, grounds))
        left += dropped
    joint = tuple(stated for stated in kept if is_joint(stated, programmes))
    return Tally(tuple(s for s in kept if not is_joint(s, programmes)), joint, tuple(left))


def tally_of(subject: Entity, flows: Sequence[StatedFlow], side: Side, grounds: Grounds) -> Tally:
    """Return what counts of all the flows that touch a thing, seen from one side.

    For an organisation: what it gets from others (sources) or what it gives or spends (deliveries). For a programme,
    place or fund: where the money first comes from, or with whom it ends.
    """
    if subject.kind is EntityKind.ORGANISATION:
        return tally(_of_organisation(subject, flows, side, grounds), grounds)
    context = Context(flows, grounds)
    chosen = context.seen_from(side, flows) or flows
    found = tally(chosen, grounds, programmes=_asked(subject))
    seen = {stated.iri for stated in chosen}
    again = {out.flow.iri: out for out in context.no_sums_of_their_own(side, flows) if out.flow.iri not in seen}
    return replace(found, left_out=(*found.left_out, *again.values()))


def _of_organisation(
    subject: Entity, flows: Sequence[StatedFlow], side: Side, grounds: Grounds
) -> Sequence[StatedFlow]:
    if side is Side.DELIVERIES:
        return spent([stated for stated in flows if stated.flow.funder == subject], grounds)
    return [stated for stated in flows if stated.flow.recipient == subject and not is_own(stated)]


def main_tally(subject: Entity, flows: Sequence[StatedFlow], grounds: Grounds) -> Tally:
    """Return what a thing is measured by: the money that comes in; of an organisation that gets none, what it gives."""
    found = tally_of(subject, flows, Side.SOURCES, grounds)
    if found.flows or subject.kind is not EntityKind.ORGANISATION:
        return found
    return tally_of(subject, flows, Side.DELIVERIES, grounds)


def tally_of_decision(
    flows: Sequence[StatedFlow], grounds: Grounds, *, programmes: frozenset[str] = frozenset()
) -> Tally:
    """Return what one decision moves, of the flows that it states: where the money comes in."""
    found = tally(flows, grounds, programmes=programmes)
    brought = Context(flows, grounds).seen_from(Side.SOURCES, found.flows)
    return Tally(tuple(brought) or found.flows, found.joint, found.left_out)


def payments(subject: Entity, flows: Sequence[StatedFlow], grounds: Grounds) -> tuple[StatedFlow, ...]:
    """Return each payment of a thing's money once, from where it comes in to where it ends, steps between included.

    What a body sets aside for no one by name is left out where its payments for these years are known.
    """
    came, went = (tally_of(subject, flows, side, grounds).flows for side in (Side.SOURCES, Side.DELIVERIES))
    context = Context(flows, grounds)
    between = [
        stated
        for stated in flows
        if stated.flow.recipient is not None
        and not is_joint(stated, _asked(subject))
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


def _asked(subject: Entity) -> frozenset[str]:
    return frozenset({subject.id}) if subject.kind is EntityKind.PROGRAMME else frozenset()


def is_joint(stated: StatedFlow, programmes: frozenset[str]) -> bool:
    """Whether a sum is for programmes asked about and for others together."""
    return bool(programmes) and len(stated.flow.programmes) > 1 and not programme_ids(stated) <= programmes


def _holding(flows: Sequence[StatedFlow], grounds: Grounds, programmes: frozenset[str]) -> list[StatedFlow]:
    """Joint sums of which a part is known to be the programme's own: the part counts, not the whole."""
    wholes = {
        iri
        for stated in flows
        if not is_joint(stated, programmes) and stated.flow.kind is not FlowKind.CARRY_FORWARD
        for link, iri in stated.links
        if link is FlowLink.PART_OF
    }
    wholes |= {
        iri
        for iri, awards in open_sums(flows, grounds).items()
        if any(not is_joint(award, programmes) for award in awards)
    }
    return [stated for stated in flows if stated.iri in wholes and is_joint(stated, programmes)]


def _without(flows: list[StatedFlow], dropped: list[LeftOut]) -> tuple[list[StatedFlow], list[LeftOut]]:
    gone = {out.flow.iri for out in dropped}
    return [stated for stated in flows if stated.iri not in gone], dropped
