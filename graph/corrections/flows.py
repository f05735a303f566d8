"""The flow that a correction is about, found again in what was read: by id, else by amount, years and place."""

from __future__ import annotations

from dataclasses import dataclass

from graph.corrections.correction import Correction, Field, FlowKey
from graph.model import FundingFlow, Record
from graph.parse.money import format_pounds
from graph.parse.years import year_span


@dataclass(frozen=True, slots=True)
class Found:
    """Where a flow stands in its record; None with the reason where it is not found, or not one alone."""

    position: int | None
    reason: str = ""


def find_flow(record: Record, correction: Correction) -> Found:
    """Return which of the record's flows a correction is about.

    The id names a flow as it was read. A better reading may give the same statement another id, then the figure, the
    years and the place tell which it is; then figure and years, if only one flow has them. Never the likeliest of
    several.
    """
    key = correction.flow
    assert key is not None
    for position, flow in enumerate(record.flows):
        if key.flow and flow.id == key.flow:
            return Found(position)
    if key.amount is None:
        return Found(None, f"{record.document}: no flow {key.flow!r} was read from it")
    near = [number for number, flow in enumerate(record.flows) if _is_like(flow, key, correction)]
    exact = [number for number in near if _place(record.flows[number]) == key.locator]
    for places in (exact, near):
        if len(places) == 1:
            return Found(places[0])
        if len(places) > 1:
            return Found(None, f"{record.document}: {len(places)} flows of {described(key)}; say which by its id")
    return Found(None, f"{record.document}: no flow of {described(key)} was read from it")


def key_of(record: Record, flow: FundingFlow) -> FlowKey:
    """Return what finds a flow again, from the record as it was read."""
    return FlowKey(record.document, flow.id, flow.amount, flow.years, _place(flow))


def flows_named(record: Record, text: str) -> list[FundingFlow]:
    """Return the flows that a person may mean: by id or its beginning, by locator, by amount."""
    from graph.parse.money import parse_amount

    wanted = " ".join(text.split())
    amount = parse_amount(wanted)
    by_id = [flow for flow in record.flows if flow.id == wanted]
    by_start = [flow for flow in record.flows if len(wanted) >= 4 and flow.id.startswith(wanted)]
    by_place = [flow for flow in record.flows if _place(flow).casefold() == wanted.casefold()]
    by_amount = [flow for flow in record.flows if amount is not None and flow.amount == amount]
    return by_id or by_start or by_place or by_amount


def described(key: FlowKey) -> str:
    """Return a flow for people: "£150,000 (2018/19) at '3.1'"."""
    amount = format_pounds(key.amount) if key.amount is not None else "unknown amount"
    years = f" ({year_span(key.years)})" if key.years else ""
    return f"{amount}{years}" + (f" at {key.locator!r}" if key.locator else "")


def _is_like(flow: FundingFlow, key: FlowKey, correction: Correction) -> bool:
    """Return whether figure and years are those of the key, or those that the correction already gave."""
    given = {change.field: change.values for change in correction.changes}
    amounts = {str(key.amount), *given.get(Field.AMOUNT, ())}
    years = [key.years, given.get(Field.YEARS)]
    return str(flow.amount) in amounts and (key.years is None or flow.years in years)


def _place(flow: FundingFlow) -> str:
    return flow.evidence[0].locator if flow.evidence else ""
