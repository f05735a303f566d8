"""Draw passages of the decisions closest in meaning to a thing, once the language model is loaded."""

from __future__ import annotations

import streamlit as st

from app import resources, warming
from app.components import cards
from app.components.hits import draw_hits
from app.links import page_link
from app.viewmodels.hits import best_of_each, hit_views
from graph.errors import WhofundsError
from graph.model import Entity
from graph.search.index import Filters

SHOWN = 5
LOOKED_AT = 30


def draw_related(entity: Entity, described: str) -> None:
    """Draw the passages; while the model is loading, a note that refreshes itself."""
    loading = warming.is_loading()
    st.fragment(_passages, run_every=1.0 if loading else None)(entity, described, loading)


def _passages(entity: Entity, described: str, waited: bool) -> None:
    if warming.is_loading():
        cards.note("The passages come in a moment: the language model is still being loaded.")
        return
    if waited:
        st.rerun()
    try:
        hits = resources.search(f"{entity.name}. {described}".strip(" ."), LOOKED_AT, Filters())
    except WhofundsError as error:
        cards.failed("The search cannot run", error)
        return
    if not hits:
        cards.note("No passage is near it in meaning.")
        return
    cards.note("Nearest in meaning, the best of each decision.")
    draw_hits(hit_views(best_of_each(hits, SHOWN), resources.heads()))
    st.html(cards.html_links([(page_link("decisions", search=entity.name), "Find more passages about it")]))
