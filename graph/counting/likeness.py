"""Small comparisons of flows that the counting rules share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable
from decimal import Decimal
from typing import TypeVar

from graph.model import Basis, Entity, FlowLink
from graph.stated.flows import StatedFlow

CLOSE = Decimal("1.01")  #: two sums that differ by no more are one sum, rounded
_LARGE = 50_000  #: pounds
_NONE: frozenset[str] = frozenset()
_ROUNDED = Decimal("0.006")  #: how far a rounded figure may be off, of the larger

Key = TypeVar("Key", bound=Hashable)


def programme_ids(stated: StatedFlow) -> frozenset[str]:
    """Return the ids of a flow's programmes."""
    programmes = stated.flow.programmes
    return frozenset([programme.id for programme in programmes]) if programmes else _NONE


def party_of(entity: Entity | None) -> str:
    """Return the id of a funder or recipient; "" for a party that is left open."""
    return entity.id if entity is not None else ""


def parties(stated: StatedFlow) -> tuple[str, str]:
    """Return the ids of a flow's funder and recipient; "" for a party that is left open."""
    return party_of(stated.flow.funder), party_of(stated.flow.recipient)


def overlap(a: StatedFlow, b: StatedFlow) -> bool:
    """Return True if two flows share a year; if one of them has no year, if they share a document."""
    if a.flow.years and b.flow.years:
        return bool(set(a.flow.years) & set(b.flow.years))
    return a.document == b.document


def may_share_fund(one: StatedFlow, other: StatedFlow) -> bool:
    """Return True unless two flows name different funds."""
    a, b = one.flow.fund, other.flow.fund
    return a is None or b is None or a.id == b.id


def is_near(one: StatedFlow, other: StatedFlow) -> bool:
    """Return True if two amounts are equal but for pence or rounding."""
    a, b = one.flow, other.flow
    if a.amount == b.amount:
        return True
    near = abs(a.amount - b.amount)
    rounded = Basis.ROUNDED in {a.basis, b.basis}
    return near < CLOSE or (rounded and near <= max(a.amount, b.amount) * _ROUNDED)


def may_be_near(less: Decimal, more: Decimal) -> bool:
    """Return False if two amounts, the smaller first, are too far apart for `is_near`, however they are stated."""
    return more - less < CLOSE or more - less <= more * _ROUNDED


def is_large(stated: StatedFlow) -> bool:
    """Return True if an amount is so large that two flows rarely have it by chance."""
    return stated.flow.amount >= _LARGE


def is_part_of(stated: StatedFlow, wholes: Container[str]) -> bool:
    """Return True if a link says that a flow is a part of one of some others, given by their IRIs."""
    return any(link is FlowLink.PART_OF and iri in wholes for link, iri in stated.links)


def total(flows: Iterable[StatedFlow]) -> Decimal:
    """Return the sum of the flows' amounts."""
    return sum((stated.flow.amount for stated in flows), Decimal(0))


def adds_up_to(parts: Iterable[StatedFlow], whole: StatedFlow) -> bool:
    """Return True if two or more flows add up to the amount of another, but for rounding."""
    amounts = [part.flow.amount for part in parts]
    return len(amounts) >= 2 and abs(sum(amounts, Decimal(0)) - whole.flow.amount) <= CLOSE


def grouped(flows: Iterable[StatedFlow], key: Callable[[StatedFlow], Key]) -> dict[Key, list[StatedFlow]]:
    """Return the flows by a key, each group in their order."""
    found: dict[Key, list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        found[key(stated)].append(stated)
    return found


def grouped_by_each(
    flows: Iterable[StatedFlow], keys: Callable[[StatedFlow], Iterable[Key]]
) -> dict[Key, list[StatedFlow]]:
    """The flows by each of several keys, in their order."""
    found: dict[Key, list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        for key in keys(stated):
            found[key].append(stated)
    return found
