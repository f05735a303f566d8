"""A document under review as display text: what was read, its doubts, and what can be corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.viewmodels import sureness, words
from app.viewmodels.quotes import place_words
from graph.corrections.corrected import apply_corrections
from graph.corrections.correction import NAMED, Action, Correction, CorrectionRefused, CorrectionSet, Field
from graph.corrections.values import change_of, shown
from graph.model import Alternative, Band, Doubt, FlowKind, FlowStatus, Funding, FundingFlow, Record, Verdict
from ingest.correcting import flow_correction, withdrawal
from ingest.doubts import Remark, Suggestion, left_open
from ingest.intake import Pending
from ingest.stakes import find_in_record, key_in_record, money_at_stake, review_order

WITHDRAW = "withdraw"
KEEP = "A new name"
MOST_OTHERS = 2  #: other values of a doubtful part that are offered
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
class Other:
    """An alternative value of a doubtful slot."""

    value: str
    button: str  #: "Use Refuge instead"
    said: str  #: "Refuge (about 2 in 10)"; "" where the doubt's own sentence says it


@dataclass(frozen=True, slots=True)
class SlotView:
    """A doubtful slot of a sum with its alternatives."""

    slot: str  #: as a doubt names it
    said: str  #: "Who receives it: Ashford Council, right about 6 times in 10"
    right: str  #: what was read, to say that it is right
    others: tuple[Other, ...]  #: what else it may be, the likeliest first
    chosen: str  #: what a person chose, in words; "" for nothing yet


@dataclass(frozen=True, slots=True)
class SumView:
    """One sum, or one award without an amount, with what a person needs to accept it."""

    flow: str  #: its key in the record
    label: str  #: "Sum 1", "Award 2"
    title: str  #: "£12,345 to Ashford Council"
    band: str  #: "To be checked"
    about: str  #: "From Home Office · 2023/24 · Drive · Croydon · Approved, grant"
    words: str  #: the document's
    place: str  #: "paragraph 3.1"
    doubts: tuple[str, ...]
    slots: tuple[SlotView, ...]
    corrected: str  #: "Corrected; read as £1 to A", "" where it stands as it was read


@dataclass(frozen=True, slots=True)
class PendingView:
    """One document under review."""

    name: str
    heading: str  #: reference and title
    summary: str  #: "12 sums of money, 3 new names, 2 things to look at"
    facts: tuple[tuple[str, str], ...]  #: label and value
    doubts: tuple[str, ...]  #: about the document, each with its place
    sums: tuple[SumView, ...]
    choices: tuple[tuple[str, str], ...]  #: (flow id, what it is called) to choose a sum to correct


def pending_view(
    pending: Pending, record: Record, corrections: CorrectionSet, chosen: Mapping[str, Mapping[str, str]] | None = None
) -> PendingView:
    """Return the view of a readable document, with the corrections made so far applied.

    Args:
        pending: The document.
        record: Its uncorrected record.
        corrections: The corrections so far, including values chosen for doubtful slots.
        chosen: The values chosen for doubtful slots, by the key of the flow or award.
    """
    after = apply_corrections([record], corrections).records[0]
    decision = after.decision
    checks = Counter(check.verdict for check in record.checks)
    compared = [f"{number:,} {_COMPARED[verdict]}" for verdict in Verdict if (number := checks[verdict])]
    new, look = len(pending.suggestions), len(pending.doubts)
    parts = [words.count(len(after.flows), "sum of money", "sums of money")]
    parts += [words.count(len(after.awards), "award") + " without a sum"] if after.awards else []
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
            *_stake(record),
        ),
        doubts=tuple(_doubt(doubt) for doubt in pending.doubts if not doubt.flow),
        sums=_sums(record, after, chosen or {}),
        choices=choices_of(record),
    )


def choices_of(record: Record) -> tuple[tuple[str, str], ...]:
    """Return (key, label) of the flows and awards of a record in review order, as options of a box."""
    return tuple((key_in_record(each), f"{label}: {_said(each)}") for label, each in _labelled(record))


def draft(record: Record, flow_id: str, what: str, value: str, *, who: str, why: str) -> Correction:
    """Return the correction that a person entered in the form.

    Raises:
        CorrectionRefused: The value does not fit the field, or name or reason is missing.
    """
    flow = find_in_record(record, flow_id)
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
    """Return the possible values of a field with their labels; {} if it is free text."""
    if what == Field.STATUS:
        return {member.value: words.STATUS[member] for member in FlowStatus}
    if what == Field.KIND:
        return {member.value: words.KIND[member] for member in FlowKind}
    return {}


def same_as_options(suggestion: Suggestion) -> tuple[str, ...]:
    """Return the options for a new name: keep it as new, or merge it with one of the nearest known names."""
    return (KEEP, *(entity.name for entity in suggestion.nearest))


def unknown_names(correction: Correction, known: CorrectionSet) -> str:
    """Return a sentence with the names in a correction that the registry lacks; "" if all are known."""
    new = [
        name
        for change in correction.changes
        for name in change.values
        if change.field in NAMED
        and not ((entity := known.entity(name, NAMED[change.field])) is not None and entity.verified)
    ]
    return f"New to the register of names: {words.listed(new)}. Check the spelling." if new else ""


def said_of(correction: Correction) -> str:
    """Return a correction made in a review in one line."""
    if correction.action is Action.WITHDRAW:
        return f"Taken out: {_key_said(correction)}. {correction.why}"
    was = {change.field: shown(change) for change in correction.was}
    parts = (f"{SETTABLE.get(c.field, c.field)}: {was.get(c.field, '')} → {shown(c)}" for c in correction.changes)
    return f"{_key_said(correction)}: {'; '.join(parts)}. {correction.why}"


def _key_said(correction: Correction) -> str:
    key = correction.flow
    if key is None:
        return ""
    return words.pounds(key.amount) if key.amount is not None else key.recipient


def _stake(record: Record) -> list[tuple[str, str]]:
    amount = money_at_stake(record)
    return [("Not sure", f"{words.pounds(amount)} of the money in it")] if amount else []


def _labelled(record: Record) -> list[tuple[str, Funding]]:
    """Return flows and awards in review order with their labels: "Sum 1", "Award 1"."""
    counts: Counter[str] = Counter()
    found = []
    for each in review_order(record):
        kind = "Sum" if isinstance(each, FundingFlow) else "Award"
        counts[kind] += 1
        found.append((f"{kind} {counts[kind]}", each))
    return found


def _sums(record: Record, after: Record, chosen: Mapping[str, Mapping[str, str]]) -> tuple[SumView, ...]:
    return tuple(
        _sum(label, read, find_in_record(after, key), chosen.get(key, {}))
        for label, read in _labelled(record)
        for key in [key_in_record(read)]
    )


def _sum(label: str, read: Funding, now: Funding | None, chosen: Mapping[str, str]) -> SumView:
    flow = now or read
    evidence = flow.evidence[0] if flow.evidence else None
    parties = [each for each in (flow.funder, flow.recipient, flow.place, flow.fund, *flow.programmes) if each]
    new = [f"{each.name} is a new name" for each in parties if not each.verified]
    about = (
        f"From {flow.funder.name if flow.funder else 'a funder not named'}",
        words.years(flow.years),
        ", ".join(programme.name for programme in flow.programmes) or flow.purpose or "No programme named",
        flow.purpose if flow.programmes else "",
        flow.place.name if flow.place else "",
        flow.fund.name if flow.fund else "",
        f"{words.STATUS[flow.status]}, {words.KIND[flow.kind].lower()}",
    )
    return SumView(
        flow=key_in_record(read),
        label=label,
        title=_said(flow),
        band=words.BAND[flow.band],
        about=" · ".join(part for part in about if part),
        words=evidence.quote[:600] if evidence else "",
        place=place_words(evidence.locator, evidence.page) if evidence else "",
        doubts=(*(left_open(flow) if flow.band is not Band.SURE else ()), *new),
        slots=tuple(_slot(doubt, chosen) for doubt in read.doubts),
        corrected=_corrected(read, now),
    )


def _slot(doubt: Doubt, chosen: Mapping[str, str]) -> SlotView:
    others = [other for other in doubt.alternatives if other.value != doubt.value][:MOST_OTHERS]
    return SlotView(
        slot=doubt.slot,
        said=sureness.doubt_sentence(doubt),
        right=doubt.value,
        others=tuple(_other(doubt.slot, each) for each in others),
        chosen=sureness.value_words(doubt.slot, chosen[doubt.slot]) if doubt.slot in chosen else "",
    )


def _other(slot: str, other: Alternative) -> Other:
    named = sureness.value_words(slot, other.value)
    button = f"Use {named} instead" if other.value else "Leave it open instead"
    return Other(other.value, button, "" if other.reader else f"{named} ({sureness.odds(other.probability)})")


def _corrected(read: Funding, now: Funding | None) -> str:
    if now is None:
        return "Taken out"
    if now == read:
        return ""
    is_confirmed = replace(now, band=read.band, doubts=read.doubts, confidence=read.confidence) == read
    return "Said to be right as it was read" if is_confirmed else f"Corrected; read as {_said(read)}"


def _doubt(doubt: Remark) -> str:
    return f"{doubt.message}{' (' + place_words(doubt.locator) + ')' if doubt.locator else ''}"


def _said(each: Funding) -> str:
    if isinstance(each, FundingFlow):
        return f"{words.sum_of(each)} to {words.recipient(each)}"
    named = each.recipient.name if each.recipient else each.recipient_words or words.OPEN_PARTY
    return f"{named}, no sum printed"
