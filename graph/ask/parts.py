"""Sums that lie inside a larger sum of the same decision: "of which" rows, and awards inside a summary's sum."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from graph.ask.facts import Facts
from graph.ask.left_out import CLOSE, LeftOut, decision_of, overlap, party_of, programme_ids
from graph.model import FlowKind
from graph.stated.flows import StatedFlow

_OF_WHICH = re.compile(r"^\W*(?:of which|including|includes|incl\b)", re.IGNORECASE)
_SUMMARY = re.compile(r"^executive summary\b|^summary\b", re.IGNORECASE)
_PART = "part of a sum that is counted"


def of_which(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """A row that begins with "of which" is part of a larger sum of the same decision that is no such row."""
    parts = [stated for stated in flows if _is_of_which(stated)]
    wholes = [stated for stated in flows if not _is_of_which(stated)]
    return [
        LeftOut(part, _PART)
        for part in parts
        if any(
            whole.document == part.document and whole.flow.amount > part.flow.amount and overlap(whole, part)
            for whole in wholes
        )
    ]


_RISE = r"(?:increase|rise|uplift) of (?:up to |approximately |around )?£?\s?"


def increases(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """ "Raised to £300, an increase of £50": the increase is part of what it is raised to."""
    out = []
    for part in flows:
        words = re.compile(_RISE + re.escape(f"{part.flow.amount.normalize():,f}"), re.IGNORECASE)
        if not any(words.search(evidence.quote) for evidence in part.flow.evidence):
            continue
        if any(
            whole.document == part.document
            and whole.flow.amount > part.flow.amount
            and set(part.flow.years) <= set(whole.flow.years)
            and "increase" in " ".join(evidence.quote for evidence in whole.flow.evidence).lower()
            for whole in flows
        ):
            out.append(LeftOut(part, _PART))
    return out


def _is_of_which(stated: StatedFlow) -> bool:
    return any(_OF_WHICH.match(evidence.quote) for evidence in stated.flow.evidence)


def within_summary(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """What the recommendations set aside out of a larger sum that the summary states for the same years."""
    out: list[LeftOut] = []
    for whole in flows:
        inside = [part for part in flows if may_lie_inside(part, whole, facts)]
        if inside and sum((part.flow.amount for part in inside), Decimal(0)) < whole.flow.amount:
            out += [LeftOut(part, _PART) for part in inside if part not in [left.flow for left in out]]
    return out


def _stands_in_summary(stated: StatedFlow) -> bool:
    return bool(stated.flow.evidence) and bool(_SUMMARY.match(stated.flow.evidence[0].locator))


def may_lie_inside(part: StatedFlow, whole: StatedFlow, facts: Facts) -> bool:
    """Whether a recommendation's sum may be taken out of the sum that the same decision's summary states."""
    a, b = part.flow, whole.flow
    return (
        part.iri != whole.iri
        and a.amount < b.amount
        and b.recipient is None
        and _stands_in_summary(whole)
        and not _stands_in_summary(part)
        and decision_of(part, facts) == decision_of(whole, facts)
        and party_of(a.funder) == party_of(b.funder)
        and a.kind not in {FlowKind.MATCH, FlowKind.CARRY_FORWARD}
        and b.kind is FlowKind.ALLOCATION
        and bool(a.years)
        and set(a.years) <= set(b.years)
        and (not b.programmes or programme_ids(part) <= programme_ids(whole))
    )


def sums_of_rows(flows: Sequence[StatedFlow], facts: Facts) -> list[LeftOut]:
    """A sum that a decision states beside the very rows that make it, to the same recipient for the same years."""
    out = []
    for stated in flows:
        rows = [other for other in facts.of_document.get(stated.document, ()) if _is_row_of(other, stated)]
        whole = sum((row.flow.amount for row in rows), Decimal(0))
        if len(rows) >= 2 and abs(whole - stated.flow.amount) <= CLOSE and any(row in flows for row in rows):
            out.append(LeftOut(stated, "a total of flows that are counted"))
    return out


def _is_row_of(other: StatedFlow, whole: StatedFlow) -> bool:
    a, b = other.flow, whole.flow
    return (
        other.iri != whole.iri
        and a.amount < b.amount
        and b.recipient is not None
        and (party_of(a.funder), party_of(a.recipient)) == (party_of(b.funder), party_of(b.recipient))
        and a.years == b.years
        and a.status is b.status
    )
