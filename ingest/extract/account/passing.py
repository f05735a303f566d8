"""Relations between a document's flows: passed on, part of, carried forward, or in place of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from graph.model import FlowKind, FlowLink, FlowStatus
from ingest.extract.account.money import Money
from ingest.extract.account.wholes import Key
from ingest.extract.sums.sums import certain
from ingest.extract.words.sections import Origin

_UNCOUNTED = (FlowStatus.CONTEXT, FlowStatus.UNSUCCESSFUL, FlowStatus.SUPERSEDED)
_PAID = (FlowKind.GRANT, FlowKind.ALLOCATION, FlowKind.OWN_COST)

Link = tuple[Key, FlowLink, Key]


def with_superseded_rows(money: Sequence[Money]) -> list[Money]:
    """Return the money; a table row is marked superseded if a recommendation gives its sum to another payee."""
    new = [one for one in money if one.is_in(Origin.RECOMMENDATION) and one.recipient is not None]
    out = {one.key: one for one in money}
    for row in money:
        if row.first.spot.origin is not Origin.TABLE or row.is_in(Origin.RECOMMENDATION):
            continue
        award = next((one for one in new if _stands_instead(one, row)), None)
        if award is None:
            continue
        out[row.key] = replace(row, status=certain(FlowStatus.SUPERSEDED))
        if not award.years.value or not set(award.years.value) <= set(row.years.value):
            out[award.key] = replace(award, years=row.years)
    return list(out.values())


def _stands_instead(award: Money, row: Money) -> bool:
    return (
        award.amount == row.amount
        and award.funder == row.funder
        and award.recipient != row.recipient
        and _share_years(award, row)
    )


def links_of(money: Sequence[Money], whole_of: Mapping[Key, Key]) -> Iterator[Link]:
    """Yield the relations between the flows of a document as (subject, relation, object).

    `whole_of` maps a part to the sum that it lies in.
    """
    payers = {one.funder for one in money if one.funder is not None}
    taken = [one for one in money if one.recipient in payers or one.kind is FlowKind.MATCH]
    gone = [one for one in money if one.status.value is FlowStatus.SUPERSEDED]
    known = {one.key for one in money}
    for one in money:
        if whole_of.get(one.key) in known:
            yield one.key, FlowLink.PART_OF, whole_of[one.key]
        if one.kind is FlowKind.CARRY_FORWARD:
            yield from ((one.key, FlowLink.CARRIED_FROM, other.key) for other in money if _is_carried(one, other))
        yield from ((one.key, FlowLink.PASSES_ON, other.key) for other in taken if _passes_on(one, other))
        yield from ((one.key, FlowLink.REPLACES, other.key) for other in gone if _replaces(one, other))


def _passes_on(paid: Money, taken: Money) -> bool:
    """Return True if a body pays out money that it receives, or that it adds as match funding."""
    payer = paid.funder
    if payer is None or paid is taken or not paid.is_flow or not taken.is_flow:
        return False
    if paid.status.value in _UNCOUNTED or taken.status.value in _UNCOUNTED:
        return False
    is_income = taken.recipient == payer and taken.funder not in (None, payer)
    is_match = taken.kind is FlowKind.MATCH and taken.funder == payer and taken.recipient is None
    if paid.kind is FlowKind.SUB_GRANT:
        return is_income and taken.amount == paid.amount
    return (
        (is_income or is_match)
        and paid.kind in _PAID
        and taken.kind is not FlowKind.BID
        and _share_years(paid, taken)
        and _share_programmes(paid, taken)
    )


def _replaces(award: Money, gone: Money) -> bool:
    return (
        award.status.value is FlowStatus.APPROVED
        and award.amount == gone.amount
        and award.funder == gone.funder
        and (award.recipient != gone.recipient)
    )


def _is_carried(carried: Money, source: Money) -> bool:
    return (
        source.kind is not FlowKind.CARRY_FORWARD
        and source.status.value not in _UNCOUNTED
        and source.funder == carried.funder
        and source.recipient != carried.funder
        and set(carried.years.value) <= set(source.years.value)
        and source.amount >= carried.amount
    )


def _share_years(one: Money, other: Money) -> bool:
    return not one.years.value or not other.years.value or bool(set(one.years.value) & set(other.years.value))


def _share_programmes(one: Money, other: Money) -> bool:
    own, others = one.programmes.value, other.programmes.value
    return not own or not others or bool(set(own) & set(others))
