"""Draw what could not be read from a document: its issues, and figures that are in no flow."""

from __future__ import annotations

from app.components import cards
from app.viewmodels.decision import unread_lines
from graph.model import Record


def draw_not_read(record: Record) -> None:
    """Draw a card for each issue and one for the unread figures; nothing if all was read."""
    for issue in record.issues:
        cards.card("Not everything could be read", issue, shade="wf-warning")
    if record.unread.figures:
        cards.card("Figures that were not read", "\n".join(unread_lines(record.unread)), shade="wf-warning")
