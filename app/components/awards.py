"""Draw awards without a printed amount: a heading, an explanation, the table."""

from __future__ import annotations

import streamlit as st

from app.components import cards
from app.viewmodels.awards import HEADING, NOTE
from app.viewmodels.sureness import EXPLAINED
from app.viewmodels.table import Table


def draw_awards(table: Table, *, with_legend: bool = True) -> None:
    """Draw the awards under a heading; leave out what the bands mean if another list of the page leads there."""
    cards.heading(HEADING)
    draw_awards_table(table, with_legend=with_legend)


def draw_awards_table(table: Table, *, with_legend: bool = True) -> None:
    """Draw the awards without a heading."""
    cards.note(NOTE)
    cards.table(table, label=HEADING, key="awards")
    if with_legend:
        st.html(cards.html_links([EXPLAINED]))
