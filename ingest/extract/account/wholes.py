"""Sums inside other sums: find the parts of a sum, and the totals, which are stated and never added up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graph.model import Basis
from ingest.extract.account.money import Money
from ingest.extract.account.pooling import agreement, likeness_of_pairs, pairs_of, pooled
from ingest.extract.choice import Choice
from ingest.extract.slots.parties import Pair
from ingest.extract.sums.sums import Said, Sum, rounding_tolerance
from ingest.extract.words.sections import Origin

_LONGEST_RUN = 12  #: sums of a sentence or a list of recommendations that are tried as parts of another
_CLEAR = 0.5  #: how probable a part's own parties are where those of its whole say nothing more
_SAME_SIDE = 0.03  #: how well a part's parties agree with those of its whole, at least

_SUMS_UP = re.compile(r"\W*(?:in\s+(?:total|all)|altogether|all\s+told|together|overall|(?:the|a)\s+total)\b", re.I)

_INSIDE = frozenset({Said.PART, Said.REST, Said.INCREASE, Said.OUT_OF})

_NEAR = 500  #: characters from a sum to the words of the next paragraph that speak of it

Key = int  #: of a sum of money


@dataclass(frozen=True, slots=True)
class Total:
    """A sum that a document states as the total of other sums."""

    money: Money
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Parted:
    """The money of a document, with totals separated."""

    money: tuple[Money, ...]
    totals: tuple[Total, ...]
    whole_of: Mapping[Key, Key]  #: part -> the sum that it lies in, where that is no total


def part(money: Sequence[Money]) -> Parted:
    """Separate totals from other money and find which sums are parts of which.

    A part takes the parties, years and programme that its own words leave open from the sum that it is part of.
    """
    by_key = {one.key: one for one in money}
    inside: dict[Key, Key] = {}
    parts_of: dict[Key, tuple[Key, ...]] = {}
    taken_from: dict[Key, Key] = {}
    twice: set[Key] = set()  #: wholes of which two groups of parts are stated
    for whole, parts in _sums_that_add_up(money):
        keys = tuple(one.key for one in parts)
        if _is_paid_out(whole, parts):
            taken_from |= dict.fromkeys(keys, whole.key)
            inside |= {one.key: whole.key for one in parts if one.parties.value == whole.parties.value}
        elif _may_hold(whole, parts) and not set(keys) & {*inside, *parts_of} and whole.key not in inside:
            twice |= {whole.key} & set(parts_of)
            parts_of[whole.key] = keys
            inside |= dict.fromkeys(keys, whole.key)
    for key in twice:
        del parts_of[key]  # where it comes from and what it is spent on: it counts, and neither of the two
    for whole, rows in _larger_than_rows(money):
        inside |= {one.key: whole.key for one in rows if one.key not in parts_of}
    for one, whole in (*_said_parts(money), *_summed_up(money)):
        if not {one.key, whole.key} & set(inside) and one.key not in parts_of:
            inside[one.key] = whole.key
    # a paragraph that begins "Of this" says in what its sum lies, and nothing of who pays it to whom
    spoken_of = {
        one.key: whole.key
        for one, whole in _parts_of_the_paragraph_before(money)
        if not {one.key, whole.key} & {*inside, *parts_of}
    }
    totals = [Total(by_key[key], parts) for key, parts in parts_of.items()]
    totals += [
        Total(one, ())
        for one in money
        if is_table_total(one)
        and one.key not in {*parts_of, *inside.values()}
        and not _is_paid_from_sources(one, money)
    ]
    gone = {total.money.key for total in totals}
    kept = [one for one in money if one.key not in gone]
    kept = [_with_years_of(one, by_key[taken_from[one.key]]) if one.key in taken_from else one for one in kept]
    kept = [_as_part_of(one, by_key[inside[one.key]]) if one.key in inside else one for one in kept]
    shared = {key: parties for total in totals for key, parties in _shared_parties(total, by_key).items()}
    kept = [replace(one, parties=shared[one.key]) if one.key in shared else one for one in kept]
    links = {own: whole for own, whole in {**spoken_of, **inside}.items() if not {own, whole} & gone}
    return Parted(tuple(kept), tuple(totals), links)


def _shared_parties(total: Total, by_key: Mapping[Key, Money]) -> dict[Key, Choice[Pair]]:
    """Return the parties for those parts that a sentence states together with their total: pooled over all of them."""
    alike = [by_key[key] for key in total.parts if _is_said_alike(total.money, by_key[key])]
    readings = [total.money.parties, *(one.parties for one in alike)]
    together = pooled(readings, likeness_of_pairs, [1.0] * len(readings), pairs_of(readings))
    return {one.key: together for one in alike}


def is_table_total(money: Money) -> bool:
    """Return True for a sum that a total row or total column of a table states, even if prose repeats it."""
    return any(one.spot.origin is Origin.TABLE and Said.TOTAL in one.said for one in money.sums)


def _is_paid_from_sources(total: Money, money: Sequence[Money]) -> bool:
    """Return True if the text awards the total of a table of incoming money: that total is an award of its own."""
    tables = {one.spot.series for one in total.sums if one.spot.origin is Origin.TABLE}
    return _is_told(total) and any(
        one.recipient == total.funder not in (None, one.funder) and tables & {said.spot.series for said in one.sums}
        for one in money
    )


def _is_told(total: Money) -> bool:
    """Return True if the text states a table's total as a sum of its own."""
    return total.is_flow and any(
        one.spot.origin is not Origin.TABLE and Said.TOTAL not in one.said for one in total.sums
    )


