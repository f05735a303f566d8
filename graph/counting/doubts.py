"""Counted sums that are not certain: those that may be partly the same money, and provisional ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from graph.counting.likeness import grouped, party_of, programme_ids, total
from graph.model import FlowKind, FlowStatus
from graph.parse.money import format_pounds
from graph.stated.flows import StatedFlow


def may_be_the_same(flows: Iterable[StatedFlow]) -> Iterator[tuple[StatedFlow, StatedFlow]]:
    """Yield pairs of a match and an allocation that may be partly the same money.

    Both are of one funder, for the same programme and years, in different decisions.
    """
    for group in grouped(flows, lambda stated: party_of(stated.flow.funder)).values():
        matches = [stated for stated in group if stated.flow.kind is FlowKind.MATCH]
        aside = [stated for stated in group if stated.flow.kind is FlowKind.ALLOCATION] if matches else []
        yield from ((match, other) for match in matches for other in aside if _is_near(match, other))


def _is_near(one: StatedFlow, other: StatedFlow) -> bool:
    return (
        one.document != other.document
        and bool(set(one.flow.years) & set(other.flow.years))
        and bool(programme_ids(one) & programme_ids(other))
    )


def same_money_doubt(match: StatedFlow, aside: StatedFlow) -> str:
    """Return a sentence of caution on a match and an allocation that may be partly the same money."""
    return (
        f"The match funding of {format_pounds(match.flow.amount)} and the {format_pounds(aside.flow.amount)} set aside "
        "for the same years may be the same money in part; the decisions don't say. Both are counted."
    )


def provisional_sum(flows: Iterable[StatedFlow]) -> Decimal:
    """Return the sum of those flows that were committed only provisionally."""
    return total(s for s in flows if s.flow.status is FlowStatus.PROVISIONAL)


def provisional_doubt(flows: Iterable[StatedFlow], *, of: str = "it") -> str:
    """Return a sentence on how much of a sum is provisional; "" if none of it is.

    Args:
        flows: The flows that the sum adds up.
        of: The sum, as the sentence names it: "the sum received".
    """
    amount = provisional_sum(flows)
    return f"{format_pounds(amount)} of {of} is provisional: agreed, but not yet confirmed." if amount else ""
