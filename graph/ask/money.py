"""Money counted once: which flows add up, which are the same sum said again, and who is a source of what.

The relations that documents state come first (passes on, part of, carried from, restates, replaces). Where a document
leaves them out, the figures themselves show sub-totals, spans and repetitions; what is left out is kept with the
reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from graph.ask.facts import Facts
from graph.ask.scope import counts
from graph.flows import StatedFlow
from graph.model import Basis, Entity, FlowKind, FlowLink, FlowStatus, Verdict

_CLOSE = Decimal("1.01")
_SAME_MONEY = {FlowLink.RESTATES, FlowLink.PART_OF, FlowLink.CARRIED_FROM}
_STATUS_REASON = {
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
            reason = _STATUS_REASON.get(stated.flow.status) or "a ceiling or a bid, not an award"
            left.append(LeftOut(stated, reason))
    for rule in (
        _linked,
        _of_which,
        _payer_unknown,
        _repeated,
        _spans,
        _subtotals,
        _contradicted,
        _carried,
        _match_within_match,
    ):
        dropped = rule(kept, facts)
        left += dropped
        gone = {out.flow.iri for out in dropped}
        kept = [stated for stated in kept if stated.iri not in gone]
    joint = [s for s in kept if programmes and len(s.flow.programmes) > 1 and not _ids(s) <= programmes]
    apart = {stated.iri for stated in joint}
    return Counted(tuple(s for s in kept if s.iri not in apart), tuple(joint), tuple(left))


def _ids(stated: StatedFlow) -> frozenset[str]:
    return frozenset(programme.id for programme in stated.flow.programmes)


def _party(entity: Entity | None) -> str:
    return entity.id if entity is not None else ""


def _decision(stated: StatedFlow, facts: Facts) -> str:
    head = facts.heads.get(stated.document)
    return head.iri if head is not None else stated.document


def _linked(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """What a document says is the same money."""
    here = {stated.iri for stated in flows}
    out = []
    replaced = {other for s in flows for link, other in s.links if link is FlowLink.REPLACES}
    for stated in flows:
        for link, other in stated.links:
            if link in _SAME_MONEY and other in here:
                reason = {
                    FlowLink.RESTATES: "the same figure said again",
                    FlowLink.PART_OF: "part of a sum that is counted",
                    FlowLink.CARRIED_FROM: "carried forward: no new money",
                }[link]
                out.append(LeftOut(stated, reason))
                break
        else:
            if stated.iri in replaced:
                out.append(LeftOut(stated, _STATUS_REASON[FlowStatus.SUPERSEDED]))
    if len(out) == len(flows):
        return out[1:]
    return out


def _repeated(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """The same parties, years and amount in one decision, stated twice or in two of its documents."""
    out: list[LeftOut] = []
    groups: dict[tuple[str, str], list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        groups[(_decision(stated, facts), _party(stated.flow.funder))].append(stated)
    for group in groups.values():
        ordered = sorted(group, key=_detail, reverse=True)
        gone: set[str] = set()
        for one, other in combinations(ordered, 2):
            if one.iri not in gone and other.iri not in gone and _says_again(other, one):
                gone.add(other.iri)
                out.append(LeftOut(other, "the same figure said again"))
    return out


_OF_WHICH = re.compile(r"^\W*(?:of which|including|includes|incl\b)", re.IGNORECASE)


def _of_which(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """A row that begins with "of which" is part of a larger sum of the same decision."""
    out = []
    for stated in flows:
        if not any(_OF_WHICH.match(evidence.quote) for evidence in stated.flow.evidence):
            continue
        if any(
            o.document == stated.document and o.flow.amount > stated.flow.amount and _overlap(o, stated) for o in flows
        ):
            out.append(LeftOut(stated, "part of a sum that is counted"))
    return out


def _detail(stated: StatedFlow) -> tuple[int, int, int, int, int]:
    flow = stated.flow
    return (
        flow.basis is not Basis.ROUNDED,
        flow.recipient is not None,
        len(flow.programmes) > 0,
        flow.kind in {FlowKind.MATCH, FlowKind.GRANT},
        flow.fund is not None,
    )


def _says_again(other: StatedFlow, one: StatedFlow) -> bool:
    a, b = other.flow, one.flow
    if a.years and b.years and set(a.years) != set(b.years):
        return False
    if a.recipient is not None and b.recipient is not None and a.recipient.id != b.recipient.id:
        return False
    if a.programmes and b.programmes and not (_ids(other) & _ids(one)) and not (_in_prose(other) and _in_prose(one)):
        return False
    if a.recipient is None and b.recipient is not None and a.recipient_words and a.recipient_words != b.recipient_words:
        return False
    if a.place is not None and b.place is not None and a.place.id != b.place.id and a.recipient is not b.recipient:
        return False
    if a.purpose and b.purpose and a.purpose != b.purpose and other.document == one.document:
        return False
    if a.amount == b.amount:
        return True
    near = abs(a.amount - b.amount)
    rounded = Basis.ROUNDED in {a.basis, b.basis}
    return near < _CLOSE or (rounded and near <= max(a.amount, b.amount) * Decimal("0.006"))


def _in_prose(stated: StatedFlow) -> bool:
    """Whether a large sum stands in sentences alone, where two names of one thing are likelier than two equal sums."""
    flow = stated.flow
    return (
        flow.amount >= 50_000
        and flow.kind is not FlowKind.OWN_COST
        and not any("table" in evidence.locator or "row" in evidence.locator for evidence in flow.evidence)
    )


def _spans(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """A sum for several years whose single years are stated as well."""
    out = []
    for stated in flows:
        flow = stated.flow
        if len(flow.years) < 2:
            continue
        parts = [
            other
            for other in flows
            if other.iri != stated.iri
            and len(other.flow.years) == 1
            and other.flow.years[0] in flow.years
            and _party(other.flow.funder) == _party(flow.funder)
            and (_party(other.flow.recipient) == _party(flow.recipient) or flow.recipient is None)
            and _decision(other, facts) == _decision(stated, facts)
            and (not flow.programmes or not other.flow.programmes or _ids(other) <= _ids(stated))
        ]
        if len(parts) >= 2 and abs(sum(p.flow.amount for p in parts) - flow.amount) <= _CLOSE:
            out.append(LeftOut(stated, "the sum of years that are counted"))
    return out


def _subtotals(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """A sum without a recipient that is the sum of the funder's other flows."""
    out = []
    for stated in flows:
        flow = stated.flow
        if flow.recipient is not None or (flow.kind is FlowKind.MATCH and flow.funder is not None):
            continue
        for any_programme in (False, True):
            parts = [o for o in flows if _is_part(o, stated, facts, any_programme=any_programme)]
            if len(parts) >= 2 and abs(sum(p.flow.amount for p in parts) - flow.amount) <= _CLOSE:
                out.append(LeftOut(stated, "a total of flows that are counted"))
                break
    return out


