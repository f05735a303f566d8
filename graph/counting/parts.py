"""Sums that lie inside a larger sum of the same decision: "of which" rows, and awards inside a summary's sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from graph.counting.grounds import Grounds
from graph.counting.left_out import PAID_FROM, PART, LeftOut
from graph.counting.likeness import grouped, overlap, party_of, programme_ids, stands_in_summary, total
from graph.model import Basis, FlowKind
from graph.stated.flows import StatedFlow

_OF_WHICH = re.compile(r"^\W*(?:of which|including|includes|incl\b)", re.IGNORECASE)
#: by how much pots may differ from the awards out of them, of the awards: ceilings are rounded up
_POTS_MAY_DIFFER = Decimal("0.03")
_RISE = r"(?:increase|rise|uplift) of (?:up to |approximately |around )?£?\s?"


def of_which(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """A row that begins with "of which" is part of a larger sum of the same decision that is no such row."""
    parts = [stated for stated in flows if _is_of_which(stated)]
    inside = {part.iri for part in parts}
    wholes = grouped((stated for stated in flows if stated.iri not in inside), lambda s: s.document)
    return [
        LeftOut(part, PART)
        for part in parts
        if any(whole.flow.amount > part.flow.amount and overlap(whole, part) for whole in wholes[part.document])
    ]


def _is_of_which(stated: StatedFlow) -> bool:
    return any(_OF_WHICH.match(evidence.quote) for evidence in stated.flow.evidence)


def increases(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """ "Raised to £300, an increase of £50": the increase is part of what it is raised to."""
    raised = grouped((s for s in flows if "increase" in _quotes(s)), lambda s: s.document)
    return [
        LeftOut(part, PART)
        for part in flows
        if _is_rise(part)
        and any(
            whole.flow.amount > part.flow.amount and set(part.flow.years) <= set(whole.flow.years)
            for whole in raised[part.document]
        )
    ]


def _is_rise(stated: StatedFlow) -> bool:
    quotes = _quotes(stated)
    figure = re.escape(f"{stated.flow.amount.normalize():,f}")
    return " of " in quotes and re.search(_RISE + figure, quotes, re.IGNORECASE) is not None


def _quotes(stated: StatedFlow) -> str:
    return " ".join(evidence.quote for evidence in stated.flow.evidence).lower()


def out_of(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """ "Up to £50 of the £200": the first is part of the second, which the same document states."""
    near = grouped(flows, lambda s: s.document)
    return [
        LeftOut(part, PART)
        for part in flows
        if any(
            whole.flow.amount > part.flow.amount and _is_said_to_lie_in(part, whole) for whole in near[part.document]
        )
    ]


def _is_said_to_lie_in(part: StatedFlow, whole: StatedFlow) -> bool:
    figures = f"{_figure(part)} of the {_figure(whole)}"
    return figures in _quotes(part)


def _figure(stated: StatedFlow) -> str:
    return f"£{stated.flow.amount:,.2f}".removesuffix(".00")


def inside_open_sum(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Awards to named recipients out of a sum that the same decision sets aside or authorises for them."""
    inside = {part.iri for parts in open_sums(flows, grounds).values() for part in parts}
    return [LeftOut(stated, PART) for stated in flows if stated.iri in inside]


def pots_of_awards(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Pots that a decision names for awards which it states too: two or more, near enough what the awards add up to."""
    near = grouped(flows, lambda s: (grounds.decision_of(s), party_of(s.flow.funder), programme_ids(s)))
    found = []
    for (_, funder, programmes), together in near.items():
        pots = [s for s in together if s.flow.recipient is None and s.flow.kind is FlowKind.ALLOCATION]
        grants = [s for s in together if s.flow.kind is FlowKind.GRANT]
        awards = [s for s in grants if party_of(s.flow.recipient) not in ("", funder)]
        if not (funder and programmes and awards and len(pots) > 1):
            continue
        paid, held = (total(side) for side in (awards, pots))
        if abs(held - paid) <= paid * _POTS_MAY_DIFFER:
            found += [LeftOut(pot, PAID_FROM) for pot in pots]
    return found


def open_sums(flows: Sequence[StatedFlow], grounds: Grounds) -> dict[str, list[StatedFlow]]:
    """Sums set aside for no one by name, with the awards of the same decision that they hold, by the sum's IRI."""
    near = grouped(flows, lambda s: (grounds.decision_of(s), party_of(s.flow.funder)))
    found = {}
    for whole in flows:
        flow = whole.flow
        is_open = flow.kind is FlowKind.ALLOCATION or flow.basis is Basis.CEILING
        if flow.recipient is not None or flow.funder is None or flow.kind is FlowKind.MATCH or not is_open:
            continue
        if grounds.is_listed(whole):
            continue
        awards = [s for s in near[(grounds.decision_of(whole), party_of(flow.funder))] if _is_award_of(s, whole)]
        if awards and total(awards) <= flow.amount:
            found[whole.iri] = awards
    return found


def _is_award_of(award: StatedFlow, whole: StatedFlow) -> bool:
    a, b = award.flow, whole.flow
    return (
        a.recipient is not None
        and party_of(a.recipient) != party_of(b.funder)
        and a.kind in {FlowKind.GRANT, FlowKind.ALLOCATION}
        and set(a.years) <= set(b.years)
        and (a.fund == b.fund or not a.fund or not b.fund)
        and bool((a.fund and b.fund) or b.programmes)
        and (not b.programmes or (bool(a.programmes) and programme_ids(award) <= programme_ids(whole)))
    )


def within_summary(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """What the recommendations set aside out of a larger sum that the summary states for the same years."""
    near = grouped(flows, grounds.decision_of)
    found: dict[str, LeftOut] = {}
    for whole in flows:
        if whole.flow.recipient is not None or not stands_in_summary(whole):
            continue
        inside = [part for part in near[grounds.decision_of(whole)] if may_lie_inside(part, whole, grounds)]
        if total(inside) < whole.flow.amount:
            found.update({part.iri: LeftOut(part, PART) for part in inside if part.iri not in found})
    return list(found.values())


def may_lie_inside(part: StatedFlow, whole: StatedFlow, grounds: Grounds) -> bool:
    """Whether a recommendation's sum may be taken out of the sum that the same decision's summary states."""
    a, b = part.flow, whole.flow
    return (
        part.iri != whole.iri
        and a.amount < b.amount
        and b.recipient is None
        and stands_in_summary(whole)
        and not stands_in_summary(part)
        and grounds.decision_of(part) == grounds.decision_of(whole)
        and party_of(a.funder) == party_of(b.funder)
        and a.kind not in {FlowKind.MATCH, FlowKind.CARRY_FORWARD}
        and b.kind is FlowKind.ALLOCATION
        and bool(a.years)
        and set(a.years) <= set(b.years)
        and (not b.programmes or programme_ids(part) <= programme_ids(whole))
    )
