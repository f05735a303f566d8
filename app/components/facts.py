"""Draw facts other than money: a heading and a table, if there are any."""

from __future__ import annotations

from app.components import cards
from app.viewmodels.table import Table

HEADING = "Also stated"


def draw_facts(table: Table | None) -> None:
    """Draw starts, ends, parts, shares and counts as a table; nothing for None."""
    if table:
        cards.heading(HEADING)
        cards.table(table, label=HEADING, key="facts")
