"""Finds the flow or award that a correction is about: by its id, else by what it says and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.corrections.correction import OF_A_SUM, Correction, Field, FlowKey
from graph.model import Award, Funding, FundingFlow, Record
from graph.parse.money import format_pounds
from graph.parse.years import year_span


@dataclass(frozen=True, slots=True)
class Found:
    """The position of a flow or award in its record; None, with the reason, if none or several fit."""

    position: int | None
    reason: str = ""


def candidates(record: Record, key: FlowKey) -> Sequence[Funding]:
    """Return the flows of a record; its awards if the key is that of an award."""
    return record.awards if key.is_award else record.flows


def find_flow(record: Record, correction: Correction) -> Found:
    """Return which flow or award of a record a correction is about.

    The id names it as it was read. A better reading may give the same statement another id; then the figure (for an
    award the recipient), the years and the place tell which it is; then all but the place, if only one flow has them.
    The likeliest of several is never taken.
    """
    key = correction.flow
    assert key is not None
    wrong = [change.field for change in correction.changes if change.field in OF_A_SUM]
    if key.is_award and wrong:
        return Found(None, f"{record.document}: {described(key)} has no {wrong[0]}, as its sum is not printed")
    listed = candidates(record, key)
    for position, each in enumerate(listed):
        if key.flow and each.id == key.flow:
            return Found(position)
    if key.amount is None and not key.is_award:
        return Found(None, f"{record.document}: no flow {key.flow!r} was read from it")
    near = [number for number, each in enumerate(listed) if _is_like(each, key, correction)]
    exact = [number for number in near if _place(listed[number]) == key.locator]
    what = "award" if key.is_award else "flow"
    for places in (exact, near):
        if len(places) == 1:
            return Found(places[0])
        if len(places) > 1:
            return Found(None, f"{record.document}: {len(places)} {what}s of {described(key)}; say which by its id")
    return Found(None, f"{record.document}: no {what} of {described(key)} was read from it")


def key_of(record: Record, flow: Funding) -> FlowKey:
    """Return the key by which a flow or an award is found again after its document was read anew."""
    if isinstance(flow, FundingFlow):
        return FlowKey(record.document, flow.id, flow.amount, flow.years, _place(flow))
    return FlowKey(record.document, flow.id, None, flow.years, _place(flow), _recipient(flow), is_award=True)


def flows_named(record: Record, text: str) -> list[Funding]:
    """Return the flows and awards that a person may mean by a text: an id or its beginning, a locator, or an amount."""
    from graph.parse.money import parse_amount

    wanted = " ".join(text.split())
    amount = parse_amount(wanted)
    every: list[Funding] = [*record.flows, *record.awards]
    by_id = [each for each in every if each.id == wanted]
    by_start = [each for each in every if len(wanted) >= 4 and each.id.startswith(wanted)]
    by_place = [each for each in every if _place(each).casefold() == wanted.casefold()]
    by_amount: list[Funding] = [flow for flow in record.flows if amount is not None and flow.amount == amount]
    return by_id or by_start or by_place or by_amount


def described(key: FlowKey) -> str:
    """Return a flow or an award in words: "£150,000 (2018/19) at '3.1'", "Refuge, no sum printed, at '3.1'"."""
    if key.is_award:
        amount = f"{key.recipient or 'nobody named'}, no sum printed,"
    else:
        amount = format_pounds(key.amount) if key.amount is not None else "unknown amount"
    years = f" ({year_span(key.years)})" if key.years else ""
    return f"{amount}{years}" + (f" at {key.locator!r}" if key.locator else "")


def _is_like(each: Funding, key: FlowKey, correction: Correction) -> bool:
    """Return True if figure (for an award, recipient) and years are the key's, or those that the correction set."""
    given = {change.field: change.values for change in correction.changes}
    if key.years is not None and each.years not in (key.years, given.get(Field.YEARS)):
        return False
    if isinstance(each, FundingFlow):
        return str(each.amount) in {str(key.amount), *given.get(Field.AMOUNT, ())}
    return _recipient(each) in {key.recipient, *given.get(Field.RECIPIENT, ())}


def _recipient(award: Award) -> str:
    return award.recipient.name if award.recipient else award.recipient_words


def _place(each: Funding) -> str:
    return each.evidence[0].locator if each.evidence else ""
