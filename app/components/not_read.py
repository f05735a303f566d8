"""What could not be read of a document, drawn: its issues, and the figures that led to nothing."""

from __future__ import annotations

from app.components import cards
from app.viewmodels.decision import unread_lines
from graph.model import Record


def draw_not_read(record: Record) -> None:
    """Draw a card for each issue, and one for the figures that were not read; nothing where all was read."""
    for issue in record.issues:
        cards.card("Not everything could be read", issue, shade="wf-warning")
    if record.unread.figures:
        cards.card("Figures that were not read", "\n".join(unread_lines(record.unread)), shade="wf-warning")
