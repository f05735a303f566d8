"""A document that waits for publication, as the page shows it: what was found, what is doubtful, what can be set."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.viewmodels import words
from app.viewmodels.quotes import place_words
from graph.corrections.corrected import apply_corrections
from graph.corrections.correction import NAMED, Action, Correction, CorrectionRefused, CorrectionSet, Field
from graph.corrections.values import change_of, shown
from graph.model import FlowKind, FlowStatus, FundingFlow, Record, Verdict
from ingest.correcting import flow_correction, withdrawal
from ingest.doubts import Doubt, Suggestion
from ingest.intake import Pending

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
#: how each value is written
HINT: dict[str, str] = {
    Field.AMOUNT: "For example 12,500 or £1.2m",
    Field.YEARS: "For example 2023/24; several with commas; empty where none is stated",
    Field.PROGRAMMES: "The full name; several with semicolons; empty where none is named",
    WITHDRAW: "Leave this empty",
}
HINT_OF_A_NAME = "The full name; empty where none is named"
_COMPARED = {
    Verdict.CONSISTENT: "agree",
    Verdict.ROUNDING: "differ by rounding",
    Verdict.CONFLICT: "do not add up",
}


@dataclass(frozen=True, slots=True)
class SumView:
    """One sum that was read, with what a person should know to accept it."""

    flow: str  #: FundingFlow.id
    number: int
    title: str  #: "£12,345 to Ashford Council"
    about: str  #: "From Home Office · 2023/24 · Drive · Croydon · Approved, grant"
    words: str  #: the document's
    place: str  #: "paragraph 3.1"
    doubts: tuple[str, ...]
    corrected: str  #: "Corrected; read as £1 to A", "" where it stands as it was read
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class PendingView:
    """One document that waits, in display text."""

    name: str
    heading: str  #: reference and title
    summary: str  #: "12 sums of money, 3 new names, 2 things to look at"
    facts: tuple[tuple[str, str], ...]  #: label and value
    doubts: tuple[str, ...]  #: about the document, each with its place
    sums: tuple[SumView, ...]
    choices: tuple[tuple[str, str], ...]  #: (flow id, what it is called) to choose a sum to correct


def pending_view(pending: Pending, record: Record, corrections: CorrectionSet) -> PendingView:
    """Return the view of a document that could be read, with the corrections made so far shown in it."""
    after = apply_corrections([record], corrections).records[0]
    decision = after.decision
    checks = Counter(check.verdict for check in record.checks)
    compared = [f"{number:,} {_COMPARED[verdict]}" for verdict in Verdict if (number := checks[verdict])]
    new, look = len(pending.suggestions), len(pending.doubts)
    parts = [words.count(len(after.flows), "sum of money", "sums of money")]
    parts += [words.count(new, "new name")] if new else []
    parts += [words.count(look, "thing to look at", "things to look at")] if look else []
    return PendingView(
        name=pending.name,
        heading=" ".join(part for part in (decision.reference, decision.title) if part) or pending.name,
        summary=", ".join(parts),
        facts=(
            ("File", pending.name),
            ("Decision body", decision.body.name if decision.body else "Not recognised"),
            ("Decided by", decision.decided_by or "Not stated"),
            ("Signed", words.date(decision.signed) if decision.signed else "Not stated"),
            ("Figures compared", ", ".join(compared) or "None could be compared"),
        ),
        doubts=tuple(_doubt(doubt) for doubt in pending.doubts if not doubt.flow),
        sums=_sums(pending, record, after),
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


def values_of(what: str) -> Mapping[str, str]:
    """Return the values that a field can have, each with what it is called; none where it is written freely."""
    if what == Field.STATUS:
        return {member.value: words.STATUS[member] for member in FlowStatus}
    if what == Field.KIND:
        return {member.value: words.KIND[member] for member in FlowKind}
    return {}


def same_as_options(suggestion: Suggestion) -> tuple[str, ...]:
    """Return what a new name may be: a new name, or one of the known ones nearest to it."""
    return (KEEP, *(entity.name for entity in suggestion.nearest))


def unknown_names(correction: Correction, known: CorrectionSet) -> str:
    """Return in a sentence which names of a correction are new to the register; "" where all are known."""
    new = [
        name
        for change in correction.changes
        for name in change.values
        if change.field in NAMED
        and not ((entity := known.entity(name, NAMED[change.field])) is not None and entity.verified)
    ]
    return f"New to the register of names: {words.listed(new)}. Check the spelling." if new else ""


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


def _sums(pending: Pending, record: Record, after: Record) -> tuple[SumView, ...]:
    left = {flow.id: flow for flow in after.flows}
    doubts: dict[str, list[str]] = defaultdict(list)
    for doubt in pending.doubts:
        if doubt.flow:
            doubts[doubt.flow].append(doubt.message)
    return tuple(_sum(number, read, left.get(read.id), doubts[read.id]) for number, read in enumerate(record.flows, 1))


def _sum(number: int, read: FundingFlow, now: FundingFlow | None, doubts: Sequence[str]) -> SumView:
    flow = now or read
    evidence = flow.evidence[0] if flow.evidence else None
    parties = [each for each in (flow.funder, flow.recipient, flow.place, flow.fund, *flow.programmes) if each]
    new = [f"{each.name} is a new name" for each in parties if not each.verified]
    about = (
        f"From {flow.funder.name if flow.funder else 'a funder not named'}",
        words.years(flow.years),
        ", ".join(programme.name for programme in flow.programmes) or "No programme named",
        flow.place.name if flow.place else "",
        flow.fund.name if flow.fund else "",
        f"{words.STATUS[flow.status]}, {words.KIND[flow.kind].lower()}",
    )
    return SumView(
        flow=read.id,
        number=number,
        title=_said(flow),
        about=" · ".join(part for part in about if part),
        words=evidence.quote[:600] if evidence else "",
        place=place_words(evidence.locator, evidence.page) if evidence else "",
        doubts=(*doubts, *new),
        corrected="Taken out" if now is None else "" if now == read else f"Corrected; read as {_said(read)}",
        is_doubtful=bool(doubts),
    )


def _doubt(doubt: Doubt) -> str:
    return f"{doubt.message}{' (' + place_words(doubt.locator) + ')' if doubt.locator else ''}"


def _said(flow: FundingFlow) -> str:
    return f"{words.sum_of(flow)} to {words.recipient(flow)}"