def _is_part(other: StatedFlow, whole: StatedFlow, facts: Facts, *, any_programme: bool) -> bool:
    """Whether a flow may be one of those that a total sums."""
    a, b = other.flow, whole.flow
    several = len(b.programmes) > 1
    return (
        other.iri != whole.iri
        and a.amount < b.amount
        and (b.funder is None or _party(a.funder) == _party(b.funder))
        and (b.kind is not FlowKind.MATCH or a.kind is FlowKind.MATCH)
        and _decision(other, facts) == _decision(whole, facts)
        and set(a.years) <= set(b.years)
        and (any_programme or not b.programmes or _ids(other) <= _ids(whole))
        and not (several and _ids(other) == _ids(whole))
    )


def _payer_unknown(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """A sum without a funder that the same decision states with one."""
    known = {(_decision(s, facts), s.flow.amount) for s in flows if s.flow.funder is not None}
    return [
        LeftOut(s, "the same figure said again")
        for s in flows
        if s.flow.funder is None and (_decision(s, facts), s.flow.amount) in known
    ]


def _contradicted(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """Two figures of one decision for one thing that a check sets against each other: the first counts."""
    out: list[LeftOut] = []
    order = {stated.iri: n for n, stated in enumerate(flows)}
    for one, other in combinations(flows, 2):
        if one.document != other.document or one.flow.amount == other.flow.amount:
            continue
        a, b = one.flow, other.flow
        same = (_party(a.funder), _party(a.recipient), set(a.years)) == (
            _party(b.funder),
            _party(b.recipient),
            set(b.years),
        )
        if same and _ids(one) == _ids(other) and _conflict(one, other, facts):
            later = max((one, other), key=lambda s: order[s.iri])
            out.append(LeftOut(later, "contradicts another figure for the same money"))
    return out


def _conflict(one: StatedFlow, other: StatedFlow, facts: Facts) -> bool:
    pair = {one.flow.amount, other.flow.amount}
    return any(
        stated.document == one.document
        and stated.check.verdict is Verdict.CONFLICT
        and len(stated.check.figures) == 2
        and pair <= set(stated.check.figures)
        for stated in facts.checks
    )


def _carried(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """A carry-forward is no new money, unless nothing else is known."""
    carried = [stated for stated in flows if stated.flow.kind is FlowKind.CARRY_FORWARD]
    if len(carried) == len(flows):
        return []
    return [LeftOut(stated, "carried forward: no new money") for stated in carried]


def _match_within_match(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """A share of match money that another decision had approved already."""
    matches = [stated for stated in flows if stated.flow.kind is FlowKind.MATCH]
    out = []
    for stated in matches:
        for other in matches:
            a, b = stated.flow, other.flow
            if (
                stated.iri != other.iri
                and _decision(stated, facts) != _decision(other, facts)
                and _party(a.funder) == _party(b.funder)
                and a.amount < b.amount
                and bool(_ids(stated) & _ids(other))
                and a.years
                and set(a.years) <= set(b.years)
            ):
                out.append(LeftOut(stated, "part of match funding that another decision approved"))
                break
            if (
                stated.iri > other.iri
                and _decision(stated, facts) != _decision(other, facts)
                and _party(a.funder) == _party(b.funder)
                and abs(a.amount - b.amount) < _CLOSE
                and set(a.years) == set(b.years)
                and (not a.programmes or not b.programmes or bool(_ids(stated) & _ids(other)))
            ):
                out.append(LeftOut(stated, "the same match funding, stated in another decision"))
                break
    return out


_RULES = (
    _linked,
    _of_which,
    _payer_unknown,
    _repeated,
    _spans,
    _subtotals,
    _contradicted,
    _carried,
    _match_within_match,
)


def _overlap(a: StatedFlow, b: StatedFlow) -> bool:
    if a.flow.years and b.flow.years:
        return bool(set(a.flow.years) & set(b.flow.years))
    return a.document == b.document


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
        and (_overlap(stated, other) or _passes_on(stated, other))
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
        and _overlap(stated, other)
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
        share = found.setdefault(_party(entity) or label, Share(entity, label))
        (share.joint if joint else share.flows).append(stated)
    return sorted(found.values(), key=lambda share: (-(share.amount or Decimal(0)), share.label))
