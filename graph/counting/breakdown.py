"""Counted money broken down by what its flows have in common: a year, a party, a step between two parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from graph.counting.likeness import grouped
from graph.counting.unsure import Unsure, unsure_part
from graph.stated.flows import StatedFlow

Key = TypeVar("Key", bound=Hashable)
Other = TypeVar("Other", bound=Hashable)


def sums_by(flows: Iterable[StatedFlow], key: Callable[[StatedFlow], Key]) -> dict[Key, Decimal]:
    """Return what the flows of each key come to, in the order in which the keys are met."""
    return sums_by_each(flows, lambda stated: (key(stated),))


def sums_by_each(flows: Iterable[StatedFlow], keys: Callable[[StatedFlow], Iterable[Key]]) -> dict[Key, Decimal]:
    """Return the same where a flow stands under several keys, such as each step on its way."""
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    for stated in flows:
        for key in keys(stated):
            sums[key] += stated.flow.amount
    return dict(sums)


def unsure_by(flows: Iterable[StatedFlow], key: Callable[[StatedFlow], Key]) -> dict[Key, Unsure]:
    """Return what the flows of each key come to, with what of it is not sure and what is granted as "up to"."""
    return {found: unsure_part(together) for found, together in grouped(flows, key).items()}


def regrouped(sums: Mapping[Key, Decimal], into: Callable[[Key], Other]) -> dict[Other, Decimal]:
    """Return sums put together under wider keys."""
    found: dict[Other, Decimal] = defaultdict(Decimal)
    for key, amount in sums.items():
        found[into(key)] += amount
    return dict(found)


def passing_through(steps: Mapping[tuple[Key, Key], Decimal]) -> dict[Key, Decimal]:
    """Return for each end of some steps what goes in, or what comes out where that is more."""
    out, into = regrouped(steps, lambda step: step[0]), regrouped(steps, lambda step: step[1])
    return {key: max(out.get(key, Decimal(0)), into.get(key, Decimal(0))) for key in (*out, *into)}
