"""Sums that lie inside a larger sum of the same decision: "of which" rows, and awards inside a summary's sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from graph.counting.grounds import Grounds
from graph.counting.left_out import PART, LeftOut
from graph.counting.likeness import grouped, overlap, party_of, programme_ids
from graph.model import FlowKind
from graph.stated.flows import StatedFlow

_OF_WHICH = re.compile(r"^\W*(?:of which|including|includes|incl\b)", re.IGNORECASE)
_SUMMARY = re.compile(r"^executive summary\b|^summary\b", re.IGNORECASE)
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


def within_summary(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """What the recommendations set aside out of a larger sum that the summary states for the same years."""
    near = grouped(flows, grounds.decision_of)
    found: dict[str, LeftOut] = {}
    for whole in flows:
        if whole.flow.recipient is not None or not _stands_in_summary(whole):
            continue
        inside = [part for part in near[grounds.decision_of(whole)] if may_lie_inside(part, whole, grounds)]
        if sum((part.flow.amount for part in inside), Decimal(0)) < whole.flow.amount:
            found.update({part.iri: LeftOut(part, PART) for part in inside if part.iri not in found})
    return list(found.values())


def _stands_in_summary(stated: StatedFlow) -> bool:
    return bool(stated.flow.evidence) and bool(_SUMMARY.match(stated.flow.evidence[0].locator))


def may_lie_inside(part: StatedFlow, whole: StatedFlow, grounds: Grounds) -> bool:
    """Whether a recommendation's sum may be taken out of the sum that the same decision's summary states."""
    a, b = part.flow, whole.flow
    return (
        part.iri != whole.iri
        and a.amount < b.amount
        and b.recipient is None
        and _stands_in_summary(whole)
        and not _stands_in_summary(part)
        and grounds.decision_of(part) == grounds.decision_of(whole)
        and party_of(a.funder) == party_of(b.funder)
        and a.kind not in {FlowKind.MATCH, FlowKind.CARRY_FORWARD}
        and b.kind is FlowKind.ALLOCATION
        and bool(a.years)
        and set(a.years) <= set(b.years)
        and (not b.programmes or programme_ids(part) <= programme_ids(whole))
    )
