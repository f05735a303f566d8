"""Corrections as display text: what people set right in a document's figures."""

from __future__ import annotations

from collections.abc import Mapping

from graph.correction_notes import CorrectionNote
from graph.decisions import document_of
from graph.identifiers import document_name


def corrections_of(document: str, notes: Mapping[str, tuple[CorrectionNote, ...]]) -> tuple[tuple[str, str], ...]:
    """Return the corrections of a document as (what was done, the document's own words), oldest first."""
    mine = [
        note for about, each in notes.items() if document in (document_of(about), document_name(about)) for note in each
    ]
    return tuple(
        (note.sentence, f"The document says at {note.locator}: “{note.quote}”" if note.quote else "")
        for note in sorted(mine, key=lambda note: (note.when, note.id))
    )
