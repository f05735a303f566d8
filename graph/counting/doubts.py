"""Sums that count and yet may be the same money in part, where the decisions don't say."""

from __future__ import annotations

from collections.abc import Iterable

from graph.counting.likeness import grouped, party_of, programme_ids
from graph.model import FlowKind
from graph.stated.flows import StatedFlow


def may_be_the_same(flows: Iterable[StatedFlow]) -> list[tuple[StatedFlow, StatedFlow]]:
    """Return one funder's match and allocation for the same programme and years in different decisions, in pairs."""
    found = []
    for group in grouped(flows, lambda stated: party_of(stated.flow.funder)).values():
        matches = [stated for stated in group if stated.flow.kind is FlowKind.MATCH]
        aside = [stated for stated in group if stated.flow.kind is FlowKind.ALLOCATION] if matches else []
        found += [(match, other) for match in matches for other in aside if _is_near(match, other)]
    return found


def _is_near(one: StatedFlow, other: StatedFlow) -> bool:
    return (
        one.document != other.document
        and bool(set(one.flow.years) & set(other.flow.years))
        and bool(programme_ids(one) & programme_ids(other))
    )