def _larger_than_rows(money: Sequence[Money]) -> Iterator[tuple[Money, Sequence[Money]]]:
    """Yield (total, rows) where the text awards a table's total and the table lists only some of the payees."""
    for total in money:
        if not (is_table_total(total) and _is_told(total)):
            continue
        columns = {(one.spot.series, one.copy) for one in total.sums if one.spot.origin is Origin.TABLE}
        rows = [
            one
            for one in money
            if one is not total and any((said.spot.series, said.copy) in columns for said in one.sums)
        ]
        if sum(one.amount for one in rows) < total.amount and all(one.funder == total.funder for one in rows):
            yield total, rows


# -- sums that others add up to ------------------------------------------------------------------------------------


def _sums_that_add_up(money: Sequence[Money]) -> Iterator[tuple[Money, Sequence[Money]]]:
    """Yield (whole, parts) for sums of one sentence, list, table or series of recommendations that add up to a sum."""
    by_pounds: dict[int, list[Money]] = defaultdict(list)
    rough = [one for one in money if one.basis is Basis.ROUNDED]
    for one in money:
        by_pounds[int(one.amount)].append(one)
    for parts in _runs([one for one in money if one.is_flow and not is_table_total(one)]):
        keys, total = {one.key for one in parts}, sum((one.amount for one in parts), Decimal(0))
        near = [one for pounds in (-1, 0, 1) for one in by_pounds.get(int(total) + pounds, ())]
        near += [one for one in rough if abs(one.amount - total) < rounding_tolerance(one.first)]
        for whole in sorted({one.key: one for one in near}.values(), key=lambda one: one.key):
            is_larger = whole.amount > max(one.amount for one in parts)
            if is_larger and whole.key not in keys and (whole.basis is Basis.ROUNDED or abs(whole.amount - total) < 1):
                yield whole, parts


def _runs(flows: Sequence[Money]) -> Iterator[Sequence[Money]]:
    """Yield groups of two or more sums of one list, table, column, sentence, or series of recommendations."""
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
            yield from _stretches(owners)
            yield from (run for run in _alike(owners) if len(run) > 1)
        elif len(owners) > 1:
            yield owners


def _alike(owners: Sequence[Money]) -> Iterator[Sequence[Money]]:
    """Yield the sums of a sentence in groups with the same payer and payee."""
    for parties in dict.fromkeys(owner.parties.value for owner in owners):
        yield [owner for owner in owners if owner.parties.value == parties]


def _stretches(owners: Sequence[Money]) -> Iterator[Sequence[Money]]:
    for length in range(min(len(owners), _LONGEST_RUN), 1, -1):
        for start in range(len(owners) - length + 1):
            yield owners[start : start + length]


def _may_hold(whole: Money, parts: Sequence[Money]) -> bool:
    """Return True if the parts are payments on the same side as the whole.

    Money paid out is no part of money received.
    """
    if all(_is_said_alike(whole, one) or _is_left_open(whole, one) for one in parts):
        return any(_years_fit(whole, one) for one in parts)
    in_table = any(one.is_in(Origin.TABLE) for one in parts)
    if in_table and whole.recipient is not None and not whole.said(Said.TOTAL):
        return False
    if whole.funder is not None and any(one.recipient == whole.funder != one.funder for one in parts):
        return False
    return all(_is_on_its_side(whole, one) for one in parts) and any(_years_fit(whole, one) for one in parts)


def _is_paid_out(whole: Money, parts: Sequence[Money]) -> bool:
    """Return True if a body receives the whole as one sum and pays it out in the parts."""
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
    return agreement(part.parties, whole.parties, likeness_of_pairs, _pairs(whole, part)) >= _SAME_SIDE


