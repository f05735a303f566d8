"""Facts beside money, drawn: a heading and the table, where there are any."""

from __future__ import annotations

from app.components import cards
from app.viewmodels.table import Table

HEADING = "Also stated"


def draw_facts(table: Table | None) -> None:
    """Draw when something starts and ends, what it is part of, shares and counts; nothing where none is stated."""
    if table:
        cards.heading(HEADING)
        cards.table(table, label=HEADING, key="facts")
