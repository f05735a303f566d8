"""The list of all programmes, organisations, places or funds, with a search box."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.components import cards
from app.components.url_state import choose
from app.links import page_link, thing_link
from app.viewmodels import words
from app.viewmodels.table import Cell, Table
from graph.model import EntityKind
from graph.stated.things import NamedThing


def draw_directory(kind: EntityKind, known: Mapping[str, NamedThing], asked: str) -> None:
    """Draw the list of known things of a kind; `asked` is an id from the URL that is unknown, "" for none."""
    cards.title(words.THINGS[kind])
    if asked:
        cards.card(
            "Not found",
            f"No {words.THING[kind].lower()} “{asked}” is known here. Choose one below.",
            shade="wf-warning",
        )
    if kind is EntityKind.PLACE:
        st.html(cards.html_links([(page_link("across"), "Police areas on a map, with what their commissioners have")]))
    order = sorted(known, key=lambda name: (-known[name].flows, -known[name].awards, known[name].entity.name))
    names = {name: known[name].entity.name for name in order}
    chosen = choose(
        f"Find one of {len(order):,}", order, page=kind.value, parameter="find", shown=names.__getitem__
    )
    if chosen:
        st.query_params.clear()
        st.query_params["id"] = chosen
        st.rerun()
    rows = tuple(_row(known[name]) for name in order)
    cards.table(
        Table((words.THING[kind], "Sums of money that name it"), rows, frozenset({1})),
        label=words.THINGS[kind],
        key=kind.value,
    )


def _row(named: NamedThing) -> tuple[Cell, ...]:
    entity = named.entity
    bare = f"{words.count(named.awards, 'award')} without a sum" if named.awards else ""
    return (
        Cell(entity.name, thing_link(entity), note="" if entity.verified else "New name, not yet checked"),
        Cell(f"{named.flows:,}", note=bare, plain=str(named.flows)),
    )
