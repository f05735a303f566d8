"""Decisions: choose by facets, or search their text by meaning."""

from __future__ import annotations

import streamlit as st

from app import resources
from app.components import cards
from app.components.hits import draw_hits
from app.components.url_state import choose, given, switch
from app.viewmodels import words
from app.viewmodels.decision_list import Choice, chosen, decision_table, facets, facts
from app.viewmodels.hits import hit_views
from graph.errors import WhofundsError

PAGE = "decisions"
HITS = 30


def main() -> None:
    """Draw the page."""
    cards.title("Decisions")
    heads = resources.heads()
    known = facts(heads.values(), resources.every_flow(), resources.checks())
    text = _search_box()
    left, choice = facets(known), Choice()
    columns = st.columns(4)
    with columns[0]:
        body = choose(
            "Decision body",
            list(left.bodies),
            page=PAGE,
            parameter="body",
            placeholder="All",
            shown=lambda name: f"{name} ({left.bodies[name]})",
        )
    with columns[1]:
        programme = choose(
            "Programme",
            list(left.programmes),
            page=PAGE,
            parameter="programme",
            placeholder="All",
            shown=lambda name: f"{name} ({left.programmes[name]})",
        )
    with columns[2]:
        year = choose(
            "Financial year",
            list(left.years),
            page=PAGE,
            parameter="year",
            placeholder="All",
            shown=lambda name: f"{name} ({left.years[name]})",
        )
    with columns[3]:
        record_type = choose(
            "Kind of record",
            list(left.record_types),
            page=PAGE,
            parameter="type",
            placeholder="All",
            shown=lambda name: f"{name.capitalize()} ({left.record_types[name]})",
        )
    with_checks = switch("Only decisions whose figures do not add up", page=PAGE, parameter="checks")
    choice = Choice(body, year, programme, record_type, with_checks)
    found = chosen(known, choice)
    if text:
        _search(text, {fact.head.document for fact in found} if choice != Choice() else None)
        return
    cards.note(f"{words.count(len(found), 'decision')}, latest first.")
    if found:
        cards.table(decision_table(found), label="Decisions", key="decisions", file="whofunds-decisions.csv")
    else:
        cards.card("No decision fits", "Clear one of the filters above to see more.")


def _search_box() -> str:
    text = given("search").strip()
    with st.form("search", border=False):
        box, button = st.columns([5, 1], vertical_alignment="bottom")
        if st.session_state.get("decisions:shown") != text or "decisions:text" not in st.session_state:
            st.session_state["decisions:text"] = st.session_state["decisions:shown"] = text
        typed = box.text_input(
            "Search the text by meaning",
            key="decisions:text",
            max_chars=400,
            placeholder="help for people followed by a former partner",
        )
        pressed = button.form_submit_button("Search", type="primary", width="stretch")
    if pressed and (typed or "").strip() != text:
        text = (typed or "").strip()
        st.session_state["decisions:shown"] = text
        if text:
            st.query_params["search"] = text
        else:
            del st.query_params["search"]
    return text


def _search(text: str, documents: set[str] | None) -> None:
    try:
        with st.spinner("Searching. The first search takes a few seconds while the language model loads."):
            hits = resources.search(text, HITS)
    except WhofundsError as error:
        cards.failed("The search cannot run", error)
        return
    views = hit_views(hits, resources.heads(), documents)
    cards.note(f"{words.count(len(views), 'passage')}, closest first.")
    if views:
        draw_hits(views, text)
    else:
        cards.card("No passage found", "Try other words, or clear the filters.")


main()
