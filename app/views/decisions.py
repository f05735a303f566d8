"""Decisions: choose by facets, or search their text by meaning."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app import resources
from app.components import cards
from app.components.hits import draw_hits
from app.components.url_state import choose, entered, switch
from app.viewmodels import words
from app.viewmodels.decision_list import Choice, Facts, chosen, decision_table, facets, facts
from app.viewmodels.hits import hit_views
from graph.errors import WhofundsError
from graph.search.index import Filters

PAGE = "decisions"
HITS = 30
EXAMPLE = "help for people followed by a former partner"


def main() -> None:
    """Draw the page."""
    cards.title("Decisions")
    heads = resources.heads()
    known = facts(heads.values(), resources.every_flow(), resources.checks(), resources.grounds())
    text = entered(
        "Search the text by meaning", "Search", page=PAGE, parameter="search", longest=400, placeholder=EXAMPLE
    )
    choice = _choice(known)
    found = chosen(known, choice)
    if text:
        _search(text, choice, {fact.head.document for fact in found})
        return
    cards.note(f"{words.count(len(found), 'decision')}, latest first.")
    if found:
        cards.table(decision_table(found), label="Decisions", key="decisions", file="whofunds-decisions.csv")
    else:
        cards.card("No decision fits", "Clear one of the filters above to see more.")


def _choice(known: tuple[Facts, ...]) -> Choice:
    there = facets(known)
    boxes = (
        ("Decision body", "body", there.bodies),
        ("Programme", "programme", there.programmes),
        ("Financial year", "year", there.years),
        ("Kind of record", "type", there.record_types),
    )
    picked = []
    for column, (label, parameter, counts) in zip(st.columns(4), boxes, strict=True):
        with column:
            picked.append(_facet(label, parameter, counts))
    with_checks = switch("Only decisions whose figures do not add up", page=PAGE, parameter="checks")
    body, programme, year, record_type = picked
    return Choice(body, year, programme, record_type, with_checks)


def _facet(label: str, parameter: str, counts: Mapping[str, int]) -> str:
    def shown(name: str) -> str:
        return f"{name[:1].upper()}{name[1:]} ({counts[name]:,})"

    return choose(label, list(counts), page=PAGE, parameter=parameter, placeholder="All", shown=shown)


def _search(text: str, choice: Choice, documents: set[str]) -> None:
    filters = Filters(
        body=choice.body or None,
        programme=choice.programme or None,
        year=choice.year or None,
        record_type=choice.record_type or None,
    )
    try:
        with st.spinner("Searching. The first search takes a few seconds while the language model loads."):
            hits = resources.search(text, HITS, filters)
    except WhofundsError as error:
        cards.failed("The search cannot run", error)
        return
    views = hit_views([hit for hit in hits if hit.document in documents], resources.heads())
    cards.note(f"{words.count(len(views), 'passage')}, closest first.")
    if views:
        draw_hits(views)
    else:
        cards.card("No passage found", "Try other words, or clear the filters.")


main()
