"""Sums that lie in other sums: parts, and totals, which are stated and never added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.model import Basis
from ingest.extract.account.money import Money
from ingest.extract.account.pooling import agreement, likeness_of_pairs, pairs_of, pooled
from ingest.extract.account.sums import Said, Sum
from ingest.extract.sections import Origin

_LONGEST_RUN = 12  #: sums of a sentence or a list of recommendations that are tried as parts of another
_SAME_SIDE = 0.03  #: how well a part's parties agree with those of its whole, at least

Key = int  #: of a sum of money


@dataclass(frozen=True, slots=True)
class Total:
    """A sum that a document states over others."""

    money: Money
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """Money told apart from the totals of it."""

    money: tuple[Money, ...]
    totals: tuple[Total, ...]
    whole_of: Mapping[Key, Key]  #: part -> the sum that it lies in, where that is no total


def part(money: Sequence[Money]) -> Parted:
    """Return the money without its totals, and what lies in what; parts take from wholes what they leave open."""
    by_key = {one.key: one for one in money}
    inside: dict[Key, Key] = {}
    parts_of: dict[Key, tuple[Key, ...]] = {}
    out_of: dict[Key, Key] = {}
    for whole, parts in _sums_that_add_up(money):
        taken = {whole.key, *(one.key for one in parts)}
        if _is_paid_out(whole, parts):
            out_of |= {one.key: whole.key for one in parts}
        elif (
            _may_hold(whole, parts)
            and whole.key not in parts_of
            and not taken & set(inside)
            and not taken & set(parts_of)
        ):
            parts_of[whole.key] = tuple(one.key for one in parts)
            inside |= {one.key: whole.key for one in parts}
    for one, whole in _said_parts(money):
        if one.key not in inside and whole.key not in inside and one.key not in parts_of:
            inside[one.key] = whole.key
    totals = {key: Total(by_key[key], parts) for key, parts in parts_of.items()}
    totals |= {one.key: Total(one, ()) for one in money if one.key not in totals and is_table_total(one)}
    kept = [one for one in money if one.key not in totals]
    kept = [_with_years_of(one, by_key[out_of[one.key]]) if one.key in out_of else one for one in kept]
    kept = [_as_part_of(one, by_key[inside[one.key]]) if one.key in inside else one for one in kept]
    return Parted(
        tuple(kept),
        tuple(totals.values()),
        {own: whole for own, whole in inside.items() if whole not in totals and own not in totals},
    )


def is_table_total(money: Money) -> bool:
    """Return True for a row or column of totals, said again in prose or not."""
    return any(one.spot.origin is Origin.TABLE and Said.TOTAL in one.said for one in money.sums)


# -- sums that others add up to ------------------------------------------------------------------------------------


def _sums_that_add_up(money: Sequence[Money]) -> Iterator[tuple[Money, Sequence[Money]]]:
    """Yield wholes with the parts that make them up: the sums of one sentence, list or table, or of recommendations."""
    flows = [one for one in money if one.is_flow and not is_table_total(one)]
    for parts in _runs(flows):
        total = sum((one.amount for one in parts), Decimal(0))
        for whole in money:
            if whole not in parts and _is_total_of(whole, total, parts):
                yield whole, parts


def _is_total_of(whole: Money, total: Decimal, parts: Sequence[Money]) -> bool:
    room = whole.first.unit / 2 if whole.basis is Basis.ROUNDED else Decimal(1)
    return whole.amount > max(one.amount for one in parts) and abs(whole.amount - total) < max(room, Decimal(1))


def _runs(flows: Sequence[Money]) -> Iterator[Sequence[Money]]:
    """Yield two or more sums that stand together: in a list, a table or a column of it, a sentence, as decisions."""
    groups: dict[tuple[str, int], list[tuple[Sum, Money]]] = defaultdict(list)
    for owner in flows:
        for one in owner.sums:
            if one.spot.series:
                groups[one.spot.series, -1].append((one, owner))
            if one.spot.origin is Origin.TABLE:
                groups[one.spot.series, one.copy].append((one, owner))
            else:
                groups["sentence", one.spot.sentence].append((one, owner))
            if one.spot.origin is Origin.RECOMMENDATION:
                groups["recommendations", -1].append((one, owner))
    for (kind, _), placed in groups.items():
        owners = list({owner.key: owner for _, owner in sorted(placed, key=lambda pair: pair[0].order)}.values())
        if kind == "recommendations":
            yield from _stretches(owners)
        elif kind == "sentence":
            yield from (run for run in (owners, owners[1:], owners[:-1], *_alike(owners)) if len(run) > 1)
        elif len(owners) > 1:
            yield owners


def _alike(owners: Sequence[Money]) -> Iterator[Sequence[Money]]:
    """Yield those of a sentence's sums that have the same payer and payee."""
    for parties in dict.fromkeys(owner.parties.value for owner in owners):
        yield [owner for owner in owners if owner.parties.value == parties]


