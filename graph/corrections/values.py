"""Converts values of flows from what a person writes to the text that a correction keeps, and back to typed values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from graph.corrections.correction import FIELD_OF_SLOT, NAMED, Change, Field
from graph.model import Award, Band, Basis, Entity, EntityKind, FlowKind, FlowStatus, Funding, FundingFlow
from graph.parse.money import parse_amount
from graph.parse.years import parse_year

F = TypeVar("F", FundingFlow, Award)
CLOSED: dict[Field, type[StrEnum]] = {Field.KIND: FlowKind, Field.STATUS: FlowStatus, Field.BASIS: Basis}
SEVERAL = (Field.YEARS, Field.PROGRAMMES)
_MOST = Decimal(10) ** 13


def change_of(field: Field, written: Sequence[str]) -> Change:
    """Return the change that sets a field to what a person wrote; if nothing is written, the field is left open.

    Raises:
        ValueError: The words are no value of that field; the message says what would be one.
    """
    words = [" ".join(text.split()) for text in written if text.strip()]
    if field is Field.YEARS:
        return Change(field, tuple(sorted({year for text in words for year in _years(text)})))
    if field in NAMED and not any(len(text) > 200 for text in words):
        if len(words) > 1 and field not in SEVERAL:
            raise ValueError(f"{field} takes one name; {len(words)} are given")
        return Change(field, tuple(dict.fromkeys(words)))
    if len(words) != 1:
        raise ValueError(f"{field} takes one value; {'none is' if not words else f'{len(words)} are'} given")
    if field is Field.AMOUNT:
        return Change(field, (str(_amount(words[0])),))
    if field in CLOSED:
        return Change(field, (_closed(field, words[0]),))
    raise ValueError(f"{field}: a name is at most 200 characters long")


def read_change(flow: Funding, field: Field) -> Change:
    """Return the present value of a field of a flow or award, as a change; an award has no amount."""
    value = getattr(flow, field.value, None)
    if isinstance(value, Entity):
        return Change(field, (value.name,))
    if isinstance(value, tuple):
        return Change(field, tuple(each.name if isinstance(each, Entity) else each for each in value))
    return Change(field, () if value is None else (str(value),))


def set_right(flow: F, changes: Iterable[Change], entity: Callable[[str, EntityKind], Entity | None]) -> F:
    """Return a flow or an award after a person's changes.

    The changed fields are no longer in doubt. The whole is sure only if no other field is.
    """
    settled = set[Field]()
    for change in changes:
        flow = changed(flow, change, entity)
        settled.add(change.field)
    left = tuple(doubt for doubt in flow.doubts if FIELD_OF_SLOT[doubt.slot] not in settled)
    return replace(flow, doubts=left) if left else replace(flow, band=Band.SURE, doubts=(), confidence=1.0)


def changed(flow: F, change: Change, entity: Callable[[str, EntityKind], Entity | None]) -> F:
    """Return a flow or an award after one change; `entity` returns the thing that a name of a kind stands for."""
    value: Any = change.values
    if change.field in NAMED:
        found = tuple(each for name in change.values if (each := entity(name, NAMED[change.field])))
        value = found if change.field is Field.PROGRAMMES else next(iter(found), None)
    elif change.field is Field.AMOUNT:
        value = Decimal(change.values[0])
    elif change.field in CLOSED:
        value = CLOSED[change.field](change.values[0])
    return replace(flow, **{change.field.value: value})


def shown(change: Change) -> str:
    """Return the value of a change in words: "£150,000", "2018/19, 2019/20", "not named"."""
    from graph.parse.money import format_pounds

    if not change.values:
        return "not stated" if change.field is Field.YEARS else "not named"
    if change.field is Field.AMOUNT:
        return format_pounds(Decimal(change.values[0]))
    return ", ".join(change.values)


def amount_of(text: str) -> Decimal:
    """Return the amount in pounds that a person wrote: "£150,000", "150000.00", "1.2m".

    Raises:
        ValueError: The text is no amount.
    """
    return _amount(text)


def _amount(text: str) -> Decimal:
    amount = parse_amount(text)
    if amount is None or not 0 <= amount < _MOST:
        raise ValueError(f"{text!r} is not an amount; write it as 150000, 150,000.00 or £1.2m")
    return amount.quantize(Decimal("0.01"))


def _years(text: str) -> tuple[str, ...]:
    years = parse_year(text)
    if not years:
        raise ValueError(f"{text!r} is not a financial year; write it as 2023/24, or 2018/19-2019/20 for several")
    return years


def _closed(field: Field, text: str) -> str:
    members = [member.value for member in CLOSED[field]]
    if text.lower() not in members:
        raise ValueError(f"{text!r} is no {field} of a flow; use one of {', '.join(members)}")
    return text.lower()
