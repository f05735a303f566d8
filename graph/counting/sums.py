"""Flows that sum up other flows: a span beside its years, a total beside its parts, a sum beside its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from graph.counting.grounds import Grounds, Likeness, likeness
from graph.counting.left_out import LeftOut, Reason
from graph.counting.likeness import adds_up_to, grouped, is_part_of, party_of, programme_ids
from graph.model import FlowKind
from graph.stated.flows import StatedFlow


def spans(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out a flow for several years if flows for the single years add up to it."""
    longer = [stated for stated in flows if len(stated.flow.years) > 1]
    near = grouped(flows, grounds.decision_of) if longer else {}
    out = []
    for stated in longer:
        years = [other for other in near[grounds.decision_of(stated)] if _is_year_of(other, stated)]
        if adds_up_to(years, stated):
            out.append(LeftOut(stated, Reason.YEARS, years[0].iri))
    return out


def _is_year_of(other: StatedFlow, span: StatedFlow) -> bool:
    a, b = other.flow, span.flow
    return (
        other.iri != span.iri
        and len(a.years) == 1
        and a.years[0] in b.years
        and party_of(a.funder) == party_of(b.funder)
        and (b.recipient is None or party_of(a.recipient) == party_of(b.recipient))
        and (not b.programmes or not a.programmes or programme_ids(other) <= programme_ids(span))
    )


def subtotals(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out a flow without a recipient that is the sum of its funder's other flows."""
    to_nobody = [stated for stated in flows if stated.flow.recipient is None and not _is_given_match(stated)]
    near = grouped(flows, grounds.decision_of) if to_nobody else {}
    out = []
    for stated in to_nobody:
        parts = _parts_of_total(near[grounds.decision_of(stated)], stated)
        out += [LeftOut(stated, Reason.TOTAL, parts[0].iri)] if parts else []
    return out


def _is_given_match(stated: StatedFlow) -> bool:
    return stated.flow.kind is FlowKind.MATCH and stated.flow.funder is not None


def _parts_of_total(near: Iterable[StatedFlow], whole: StatedFlow) -> list[StatedFlow]:
    """The parts of which a sum is the total, of its programmes' or of all, among its decision's flows; else none."""
    parts = [other for other in near if _is_part(other, whole)]
    of_programmes = [part for part in parts if not whole.flow.programmes or programme_ids(part) <= programme_ids(whole)]
    return next((found for found in (of_programmes, parts) if adds_up_to(found, whole)), [])


def _is_part(other: StatedFlow, whole: StatedFlow) -> bool:
    """Whether a flow may be one of those that a total sums."""
    a, b = other.flow, whole.flow
    return (
        other.iri != whole.iri
        and a.amount < b.amount
        and (b.funder is None or party_of(a.funder) == party_of(b.funder))
        and (b.kind is not FlowKind.MATCH or a.kind is FlowKind.MATCH)
        and set(a.years) <= set(b.years)
        and not (len(b.programmes) > 1 and programme_ids(other) == programme_ids(whole))
    )


def sums_of_rows(flows: Sequence[StatedFlow], grounds: Grounds) -> list[LeftOut]:
    """Return as left out a flow beside the rows that it sums, in one decision, of the same parties and of its years.

    Where the decision calls one of the rows a part of it, it counts, and the rows are left out.
    """
    here = {stated.iri for stated in flows}
    out: dict[str, LeftOut] = {}
    for stated in _beside_smaller(flows):
        rows = [other for other in grounds.alike(stated) if _is_row_of(other, stated)]
        known = [row for row in rows if row.iri in here]
        if not known or not adds_up_to(rows, stated):
            continue
        if any(is_part_of(row, {stated.iri}) for row in rows):
            out |= {row.iri: LeftOut(row, Reason.PART, stated.iri) for row in known}
        else:
            out[stated.iri] = LeftOut(stated, Reason.TOTAL, rows[0].iri)
    return list(out.values())


def _beside_smaller(flows: Sequence[StatedFlow]) -> Iterator[StatedFlow]:
    """Yield the flows to a payee beside which a smaller one like them is counted, so that it may be one of their rows.

    What is left of a flow is smaller than the flow, and may be to nobody.
    """
    keys = [*map(likeness, flows)]
    least: dict[Likeness, Decimal] = {}
    for key, stated in zip(keys, flows, strict=True):
        least[key] = min(stated.flow.amount, least.get(key, stated.flow.amount))
    for key, stated in zip(keys, flows, strict=True):
        document, (payer, payee), status = key
        amount = stated.flow.amount
        if payee and (least[key] < amount or least.get((document, (payer, ""), status), amount) < amount):
            yield stated


def _is_row_of(other: StatedFlow, whole: StatedFlow) -> bool:
    a, b = other.flow, whole.flow
    return other.iri != whole.iri and a.amount < b.amount and set(a.years) <= set(b.years)