def _stretches(owners: Sequence[Money]) -> Iterator[Sequence[Money]]:
    for length in range(min(len(owners), _LONGEST_RUN), 1, -1):
        for start in range(len(owners) - length + 1):
            yield owners[start : start + length]


def _may_hold(whole: Money, parts: Sequence[Money]) -> bool:
    """Return True if the parts are on the whole's side: what is paid out is no part of what came in."""
    in_table = any(one.is_in(Origin.TABLE) for one in parts)
    if in_table and whole.recipient is not None and not whole.said(Said.TOTAL):
        return False
    return all(_is_on_its_side(whole, one) and _years_fit(whole, one) for one in parts)


def _is_paid_out(whole: Money, parts: Sequence[Money]) -> bool:
    """Return True if a body pays out in parts what came in as one sum."""
    came_in = whole.recipient is not None and whole.funder not in (None, whole.recipient)
    return (
        came_in
        and any(one.funder == whole.recipient for one in parts)
        and all(one.funder in (whole.recipient, whole.funder) for one in parts)
    )


def _is_on_its_side(whole: Money, part: Money) -> bool:
    payees = (whole.recipient, part.recipient)
    if None not in payees and whole.recipient != part.recipient:
        return False
    pairs = pairs_of([part.parties, whole.parties])
    return agreement(part.parties, whole.parties, likeness_of_pairs, pairs) >= _SAME_SIDE


def _years_fit(whole: Money, part: Money) -> bool:
    own, others = part.years.value, whole.years.value
    return not own or not others or bool(set(own) & set(others))


# -- sums that are said to lie in others ---------------------------------------------------------------------------


def _said_parts(money: Sequence[Money]) -> Iterator[tuple[Money, Money]]:
    """Yield each sum of which the words say that it lies in another, with that one: the sum before it."""
    placed = sorted(((one, owner) for owner in money for one in owner.sums), key=lambda pair: pair[0].order)
    for index, (one, owner) in enumerate(placed):
        if not one.said & {Said.PART, Said.REST}:
            continue
        for earlier, whole in reversed(placed[:index]):
            if earlier.spot.block != one.spot.block:
                break
            is_near = earlier.spot.sentence == one.spot.sentence or one.spot.series == earlier.spot.series
            if is_near and whole.amount > owner.amount and not earlier.said & {Said.PART, Said.REST}:
                yield owner, whole
                break


def _with_years_of(paid: Money, taken: Money) -> Money:
    """Return what is paid out of a sum with that sum's years, where its own words leave them open."""
    return paid if paid.years.value or not taken.years.value else replace(paid, years=taken.years)


def _as_part_of(money: Money, whole: Money) -> Money:
    """Return a part with the parties, years and programme of its whole where its own words leave them open."""
    parties = money.parties
    if not money.is_in(Origin.TABLE):
        parties = pooled(
            [money.parties, whole.parties], likeness_of_pairs, (1, 1), pairs_of([money.parties, whole.parties])
        )
    return replace(
        money,
        parties=parties,
        years=money.years if money.years.value else whole.years,
        programmes=money.programmes if money.programmes.value else whole.programmes,
        fund=money.fund if money.fund.value is not None else whole.fund,
    )
