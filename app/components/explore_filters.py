"""The controls of the Explore page: centre, extent and filters. All of them are stored in the URL."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st

from app.components.cards import fold
from app.components.html import esc, link
from app.components.url_state import choose, choose_many, given, switch
from app.viewmodels import words
from app.viewmodels.network_state import CHANGES, HOPS, LEAST, MOST, SHOWN, kinds_to_choose
from app.viewmodels.network_words import KINDS
from app.viewmodels.reading import Chip
from graph.model import FlowStatus


def draw_choices(page: str, names: Mapping[str, str]) -> None:
    """Draw the boxes for the centre of the picture and for how much of it is shown."""
    options = list(names)
    before = given("around")
    start, end, show = st.columns([3, 3, 2])
    with start:
        around = choose("Around", options, page=page, parameter="around", shown=names.__getitem__,
                        placeholder="Name a thing")  # fmt: skip
        fold("Connection to, and what is shown")
    with end:
        choose("Connection to", options if around else options[:0], page=page, parameter="to",
               shown=names.__getitem__, placeholder="Nothing in particular")  # fmt: skip
    with show:
        _one("Show", SHOWN, page, "show", "money")
    if before and around != before:
        for name in CHANGES:
            st.query_params.pop(name, None)


def draw_filters(page: str, programmes: Mapping[str, str], years: Collection[str]) -> None:
    """Draw the controls for the extent of the picture and the filters, folded away."""
    with st.expander("How far, how many, and filters"):
        left, right = st.columns(2)
        with left:
            _one("How far", HOPS, page, "steps", "1")
            _several("Kinds", kinds_to_choose(), page, "kind", KINDS.__getitem__, "All but places and decisions")
            _several("Programmes", list(programmes), page, "programme", programmes.__getitem__)
            _one("Amount", LEAST, page, "least", "0")
        with right:
            _one("How many", MOST, page, "most", "200")
            _several("Financial years", sorted(years, reverse=True), page, "year", str)
            _several("Standing", [*FlowStatus], page, "status", lambda value: words.STATUS[FlowStatus(value)])
            switch("Only names that have been checked", page=page, parameter="checked")


def draw_chips(shown: Sequence[Chip], clear: str) -> None:
    """Draw a chip for each filter or change, with a link that removes it, and a link that removes all."""
    if not shown:
        st.html('<span class="wf-place"></span>')  # keeps the place, so that the picture below is not built anew
        return
    items = "".join(f"<li>{esc(chip.label)}: <strong>{esc(chip.value)}</strong> {_away(chip)}</li>" for chip in shown)
    every = f'<li style="border:0">{link(clear, "Clear all")}</li>'
    st.html(f'<ul class="wf wf-chips" aria-label="What narrows or changes the picture">{items}{every}</ul>')


def _away(chip: Chip) -> str:
    said = esc(f"Clear {chip.label.lower()}: {chip.value}")
    return f'<a class="wf-link" href="{esc(chip.without)}" aria-label="{said}" title="{said}">×</a>'


def _one(label: str, options: Mapping[str, str], page: str, parameter: str, default: str) -> None:
    choose(label, list(options), page=page, parameter=parameter, shown=options.__getitem__, default=default,
           nothing=False)  # fmt: skip


def _several(
    label: str, options: Sequence[str], page: str, parameter: str, shown: Callable[[str], str], placeholder: str = "All"
) -> None:
    choose_many(label, options, page=page, parameter=parameter, shown=shown, placeholder=placeholder)
