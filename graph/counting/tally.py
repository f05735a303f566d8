"""Money counted once: which flows add up, which repeat other flows, and which sums cannot be split.

The relations that documents state come first (passes on, part of, carried from, restates, replaces). Where a document
states none, the figures themselves show sub-totals, spans and repetitions. A flow that is left out is kept with the
reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.counting.grounds import Grounds
from graph.counting.left_out import LeftOut, Reason, is_money, no_money
from graph.counting.likeness import programme_ids, total
from graph.counting.parts import open_sums
from graph.counting.same_money import FOR_LISTS, RULES
from graph.model import Entity, EntityKind, FlowKind, FlowLink
from graph.stated.flows import StatedFlow


@dataclass(frozen=True, slots=True)
class Tally:
    """The flows that are added, the joint sums that cannot be split, and the flows left out with their reasons."""

    flows: tuple[StatedFlow, ...]
    joint: tuple[StatedFlow, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    open: frozenset[str] = frozenset()  #: IRIs of sums of which the rest is counted, whose payee no document says

    @property
    def total(self) -> Decimal:
        """The sum of the flows in pounds, without joint sums."""
        return total(self.flows)


def tally(flows: Sequence[StatedFlow], grounds: Grounds, *, programmes: frozenset[str] = frozenset()) -> Tally:
    """Return flows as a tally: those that may be added, joint ones, and those left out with their reasons.

    Args:
        flows: The flows to count.
        grounds: What counting needs besides the flows.
        programmes: Ids of the programmes asked for. A sum for one of these and another programme is joint.
    """
    kept = [stated for stated in flows if is_money(stated)]
    left = [] if len(kept) == len(flows) else _no_money(flows)
    held = [LeftOut(stated, Reason.HOLDS) for stated in _holding(kept, grounds, programmes)] if programmes else []
    kept = without(kept, held)
    left += held
    has_rows = any(grounds.is_listed(stated) for stated in kept)
    for rule in RULES:
        if len(kept) < (1 if grounds.is_part else 2):  # each compares one flow with another
            break
        is_for_all = not has_rows or rule in FOR_LISTS
        dropped = rule(kept if is_for_all else [s for s in kept if not grounds.is_listed(s)], grounds)
        kept = without(kept, dropped)
        left += dropped
    if not programmes:
        return Tally(tuple(kept), (), tuple(left))
    joint = tuple(stated for stated in kept if is_joint(stated, programmes))
    return Tally(tuple(s for s in kept if not is_joint(s, programmes)), joint, tuple(left))


def asked(subject: Entity | None) -> frozenset[str]:
    """Return the id of the programme that a tally is about, as a set; it is empty for any other thing."""
    is_programme = subject is not None and subject.kind is EntityKind.PROGRAMME
    return frozenset({subject.id}) if subject is not None and is_programme else frozenset()


def is_joint(stated: StatedFlow, programmes: frozenset[str]) -> bool:
    """Return True if a flow is for one of the given programmes and for others together."""
    return bool(programmes) and len(stated.flow.programmes) > 1 and not programme_ids(stated) <= programmes


def _holding(flows: Sequence[StatedFlow], grounds: Grounds, programmes: frozenset[str]) -> list[StatedFlow]:
    """Joint sums of which a part is known to be the programme's own: the part counts, not the whole."""
    if not any(is_joint(stated, programmes) for stated in flows):
        return []
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


def _no_money(flows: Sequence[StatedFlow]) -> list[LeftOut]:
    """The flows that are no granted money; what is replaced names the flow that stands in its place."""
    instead = {iri: stated.iri for stated in flows for link, iri in stated.links if link is FlowLink.REPLACES}
    left = (no_money(stated) for stated in flows if not is_money(stated))
    return [
        replace(out, other=instead.get(out.flow.iri, "")) if out.reason is Reason.SUPERSEDED else out for out in left
    ]


def without(flows: list[StatedFlow], dropped: list[LeftOut]) -> list[StatedFlow]:
    """Return the flows that are not left out, in their order."""
    if not dropped:
        return flows
    gone = {out.flow.iri for out in dropped}
    return [stated for stated in flows if stated.iri not in gone]
