"""Awards whose sum is not printed, drawn: a heading, what they are, the table."""

from __future__ import annotations

from app.components import cards
from app.viewmodels.awards import HEADING, NOTE
from app.viewmodels.sureness import LEGEND
from app.viewmodels.table import Table

ANCHOR = "without-sum"


def draw_awards(table: Table) -> None:
    """Draw the awards of a page."""
    cards.heading(HEADING, anchor=ANCHOR)
    cards.note(NOTE)
    cards.table(table, label=HEADING, key="awards")
    cards.note(LEGEND)