def _is_said_alike(whole: Money, part: Money) -> bool:
    """Return True if one sentence states whole and part with the same parties."""
    said = {one.spot.sentence: one.parties.value for one in whole.sums if one.spot.origin is not Origin.TABLE}
    return any(said.get(one.spot.sentence) == one.parties.value for one in part.sums)


def _is_left_open(whole: Money, part: Money) -> bool:
    """Return True if no parties are likely for the part, which stands beside a whole whose parties are clear."""
    blocks = {one.spot.block for one in whole.sums if one.spot.origin is not Origin.TABLE}
    is_near = any(one.spot.block in blocks for one in part.sums)
    return is_near and part.parties.probability < _CLEAR <= whole.parties.probability


def _pairs(whole: Money, part: Money) -> list[Pair]:
    return pairs_of([part.parties, whole.parties])


def _years_fit(whole: Money, part: Money) -> bool:
    own, others = part.years.value, whole.years.value
    return not own or not others or bool(set(own) & set(others))


# -- sums that are said to lie in others ---------------------------------------------------------------------------


def _said_parts(money: Sequence[Money]) -> Iterator[tuple[Money, Money]]:
    """Yield (part, whole) where words say that a sum lies in another: "of which", "the remaining" and the like."""
    placed = sorted(((one, owner) for owner in money for one in owner.sums), key=lambda pair: pair[0].order)
    for index, (one, owner) in enumerate(placed):
        around = placed[index + 1 : index + 2] if Said.OUT_OF in one.said else reversed(placed[:index])
        if not one.said & _INSIDE:
            continue
        for other, whole in around:
            if other.spot.block != one.spot.block:
                break
            is_near = other.spot.sentence == one.spot.sentence or one.spot.series == other.spot.series
            if is_near and whole.amount > owner.amount and not other.said & _INSIDE:
                yield owner, whole
                break


def _parts_of_the_paragraph_before(money: Sequence[Money]) -> Iterator[tuple[Money, Money]]:
    """Yield (part, whole) where a paragraph's first sum lies in the last larger one above: "Of this £5,000 goes"."""
    placed = sorted(((one, owner) for owner in money for one in owner.sums), key=lambda pair: pair[0].order)
    for index, (one, owner) in enumerate(placed):
        above = placed[index - 1][0].spot.block if index else one.spot.block
        if Said.OF_IT not in one.said or Said.BACK in one.said or one.spot.series or above == one.spot.block:
            continue
        for other, whole in reversed(placed[:index]):
            is_near = other.spot.block == above and one.spot.at - other.spot.at < _NEAR
            if not is_near or other.spot.origin is Origin.TABLE:
                break
            if whole.amount > owner.amount and not other.said & _INSIDE:
                yield owner, whole
                break


def _summed_up(money: Sequence[Money]) -> Iterator[tuple[Money, Money]]:
    """Yield (sum, total) where a paragraph ends in a total larger than its sums: "In total £9,000 goes"."""
    for whole in money:
        ends = [one for one in whole.sums if Said.TOTAL in one.said and _SUMS_UP.match(one.label)]
        for end in ends if whole.is_flow and not is_table_total(whole) else ():
            parts = [
                one
                for one in money
                if one.is_flow and any(_stands_before(said, end) for said in one.sums) and _may_hold(whole, [one])
            ]
            if sum(one.amount for one in parts) < whole.amount:
                yield from ((one, whole) for one in parts)


def _stands_before(one: Sum, end: Sum) -> bool:
    return one.spot.block == end.spot.block and one.spot.sentence < end.spot.sentence


def _with_years_of(paid: Money, taken: Money) -> Money:
    """Return the money paid out, with the years of the money it is paid from if its own words leave them open."""
    return paid if paid.years.value or not taken.years.value else replace(paid, years=taken.years)


def _as_part_of(money: Money, whole: Money) -> Money:
    """Return a part whose open parties, years, programmes and fund are filled from its whole."""
    parties = money.parties
    is_open = None in (money.funder, money.recipient) or parties.probability < _CLEAR
    is_own = _is_left_open(whole, money) or _is_on_its_side(whole, money)
    if is_open and not money.is_in(Origin.TABLE) and is_own:
        parties = pooled([money.parties, whole.parties], likeness_of_pairs, (1, 1), _pairs(whole, money))
    return replace(
        money,
        parties=parties,
        years=money.years if money.years.value else whole.years,
        programmes=money.programmes if money.programmes.value else whole.programmes,
        fund=money.fund if money.fund.value is not None else whole.fund,
    )
