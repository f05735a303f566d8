"""What is looked over first: the sums and documents with the most money that is not sure."""

from __future__ import annotations

from decimal import Decimal

from graph.counting.left_out import moves_money
from graph.model import Band, Funding, FundingFlow, Record

_AWARD = "award/"  #: how the key of an award begins, as a flow may have the same id


def key_in_record(each: Funding) -> str:
    """Return what names a flow or an award within its record."""
    return key_of_id(each.id, is_award=not isinstance(each, FundingFlow))


def key_of_id(id: str, *, is_award: bool) -> str:
    """Return the key that `key_in_record` gives, from the id of a flow or an award."""
    return f"{_AWARD}{id}" if is_award else id


def find_in_record(record: Record, key: str) -> Funding | None:
    """Return the flow or award of that key, or None."""
    every: list[Funding] = [*record.flows, *record.awards]
    return next((each for each in every if key_in_record(each) == key), None)


def at_stake(each: Funding) -> Decimal:
    """Return the pounds that would be wrong if a reading is: 0 where it is sure, or is never added up."""
    if each.band is Band.SURE or not isinstance(each, FundingFlow) or not moves_money(each):
        return Decimal(0)
    return each.amount


def money_at_stake(record: Record) -> Decimal:
    """Return how much money of a document is not sure."""
    return sum((at_stake(flow) for flow in record.flows), Decimal(0))


def review_order(record: Record) -> tuple[Funding, ...]:
    """Return the flows and awards in the order to look them over: not sure first, those with the most money before.

    What is equal in that stays in the order of the document, flows before awards.
    """
    every: list[Funding] = [*record.flows, *record.awards]
    return tuple(sorted(every, key=lambda each: (each.band is Band.SURE, -at_stake(each))))
