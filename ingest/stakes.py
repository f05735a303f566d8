"""The order of review: flows and documents with the most doubtful money come first."""

from __future__ import annotations

from decimal import Decimal

from graph.counting.left_out import moves_money
from graph.model import Band, Funding, FundingFlow, Record

_AWARD = "award/"  #: how the key of an award begins, as a flow may have the same id


def key_in_record(each: Funding) -> str:
    """Return the key of a flow or an award that is unique within its record."""
    return key_of_id(each.id, is_award=not isinstance(each, FundingFlow))


def key_of_id(id: str, *, is_award: bool) -> str:
    """Return the key that `key_in_record` gives, from the id of a flow or an award."""
    return f"{_AWARD}{id}" if is_award else id


def find_in_record(record: Record, key: str) -> Funding | None:
    """Return the flow or award of a record with this key; None if there is none."""
    every: list[Funding] = [*record.flows, *record.awards]
    return next((each for each in every if key_in_record(each) == key), None)


def at_stake(each: Funding) -> Decimal:
    """Return the pounds at risk if the reading is wrong: 0 if the reading is sure, or if the sum is never added up."""
    if each.band is Band.SURE or not isinstance(each, FundingFlow) or not moves_money(each):
        return Decimal(0)
    return each.amount


def money_at_stake(record: Record) -> Decimal:
    """Return the pounds in a record whose reading is not sure."""
    return sum((at_stake(flow) for flow in record.flows), Decimal(0))


def review_order(record: Record) -> tuple[Funding, ...]:
    """Return flows and awards in review order: doubtful ones before sure ones, and the most pounds at stake first.

    Equal ones keep the order of the document, flows before awards.
    """
    every: list[Funding] = [*record.flows, *record.awards]
    return tuple(sorted(every, key=lambda each: (each.band is Band.SURE, -at_stake(each))))
