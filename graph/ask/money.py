"""Money counted once: which flows add up, which are the same sum said again, and who is a source of what.

The relations that documents state come first (passes on, part of, carried from, restates, replaces). Where a document
leaves them out, the figures themselves show sub-totals, spans and repetitions; what is left out is kept with the
reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from graph.ask.facts import Facts
from graph.ask.left_out import STATUS_REASON, LeftOut, overlap, party_of, programme_ids
from graph.ask.matching import counts
from graph.ask.same_money import RULES
from graph.ask.sentences import in_years, pounds
from graph.model import Entity, FlowKind, FlowLink
from graph.stated.flows import StatedFlow

#: why a joint sum is left out of which a part is counted
HOLDS = "one sum for several programmes that holds what is counted"


@dataclass(frozen=True, slots=True)
class Counted:
    """Flows that may be added, joint sums that may not be split, and the rest with reasons."""

    flows: tuple[StatedFlow, ...]
    joint: tuple[StatedFlow, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def total(self) -> Decimal:
        """The sum of the flows, joint sums apart."""
        return sum((stated.flow.amount for stated in self.flows), Decimal(0))


@dataclass
class Share:
    """What one party gives or gets: the flows that add up, and joint sums beside them."""

    entity: Entity | None
    label: str
    flows: list[StatedFlow] = field(default_factory=list)
    joint: list[StatedFlow] = field(default_factory=list)

    @property
    def amount(self) -> Decimal | None:
        """The sum; None where only joint sums are known."""
        return sum((stated.flow.amount for stated in self.flows), Decimal(0)) if self.flows else None

    @property
    def years(self) -> tuple[str, ...]:
        """Every financial year the money covers."""
        return years_of(self.flows or self.joint)


def years_of(flows: Iterable[StatedFlow]) -> tuple[str, ...]:
    """The financial years that flows cover, in order."""
    return tuple(sorted({year for stated in flows for year in stated.flow.years}))


def spread(flows: Sequence[StatedFlow]) -> str:
    """A sum with its years: "£1,200 in 2020/21"; what has no year is told apart."""
    total = sum((stated.flow.amount for stated in flows), Decimal(0))
    undated = sum((stated.flow.amount for stated in flows if not stated.flow.years), Decimal(0))
    if not undated or undated == total:
        return f"{pounds(total)}{in_years(years_of(flows))}"
    return f"{pounds(total)}: {pounds(total - undated)}{in_years(years_of(flows))}, {pounds(undated)} without a year"


def counted_once(flows: Sequence[StatedFlow], facts: Facts, *, programmes: frozenset[str] = frozenset()) -> Counted:
    """Return the flows that may be added.

    Args:
        programmes: Ids of the programmes asked for: a sum for these and others together is joint.
    """
    left: list[LeftOut] = []
    kept: list[StatedFlow] = []
    for stated in flows:
        if counts(stated):
            kept.append(stated)
        else:
            reason = STATUS_REASON.get(stated.flow.status) or "a ceiling or a bid, not an award"
            left.append(LeftOut(stated, reason))
    holding = _holding(kept, programmes)
    left += [LeftOut(stated, HOLDS) for stated in holding]
    kept = [stated for stated in kept if stated not in holding]
    for rule in RULES:
        dropped = rule(kept, facts)
        left += dropped
        gone = {out.flow.iri for out in dropped}
        kept = [stated for stated in kept if stated.iri not in gone]
    joint = [s for s in kept if is_joint(s, programmes)]
    apart = {stated.iri for stated in joint}
    return Counted(tuple(s for s in kept if s.iri not in apart), tuple(joint), tuple(left))


def is_joint(stated: StatedFlow, programmes: frozenset[str]) -> bool:
    """Whether a sum is for programmes asked about and for others together."""
    return bool(programmes) and len(stated.flow.programmes) > 1 and not programme_ids(stated) <= programmes


def _holding(flows: Sequence[StatedFlow], programmes: frozenset[str]) -> list[StatedFlow]:
    """Joint sums of which a part is known to be the programme's own: the part counts, not the whole."""
    wholes = {
        iri
        for stated in flows
        if not is_joint(stated, programmes)
        for link, iri in stated.links
        if link is FlowLink.PART_OF
    }
    return [stated for stated in flows if stated.iri in wholes and is_joint(stated, programmes)]


def is_source(stated: StatedFlow, context: Sequence[StatedFlow]) -> bool:
    """Whether a flow brings money in, and does not pass on what its funder was given for the same years.

    Args:
        context: All flows that the question is about, whoever pays or gets them.
    """
    flow = stated.flow
    if flow.kind is FlowKind.MATCH or flow.funder is None:
        return True
    given = [
        other
        for other in context
        if other.flow.recipient is not None
        and other.flow.recipient.id == flow.funder.id
        and (other.flow.funder is None or other.flow.funder.id != flow.funder.id)
        and counts(other)
        and (overlap(stated, other) or _passes_on(stated, other))
    ]
    if not given:
        return True
    if flow.kind is FlowKind.ALLOCATION and flow.recipient is None:
        # set aside beside what was given, unless it is that sum or holds it
        sums = [other.flow.amount for other in given]
        return flow.amount < sum(sums, Decimal(0)) and flow.amount not in sums
    return False


def _passes_on(stated: StatedFlow, other: StatedFlow) -> bool:
    return any(link is FlowLink.PASSES_ON and iri == other.iri for link, iri in stated.links)


def is_delivery(stated: StatedFlow, context: Sequence[StatedFlow]) -> bool:
    """Whether a flow ends with someone who does the work, and is not taken in to be passed on."""
    flow = stated.flow
    if flow.recipient is None:
        return False
    if flow.funder is not None and flow.recipient.id == flow.funder.id:
        return False
    if flow.kind in {FlowKind.OWN_COST, FlowKind.CARRY_FORWARD}:
        return False
    passed = [
        other
        for other in context
        if other.flow.funder is not None
        and other.flow.funder.id == flow.recipient.id
        and (other.flow.recipient is None or other.flow.recipient.id != flow.recipient.id)
        and other.flow.kind is not FlowKind.SUB_GRANT
        and overlap(stated, other)
    ]
    return not passed


def shares(counted: Counted, side: str) -> list[Share]:
    """Group flows by the party on one side ("funder" or "recipient"), the largest first."""
    found: dict[str, Share] = {}
    for stated, joint in [(s, False) for s in counted.flows] + [(s, True) for s in counted.joint]:
        flow = stated.flow
        entity = flow.funder if side == "funder" else flow.recipient
        label = entity.name if entity is not None else (flow.recipient_words if side == "recipient" else "")
        if not label:
            continue
        share = found.setdefault(party_of(entity) or label, Share(entity, label))
        (share.joint if joint else share.flows).append(stated)
    return sorted(found.values(), key=lambda share: (-(share.amount or Decimal(0)), share.label))
