"""One line for each fault of a reading."""

from __future__ import annotations

from collections.abc import Iterator

from bench.judge.reading import Judged
from ingest.labels.compare import Flow, Pair
from ingest.labels.records import Accepted, AwardLabel, FlowLabel
from ingest.labels.years import span_words


def fault_lines(judged: Judged) -> Iterator[str]:
    """Yield what is wrong with a document's sums, awards and facts, named by document and row."""
    key = judged.document.key
    if judged.fault:
        yield f"{key}: cannot be read: {judged.fault}"
    flows = judged.flows
    yield from (f"{key}: not a flow of it: {said(flow)}" for flow in flows.extra)
    yield from (
        f"{key} row {row.row}: context said to be a flow: {said(flow)} (is {_options(row.status)}; {row.where})"
        for flow, row in flows.overstated
    )
    yield from (f"{key} row {pair.row.row}: {_wrong(pair)}" for pair in flows.found if pair.wrong)
    yield from (f"{key} row {row.row}: missing {_labelled(row)}" for row in flows.missing)
    yield from (f"{key}: award missing: {_award(label)}" for label in judged.awards.missing)
    yield from (f"{key}: no award of it: {said(flow)}" for flow in judged.awards.extra)
    yield from (
        f"{key}: fact missing: {_options(fact.subject)} | {fact.relation} | {_options(fact.object)}"
        for fact in judged.facts.missing
    )


def said(flow: Flow) -> str:
    """Return a reported flow in one line."""
    years = flow.get("year") or flow.get("years")
    return (
        f"{flow.get('funder')} -> {flow.get('recipient')} {flow.get('amount')} {years} {flow.get('programme')} "
        f"[{flow.get('kind')}, {flow.get('status')}] at {flow.get('locator')}"
    )


def _wrong(pair: Pair) -> str:
    differences = "; ".join(
        f"{slot} {pair.flow.get(slot)!r}, is {_options(getattr(pair.row, slot))!r}" for slot in pair.wrong
    )
    return f"{_sum(pair.row)}: {differences} (at {pair.flow.get('locator')})"


def _labelled(row: FlowLabel) -> str:
    parties = f"{_options(row.funder)} -> {_options(row.recipient)}"
    return f"{parties} {_sum(row)} {_options(row.programme)} ({row.where})"


def _award(label: AwardLabel) -> str:
    return f"{_options(label.funder)} -> {_options(label.recipient)} for {_options(label.programme)}"


def _sum(row: FlowLabel) -> str:
    return f"{row.amount} {'|'.join(map(span_words, row.years))}"


def _options(accepted: Accepted) -> str:
    return "|".join(accepted)
