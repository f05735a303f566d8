"""The rules by which a figure is the same money as another: stated by the document, or shown by the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from graph.ask.facts import Facts
from graph.ask.left_out import CLOSE, STATUS_REASON, LeftOut, decision_of, party_of, programme_ids
from graph.ask.parts import increases, of_which, sums_of_rows, within_summary
from graph.model import Basis, FlowKind, FlowLink, FlowStatus, Verdict
from graph.stated.flows import StatedFlow

_SAME_MONEY = {FlowLink.RESTATES, FlowLink.PART_OF, FlowLink.CARRIED_FROM}


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
                out.append(LeftOut(stated, STATUS_REASON[FlowStatus.SUPERSEDED]))
    if len(out) == len(flows):
        return out[1:]
    return out


def _said_by_successor(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """A sum that a decision repeats from one that it refers to: its parties, years and, nearly, amount."""
    out: list[LeftOut] = []
    for one, other in combinations(flows, 2):
        a, b = one.flow, other.flow
        if (
            one.document == other.document
            or not a.years
            or a.years != b.years
            or a.funder is None
            or a.recipient is None
            or (party_of(a.funder), party_of(a.recipient)) != (party_of(b.funder), party_of(b.recipient))
            or (a.programmes and b.programmes and programme_ids(one) != programme_ids(other))
            or not _near(one, other)
        ):
            continue
        here, there = decision_of(one, facts), decision_of(other, facts)
        if there in facts.refers_to.get(here, ()) or here in facts.refers_to.get(there, ()):
            out.append(LeftOut(min((one, other), key=_detail), "the same figure said again"))
    return out


def _payer_unknown(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """A sum without a funder that the same decision states with one."""
    known = {(decision_of(s, facts), s.flow.amount) for s in flows if s.flow.funder is not None}
    return [
        LeftOut(s, "the same figure said again")
        for s in flows
        if s.flow.funder is None and (decision_of(s, facts), s.flow.amount) in known
    ]


def _repeated(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """The same parties, years and amount in one decision, stated twice or in two of its documents."""
    out: list[LeftOut] = []
    groups: dict[tuple[str, str], list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        groups[(decision_of(stated, facts), party_of(stated.flow.funder))].append(stated)
    for group in groups.values():
        ordered = sorted(group, key=_detail, reverse=True)
        gone: set[str] = set()
        for one, other in combinations(ordered, 2):
            if one.iri not in gone and other.iri not in gone and _says_again(other, one):
                gone.add(other.iri)
                out.append(LeftOut(other, "the same figure said again"))
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
    if (
        a.programmes
        and b.programmes
        and not (programme_ids(other) & programme_ids(one))
        and not (_in_prose(other) and _in_prose(one))
    ):
        return False
    if a.recipient is None and b.recipient is not None and a.recipient_words and a.recipient_words != b.recipient_words:
        return False
    if a.place is not None and b.place is not None and a.place.id != b.place.id and a.recipient is not b.recipient:
        return False
    if a.purpose and b.purpose and a.purpose != b.purpose and other.document == one.document:
        return False
    return _near(one, other)


def _near(one: StatedFlow, other: StatedFlow) -> bool:
    """Whether two amounts are one, but for pence or for rounding."""
    a, b = one.flow, other.flow
    if a.amount == b.amount:
        return True
    near = abs(a.amount - b.amount)
    rounded = Basis.ROUNDED in {a.basis, b.basis}
    return near < CLOSE or (rounded and near <= max(a.amount, b.amount) * Decimal("0.006"))


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
            and party_of(other.flow.funder) == party_of(flow.funder)
            and (party_of(other.flow.recipient) == party_of(flow.recipient) or flow.recipient is None)
            and decision_of(other, facts) == decision_of(stated, facts)
            and (not flow.programmes or not other.flow.programmes or programme_ids(other) <= programme_ids(stated))
        ]
        if len(parts) >= 2 and abs(sum(p.flow.amount for p in parts) - flow.amount) <= CLOSE:
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
            if len(parts) >= 2 and abs(sum(p.flow.amount for p in parts) - flow.amount) <= CLOSE:
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
        and (b.funder is None or party_of(a.funder) == party_of(b.funder))
        and (b.kind is not FlowKind.MATCH or a.kind is FlowKind.MATCH)
        and decision_of(other, facts) == decision_of(whole, facts)
        and set(a.years) <= set(b.years)
        and (any_programme or not b.programmes or programme_ids(other) <= programme_ids(whole))
        and not (several and programme_ids(other) == programme_ids(whole))
    )


def _contradicted(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """Two figures of one decision for one thing that a check sets against each other: the first counts."""
    out: list[LeftOut] = []
    order = {stated.iri: n for n, stated in enumerate(flows)}
    for one, other in combinations(flows, 2):
        if one.document != other.document or one.flow.amount == other.flow.amount:
            continue
        a, b = one.flow, other.flow
        same = (party_of(a.funder), party_of(a.recipient), set(a.years)) == (
            party_of(b.funder),
            party_of(b.recipient),
            set(b.years),
        )
        if same and programme_ids(one) == programme_ids(other) and _conflict(one, other, facts):
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
                and decision_of(stated, facts) != decision_of(other, facts)
                and party_of(a.funder) == party_of(b.funder)
                and a.amount < b.amount
                and bool(programme_ids(stated) & programme_ids(other))
                and a.years
                and set(a.years) <= set(b.years)
            ):
                out.append(LeftOut(stated, "part of match funding that another decision approved"))
                break
            if (
                stated.iri > other.iri
                and decision_of(stated, facts) != decision_of(other, facts)
                and party_of(a.funder) == party_of(b.funder)
                and abs(a.amount - b.amount) < CLOSE
                and set(a.years) == set(b.years)
                and (not a.programmes or not b.programmes or bool(programme_ids(stated) & programme_ids(other)))
            ):
                out.append(LeftOut(stated, "the same match funding, stated in another decision"))
                break
    return out


#: in the order in which they are tried
RULES = (
    _linked,
    of_which,
    increases,
    _payer_unknown,
    _said_by_successor,
    _repeated,
    _spans,
    _subtotals,
    sums_of_rows,
    within_summary,
    _contradicted,
    _carried,
    _match_within_match,
)
