"""The same money said several times: which sums are one. The order in which sums come makes no difference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from graph.model import FlowKind
from ingest.extract.account.pooling import (
    agreement,
    likeness_of_pairs,
    likeness_of_programmes,
    likeness_of_years,
    pairs_of,
)
from ingest.extract.account.sums import Said, Sum, room_of, rounds
from ingest.extract.sections import Origin

_LARGE, _VERY_LARGE = 100_000, 2_000_000
_DISTINCT_DIGITS = 4
#: how well two sums must agree to be one: (awards seldom have such a sum by chance, sections differ) -> agreement
_NEEDED = {(True, True): 0.08, (True, False): 0.1, (False, True): 0.1, (False, False): 0.4}
_POINTS_BACK = 0.02


def groups_of(sums: Sequence[Sum]) -> list[tuple[Sum, ...]]:
    """Return the sums in groups, each of one sum of money: the pairs that agree best are joined first."""
    ordered = sorted(sums, key=lambda one: (one.order, one.amount, one.label))
    group_of = [[index] for index in range(len(ordered))]
    for _, one, other in sorted(_pairs(ordered), key=lambda pair: (-pair[0], pair[1], pair[2])):
        first, second = group_of[one], group_of[other]
        if first is second or any(_are_apart(ordered[left], ordered[right]) for left in first for right in second):
            continue
        first.extend(second)
        for member in second:
            group_of[member] = first
    groups = {id(group): group for group in group_of}.values()
    return [tuple(ordered[index] for index in sorted(group)) for group in groups]


def _pairs(ordered: Sequence[Sum]) -> list[tuple[float, int, int]]:
    """Return the pairs of sums that may be one by their places in order, each with how well they agree."""
    found: list[tuple[float, int, int]] = []
    by_amount: dict[Decimal, list[int]] = defaultdict(list)
    for index, one in enumerate(ordered):
        by_amount[one.amount].append(index)
    for same in by_amount.values():
        for low, high in combinations(same, 2):
            if score := _agreement(ordered[low], ordered[high]):
                found.append((score, low, high))
    for index, one in enumerate(ordered):
        for amount, others in by_amount.items():
            if 0 < abs(amount - one.amount) <= room_of(one):
                for low, high in (sorted((index, other)) for other in others if rounds(one, ordered[other])):
                    if score := _agreement(ordered[low], ordered[high]):
                        found.append((score / 2, low, high))
    return found


def _agreement(one: Sum, other: Sum) -> float:
    """Return how well two sums of one amount agree; 0 where they are not one sum."""
    if _are_apart(one, other):
        return 0.0
    in_headline = Said.HEADLINE in one.said | other.said
    is_distinct = is_distinctive(one.amount)
    parties = agreement(one.parties, other.parties, likeness_of_pairs, pairs_of([one.parties, other.parties]))
    if in_headline and is_distinct:
        parties = max(parties, _NEEDED[True, True])  # a headline is short of parties, and always said again
    score = (
        parties
        * agreement(one.years, other.years, likeness_of_years)
        * agreement(one.programmes, other.programmes, likeness_of_programmes)
    )
    elsewhere = one.spot.origin is not other.spot.origin or (in_headline and is_distinct)
    if not is_distinct and not elsewhere and (one.parties.value.payee is None or other.parties.value.payee is None):
        score *= 0.35  # a party that was not read is not an unknown party: its words keep two awards apart
    needed = _POINTS_BACK if Said.BACK in other.said else _NEEDED[is_distinct, elsewhere]
    if in_headline:
        needed /= 2
    return score if score >= needed else 0.0


def _are_apart(one: Sum, other: Sum) -> bool:
    """Return True if two sums cannot be one, whatever they say: entries of one list, figures of one sentence."""
    carried = FlowKind.CARRY_FORWARD
    return (
        (one.spot.series == other.spot.series != "")
        or one.spot.sentence == other.spot.sentence
        or ((one.kind is carried) != (other.kind is carried))
        or _is_another(*sorted((one, other), key=lambda each: each.order))
        or _is_total_of_others(one, other)
        or _is_total_of_others(other, one)
        or _names_another(one, other)
        or _names_another(other, one)
    )


def _names_another(one: Sum, other: Sum) -> bool:
    """Return True if a sum is for somebody who is not known by name yet, and the other for somebody else."""
    if not one.recipient_words or one.parties.value.payee is not None:
        return False
    return other.parties.value.payee is not None or other.recipient_words not in ("", one.recipient_words)


def _is_another(one: Sum, later: Sum) -> bool:
    """Return True if the later words say that the sum is a further one: "another £2,000"."""
    return Said.NEW in later.said and Said.NEW not in one.said and one.spot.origin is later.spot.origin


def _is_total_of_others(total: Sum, one: Sum) -> bool:
    """Return True if a table sums up what it gives to several, and the other sum is what one is paid."""
    return (
        total.spot.origin is Origin.TABLE
        and Said.TOTAL in total.said
        and Said.TOTAL not in one.said
        and total.parties.value.payee is None
        and one.parties.value.payee is not None
    )


def is_distinctive(amount: Decimal) -> bool:
    """Return True if two awards seldom have such a sum by chance: £4,321 and £1.4m, but not £5,000 or £100,000."""
    digits = len(amount.normalize().as_tuple().digits)
    return digits >= _DISTINCT_DIGITS or amount >= _VERY_LARGE or (amount >= _LARGE and digits > 1)
