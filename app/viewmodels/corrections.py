"""Corrections as display text: what people set right in a document's figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.commands.correct import said
from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.table import Cell, Table, cells
from graph.corrections.corrected import Outcome, State
from graph.corrections.correction import Correction
from graph.corrections.notes import CorrectionNote
from graph.identifiers import document_name
from graph.stated.decisions import document_of

STATE = {
    State.APPLIED: "In force",
    State.UNDONE: "Taken back",
    State.WAITING: "Waits for its document",
    State.LOST: "Found nothing to correct",
}


def corrections_table(found: Iterable[tuple[Correction, Outcome]]) -> Table:
    """Return every correction, latest first, with what became of it."""
    rows = tuple(
        cells(
            correction.id,
            words.date(correction.when[:10]),
            correction.who,
            Cell(said(correction), decision_link(correction.flow.document) if correction.flow else ""),
            correction.why,
            Cell(STATE[outcome.state], note=outcome.reason),
        )
        for correction, outcome in reversed(list(found))
    )
    return Table(("Id", "When", "Who", "What", "Why", "State"), rows)


def corrections_of(document: str, notes: Mapping[str, tuple[CorrectionNote, ...]]) -> tuple[tuple[str, str], ...]:
    """Return the corrections of a document as (what was done, the document's own words), oldest first."""
    mine = [
        note for about, each in notes.items() if document in (document_of(about), document_name(about)) for note in each
    ]
    return tuple(
        (note.sentence, f"The document says at {note.locator}: “{note.quote}”" if note.quote else "")
        for note in sorted(mine, key=lambda note: (note.when, note.id))
    )
