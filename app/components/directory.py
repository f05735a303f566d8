"""The list of all programmes, organisations, places or funds, with a box to find one."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.components import cards
from app.components.url_state import choose
from app.links import thing_link
from app.viewmodels import words
from app.viewmodels.table import Cell, Table
from graph.model import Entity, EntityKind


def draw_directory(kind: EntityKind, known: Mapping[str, tuple[Entity, int]], asked: str) -> None:
    """Draw the list of what is known of a kind; `asked` is an id that is not among them, "" for none."""
    cards.title(words.THINGS[kind])
    if asked:
        cards.card(
            "Not found",
            f"No {words.THING[kind].lower()} “{asked}” is known here. Choose one below.",
            shade="wf-warning",
        )
    order = sorted(known, key=lambda name: (-known[name][1], known[name][0].name))
    chosen = choose(
        f"Find one of {len(order):,}", order, page=kind.value, parameter="find", shown=lambda name: known[name][0].name
    )
    if chosen:
        st.query_params.clear()
        st.query_params["id"] = chosen
        st.rerun()
    rows = tuple(
        (
            Cell(
                known[name][0].name,
                thing_link(known[name][0]),
                note="" if known[name][0].verified else "New name, not yet checked",
            ),
            Cell(f"{known[name][1]:,}", plain=str(known[name][1])),
        )
        for name in order
    )
    cards.table(
        Table((words.THING[kind], "Sums of money that name it"), rows, frozenset({1})),
        label=words.THINGS[kind],
        key=kind.value,
    )
