"""The small comparisons and sums of flows that the rules of the same money share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from typing import TypeVar

from graph.model import Basis, Entity
from graph.stated.flows import StatedFlow

CLOSE = Decimal("1.01")  #: two sums that differ by no more are one sum, rounded
_LARGE = 50_000  #: pounds
_ROUNDED = Decimal("0.006")  #: how far a rounded figure may be off, of the larger

_SUMMARY = re.compile(r"^executive summary\b|^summary\b", re.IGNORECASE)

Key = TypeVar("Key", bound=Hashable)


def programme_ids(stated: StatedFlow) -> frozenset[str]:
    """The ids of a flow's programmes."""
    return frozenset(programme.id for programme in stated.flow.programmes)


def party_of(entity: Entity | None) -> str:
    """The id of a party; "" where it is open."""
    return entity.id if entity is not None else ""


def parties(stated: StatedFlow) -> tuple[str, str]:
    """The ids of the funder and the recipient."""
    return party_of(stated.flow.funder), party_of(stated.flow.recipient)


def overlap(a: StatedFlow, b: StatedFlow) -> bool:
    """Whether two flows share a year, or a document where one has no year."""
    if a.flow.years and b.flow.years:
        return bool(set(a.flow.years) & set(b.flow.years))
    return a.document == b.document


def may_pay_for(paid: StatedFlow, aside: StatedFlow) -> bool:
    """Whether a payment may come out of a sum set aside: their years overlap and nothing else tells them apart."""
    return overlap(paid, aside) and is_for_the_same(paid, aside)


def is_for_the_same(one: StatedFlow, other: StatedFlow) -> bool:
    """Whether neither programme nor fund tells two sums apart, where both name one."""
    if one.flow.programmes and other.flow.programmes and not programme_ids(one) & programme_ids(other):
        return False
    return may_share_fund(one, other)


def may_share_fund(one: StatedFlow, other: StatedFlow) -> bool:
    """Whether the same fund pays two sums, or one of them says of none that it does."""
    a, b = one.flow.fund, other.flow.fund
    return a is None or b is None or a.id == b.id


def is_near(one: StatedFlow, other: StatedFlow) -> bool:
    """Whether two amounts are the same but for pence or rounding."""
    a, b = one.flow, other.flow
    if a.amount == b.amount:
        return True
    near = abs(a.amount - b.amount)
    rounded = Basis.ROUNDED in {a.basis, b.basis}
    return near < CLOSE or (rounded and near <= max(a.amount, b.amount) * _ROUNDED)


def is_large(stated: StatedFlow) -> bool:
    """Whether a sum is so large that another equals it by chance only seldom."""
    return stated.flow.amount >= _LARGE


def stands_in_summary(stated: StatedFlow) -> bool:
    """Whether the summary of a document is the first to state a sum."""
    return bool(stated.flow.evidence) and bool(_SUMMARY.match(stated.flow.evidence[0].locator))


def total(flows: Iterable[StatedFlow]) -> Decimal:
    """Return the sum of the amounts."""
    return sum((stated.flow.amount for stated in flows), Decimal(0))


def adds_up_to(parts: Iterable[StatedFlow], whole: StatedFlow) -> bool:
    """Whether two or more sums make a whole, but for rounding."""
    amounts = [part.flow.amount for part in parts]
    return len(amounts) >= 2 and abs(sum(amounts, Decimal(0)) - whole.flow.amount) <= CLOSE


def grouped(flows: Iterable[StatedFlow], key: Callable[[StatedFlow], Key]) -> dict[Key, list[StatedFlow]]:
    """The flows by a key, in their order."""
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
