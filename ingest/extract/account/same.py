"""Find the sums of a document that state the same money. The order of the sums makes no difference."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from graph.model import Entity, FlowKind
from ingest.extract.account.pooling import (
    Payees,
    agreement,
    are_kin,
    likeness_of_pairs,
    likeness_of_programmes,
    likeness_of_years,
    most_agreement,
    pairs_of,
)
from ingest.extract.sums.sums import Said, Sum, is_distinctive, rounding_tolerance, rounds
from ingest.extract.words.sections import Origin

_ALL_DIGITS = 6  #: two payments of one body never have such a sum in common: £59,729.71
_SURE = 0.6
#: how well two sums must agree to be one: (awards seldom have such a sum by chance, sections differ) -> agreement
_NEEDED = {(True, True): 0.08, (True, False): 0.1, (False, True): 0.1, (False, False): 0.4}
_ROUNDED = 0.5  #: a sum is rather joined to an equal one than to one that rounds it
_POINTS_BACK = 0.02
_UNREAD = 0.35  #: a party that was not read is not an unknown party: its words keep two awards apart
_MOST_COMPARED = 60  #: sums of one amount before another that it is compared with


def groups_of(sums: Sequence[Sum]) -> list[tuple[Sum, ...]]:
    """Return the sums in groups; a group holds all statements of the same money.

    Best agreeing pairs are joined first.
    """
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
    """Return the pairs of sums that may be the same money as (agreement, index, index)."""
    by_amount: dict[Decimal, list[int]] = defaultdict(list)
    for index, one in enumerate(ordered):
        by_amount[one.amount].append(index)
    together: list[tuple[int, int, float]] = []
    for same in by_amount.values():
        for place, high in enumerate(same):
            together += [(low, high, 1.0) for low in same[max(0, place - _MOST_COMPARED) : place]]
    amounts = sorted(by_amount)
    for index, one in enumerate(ordered):
        room = rounding_tolerance(one)
        for amount in amounts[bisect_left(amounts, one.amount - room) : bisect_right(amounts, one.amount + room)]:
            others = [other for other in by_amount[amount] if amount != one.amount and rounds(one, ordered[other])]
            together += [(min(index, other), max(index, other), _ROUNDED) for other in others[:_MOST_COMPARED]]
    payees = [_payees_of(one) for one in ordered]
    return [
        (score * rank, low, high)
        for low, high, rank in together
        if (score := _agreement(ordered[low], ordered[high], payees[low], payees[high]))
    ]


def _payees_of(one: Sum) -> dict[Entity | None, float]:
    found: dict[Entity | None, float] = defaultdict(float)
    for pair, chance in one.parties.ranked:
        found[pair.payee] += chance
    return dict(found)


def _agreement(one: Sum, other: Sum, payees: Payees, other_payees: Payees) -> float:
    """Return how well two sums of the same amount agree, 0 to 1; 0 if they are not the same money."""
    if _are_apart(one, other):
        return 0.0
    is_distinct = is_distinctive(one.amount)
    in_headline = Said.HEADLINE in one.said | other.said
    elsewhere = one.spot.origin is not other.spot.origin or in_headline
    points_back = Said.BACK in other.said and not one.spot.series == other.spot.series != ""
    needed = _POINTS_BACK if points_back else _NEEDED[is_distinct, elsewhere]
    is_said_again = in_headline or _is_restated(one, other)
    needed = needed / 2 if is_said_again else needed
    score = agreement(one.years, other.years, likeness_of_years)
    score *= agreement(one.programmes, other.programmes, likeness_of_programmes)
    if not is_distinct and not elsewhere and None in (one.parties.value.payee, other.parties.value.payee):
        score *= _UNREAD
    if score < needed or (not is_said_again and score * most_agreement(payees, other_payees) < needed):
        return 0.0
    parties = agreement(one.parties, other.parties, likeness_of_pairs, pairs_of([one.parties, other.parties]))
    if is_said_again:
        parties = max(parties, _NEEDED[True, True])  # a headline is short of parties
    return score * parties if score * parties >= needed else 0.0


def _are_apart(one: Sum, other: Sum) -> bool:
    """Return True if two sums cannot be the same money: entries of one list, figures of one sentence and the like."""
    carried = FlowKind.CARRY_FORWARD
    return (
        _are_entries_of_one_list(one, other)
        or one.spot.sentence == other.spot.sentence
        or ((one.kind is carried) != (other.kind is carried))
        or _is_another(*sorted((one, other), key=lambda each: each.order))
        or _is_total_of_others(one, other)
        or _is_total_of_others(other, one)
        or _names_another(one, other)
        or _names_another(other, one)
        or _gives_to_another(one, other)
        or _is_paid_on(one, other)
        or _is_paid_on(other, one)
    )


def _are_entries_of_one_list(one: Sum, other: Sum) -> bool:
    """Return True for two entries of a list or table, unless the later one points back ("the £5,000")."""
    later = max(one, other, key=lambda each: each.order)
    return one.spot.series == other.spot.series != "" and Said.BACK not in later.said


def _names_another(one: Sum, other: Sum) -> bool:
    """Return True if a sum is for a payee that is described but not named, and the other sum is for another payee."""
    if not one.recipient_words or one.parties.value.payee is not None:
        return False
    return other.parties.value.payee is not None or other.recipient_words not in ("", one.recipient_words)


def _gives_to_another(one: Sum, other: Sum) -> bool:
    """Return True if a table and a recommendation clearly name two payees: the recommendation changes the table."""
    if {one.spot.origin, other.spot.origin} != {Origin.TABLE, Origin.RECOMMENDATION}:
        return False
    payees = [one.parties.value.payee, other.parties.value.payee]
    is_sure = min(one.parties.probability, other.parties.probability) > _SURE
    return is_sure and None not in payees and payees[0] != payees[1] and not are_kin(payees[0], payees[1])


def _is_paid_on(paid: Sum, taken: Sum) -> bool:
    """Return True if one sum clearly goes to the organisation that clearly pays the other sum: two steps of money."""
    if Said.HEADLINE in paid.said | taken.said:
        return False  # it says again what stands below
    onward, inward = paid.parties.value, taken.parties.value
    is_sure = min(paid.parties.probability, taken.parties.probability) > _SURE
    return is_sure and None not in (onward.payee, inward.payer) and onward.payer == inward.payee != inward.payer


def _is_restated(one: Sum, other: Sum) -> bool:
    """Return True if running text repeats, to the last digit, a sum that the same payer gives elsewhere."""
    origins = {one.spot.origin, other.spot.origin}
    is_said_twice = len(origins) > 1 and bool(origins & {Origin.SUMMARY, Origin.BODY})
    payer = one.parties.value.payer
    return is_said_twice and _has_all_digits(one.amount) and payer is not None and payer == other.parties.value.payer


def _has_all_digits(amount: Decimal) -> bool:
    return len(amount.normalize().as_tuple().digits) >= _ALL_DIGITS


def _is_another(one: Sum, later: Sum) -> bool:
    """Return True if the later sum is said to be a further one ("another £2,000"); a headline does not count."""
    if Said.NEW not in later.said or Said.HEADLINE in one.said:
        return False
    return Said.NEW not in one.said and one.spot.origin is later.spot.origin


def _is_total_of_others(total: Sum, one: Sum) -> bool:
    """Return True if one sum is a table's total over several payees, and the other is what one payee gets."""
    return (
        total.spot.origin is Origin.TABLE
        and Said.TOTAL in total.said
        and Said.TOTAL not in one.said
        and total.parties.value.payee is None
        and one.parties.value.payee is not None
    )
