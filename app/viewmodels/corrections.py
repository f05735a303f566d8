"""Corrections as display text: what people changed in a document's figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.table import Cell, Table, cells
from graph.corrections.corrected import Outcome, State
from graph.corrections.correction import Action, Correction, FlowKey
from graph.corrections.notes import CorrectionNote
from graph.corrections.values import shown
from graph.identifiers import document_name
from graph.stated.decisions import DecisionHead, document_of

STATE = {
    State.APPLIED: "In force",
    State.UNDONE: "Taken back",
    State.WAITING: "Waits for its document",
    State.LOST: "Found nothing to correct",
}


def corrections_table(
    found: Iterable[tuple[Correction, Outcome]], heads: Mapping[str, DecisionHead] | None = None
) -> Table:
    """Return every correction with its outcome, latest first."""
    rows = tuple(
        cells(
            correction.id,
            words.date(correction.when[:10]),
            correction.who,
            said(correction),
            _decision(correction, heads or {}),
            correction.why,
            Cell(STATE[outcome.state], note=outcome.reason),
        )
        for correction, outcome in reversed(list(found))
    )
    return Table(("Id", "When", "Who", "What", "Decision", "Why", "State"), rows)


def said(correction: Correction) -> str:
    """Return the effect of a correction in one line: "Recipient of £1,000: Ashford → Kent"."""
    money = _money(correction.flow)
    of = f" of {money}" if money else ""
    if correction.action is Action.UNDO:
        return f"Takes back {correction.undoes}"
    if correction.action is Action.WITHDRAW:
        return f"Taken out: {money}"
    if correction.action is Action.NOTE:
        return f"Note on {money}" if money else "Note on the decision"
    if correction.action is Action.MERGE:
        return f"{correction.name} is the same as {correction.into}"
    if correction.action is Action.NAME:
        right = f"is rightly called {correction.into}" if correction.into else "was checked"
        return f"{correction.name} {right}"
    was = {change.field: shown(change) for change in correction.was}
    changes = [(each.field, was.get(each.field, "?"), shown(each)) for each in correction.changes]
    return "; ".join(
        f"{field.capitalize()}{of} confirmed: {new}" if old == new else f"{field.capitalize()}{of}: {old} → {new}"
        for field, old, new in changes
    )


def _money(key: FlowKey | None) -> str:
    """Return the money that a correction changes: "£1,000", "the award to Refuge"; "" if it changes none."""
    if key is None:
        return ""
    if key.is_award:
        return f"the award to {key.recipient or 'nobody named'}"
    return words.pounds(key.amount) if key.amount is not None else ""


def said_shortly(correction: Correction) -> str:
    """Return a correction in one line, as an option to choose."""
    return f"{correction.id}: {said(correction)} ({correction.who})"


def _decision(correction: Correction, heads: Mapping[str, DecisionHead]) -> Cell:
    if correction.flow is None:
        return Cell("—", plain="")
    head = heads.get(correction.flow.document)
    caption = head.caption if head else correction.flow.document
    link = decision_link(correction.flow.document, at=correction.flow.locator)
    return Cell(caption, link if head else "", note=correction.flow.locator)


def corrections_of(document: str, notes: Mapping[str, tuple[CorrectionNote, ...]]) -> tuple[tuple[str, str], ...]:
    """Return (change, the document's own words) for each correction of a document, oldest first."""
    mine = [
        note for about, each in notes.items() if document in (document_of(about), document_name(about)) for note in each
    ]
    return tuple(
        (note.sentence, f"The document says at {note.locator}: “{note.quote}”" if note.quote else "")
        for note in sorted(mine, key=lambda note: (note.when, note.id))
    )


def corrected_flows(notes: Mapping[str, tuple[CorrectionNote, ...]]) -> dict[str, str]:
    """Return the corrections of each flow in a few words for a table, by the flow's IRI."""
    return {
        about: "; ".join(
            f"{name.capitalize()} confirmed" if old == new else f"{name.capitalize()} corrected from {old}"
            for note in each
            for name, old, new in note.changes
        )
        for about, each in notes.items()
        if any(note.changes for note in each)
    }
