"""A document that waits for publication, as the page shows it: what was found, what is doubtful, what can be set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.viewmodels import words
from app.viewmodels.table import Cell, Table, cells
from graph.corrections.corrected import apply_corrections
from graph.corrections.correction import Action, Correction, CorrectionRefused, CorrectionSet, Field
from graph.corrections.values import change_of, shown
from graph.model import EntityKind, FundingFlow, Record
from ingest.correcting import flow_correction, merger, withdrawal
from ingest.intake import Pending, Suggestion

WITHDRAW = "withdraw"
KEEP = "A new name"
#: what a person can do to a sum, and what it is called
SETTABLE: dict[str, str] = {
    Field.RECIPIENT: "Recipient",
    Field.AMOUNT: "Amount",
    Field.FUNDER: "Funder",
    Field.YEARS: "Financial years",
    Field.PROGRAMMES: "Programmes",
    Field.PLACE: "Place",
    Field.FUND: "Fund",
    Field.KIND: "Kind",
    Field.STATUS: "Status",
    WITHDRAW: "Take the sum out",
}
HELP = (
    "A full name; an amount such as 12,500 or £1.2m; years such as 2023/24, several with commas; several programmes "
    "with semicolons. Empty: not named, or not stated. For a sum that is to be taken out leave it empty."
)


@dataclass(frozen=True, slots=True)
class PendingView:
    """One document that waits, in display text."""

    name: str
    heading: str  #: reference and title
    summary: str  #: "12 sums of money, 3 new names, 2 things to look at"
    facts: tuple[tuple[str, str], ...]  #: label and value
    doubts: tuple[str, ...]  #: each with its place
    table: Table
    choices: tuple[tuple[str, str], ...]  #: (flow id, what it is called) to choose a sum to correct


def pending_view(pending: Pending, record: Record, corrections: CorrectionSet) -> PendingView:
    """Return the view of a document that could be read, with the corrections made so far shown in it."""
    after = apply_corrections([record], corrections).records[0]
    decision = after.decision
    numbers = {flow.id: number for number, flow in enumerate(record.flows, 1)}
    open_doubts = tuple(
        f"{'Sum ' + str(numbers[doubt.flow]) + ': ' if doubt.flow else ''}{doubt.message}"
        f"{' (' + doubt.locator + ')' if doubt.locator else ''}"
        for doubt in pending.doubts
    )
    parts = (
        words.count(len(after.flows), "sum of money", "sums of money"),
        words.count(len(pending.suggestions), "new name"),
        words.count(len(open_doubts), "thing to look at", "things to look at"),
    )
    return PendingView(
        name=pending.name,
        heading=" ".join(part for part in (decision.reference, decision.title) if part) or pending.name,
        summary=", ".join(parts),
        facts=(
            ("File", pending.name),
            ("Decision body", decision.body.name if decision.body else "Not recognised"),
            ("Decided by", decision.decided_by or "Not stated"),
            ("Signed", words.date(decision.signed) if decision.signed else "Not stated"),
        ),
        doubts=open_doubts,
        table=_table(record, after),
        choices=choices_of(record),
    )


def choices_of(record: Record) -> tuple[tuple[str, str], ...]:
    """Return the sums of a record, each with what it is called, to choose one."""
    return tuple((flow.id, f"Sum {number}: {_said(flow)}") for number, flow in enumerate(record.flows, 1))


def draft(record: Record, flow_id: str, what: str, value: str, *, who: str, why: str) -> Correction:
    """Return the correction that a person asked for.

    Raises:
        CorrectionRefused: The value is none of that field, or name or reason is missing.
    """
    flow = next((each for each in record.flows if each.id == flow_id), None)
    if flow is None:
        raise CorrectionRefused("choose the sum to correct")
    if what == WITHDRAW:
        return withdrawal(record, flow, who=who, why=why)
    field = Field(what)
    separator = {Field.YEARS: ",", Field.PROGRAMMES: ";"}.get(field)
    try:
        change = change_of(field, value.split(separator) if separator else [value])
    except ValueError as error:
        raise CorrectionRefused(str(error)) from None
    return flow_correction(record, flow, [change], who=who, why=why)


def same_as_options(suggestion: Suggestion) -> tuple[str, ...]:
    """Return what a new name may be: a new name, or one of the known ones nearest to it."""
    return (KEEP, *(entity.name for entity in suggestion.nearest))


def same_as(name: str, chosen: str, kind: EntityKind, *, who: str) -> Correction:
    """Return the correction that says that a new name stands for a known thing."""
    return merger(name, chosen, kind, who=who or "unnamed", why="the same, said while the document was added")


def said_of(correction: Correction) -> str:
    """Return a correction of a review in one line."""
    if correction.action is Action.WITHDRAW:
        return f"Taken out: {_key_said(correction)}. {correction.why}"
    was = {change.field: shown(change) for change in correction.was}
    parts = (f"{SETTABLE.get(c.field, c.field)}: {was.get(c.field, '')} → {shown(c)}" for c in correction.changes)
    return f"{_key_said(correction)}: {'; '.join(parts)}. {correction.why}"


def _key_said(correction: Correction) -> str:
    key = correction.flow
    return words.pounds(key.amount) if key and key.amount is not None else ""


def _table(record: Record, after: Record) -> Table:
    left = {flow.id: flow for flow in after.flows}
    rows = []
    for number, read in enumerate(record.flows, 1):
        flow = left.get(read.id)
        note = "Taken out" if flow is None else "" if flow == read else f"Corrected; read as {_said(read)}"
        rows.append(_row(number, flow or read, note))
    columns = ("Sum", "Funder", "Recipient", "Amount", "Years", "Programme", "Status", "Words")
    return Table(columns, tuple(rows), numeric=frozenset({3}))


def _row(number: int, flow: FundingFlow, note: str) -> tuple[Cell, ...]:
    evidence = flow.evidence[0] if flow.evidence else None
    return cells(
        Cell(str(number), note=note),
        flow.funder.name if flow.funder else words.OPEN_PARTY,
        Cell(words.recipient(flow), note="" if not flow.recipient or flow.recipient.verified else "New name"),
        words.sum_of(flow),
        words.years(flow.years),
        ", ".join(programme.name for programme in flow.programmes) or "—",
        f"{words.STATUS[flow.status]}, {words.KIND[flow.kind].lower()}",
        Cell(evidence.quote[:300] if evidence else "", note=evidence.locator if evidence else ""),
    )


def _said(flow: FundingFlow) -> str:
    return f"{words.sum_of(flow)} to {words.recipient(flow)}"


def all_corrections(
    drafts: Sequence[Correction], merges: Sequence[Correction], accepted: set[str]
) -> tuple[Correction, ...]:
    """Return the corrections to publish: those of accepted documents, and the names put together."""
    kept = [each for each in drafts if each.flow and each.flow.document in accepted]
    return (*kept, *{(each.name, each.into): each for each in merges}.values())
