"""Checks: figures that do not add up or contradict each other, with the words on both sides."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from app import resources
from app.components import cards
from app.components.url_state import choose
from app.viewmodels import words
from app.viewmodels.checks import check_views, chosen
from graph.model import Verdict

PAGE = "checks"
SHOWN = 25


def main() -> None:
    """Draw the page."""
    cards.title("Do the figures add up?")
    cards.lead(
        "Figures that decisions state are compared: parts with totals, a figure said twice, money in with money out."
    )
    views = check_views(resources.checks(), resources.heads())
    counts = Counter(view.verdict for view in views)
    bodies = sorted({view.body for view in views if view.body})
    left, right = st.columns(2)
    with left:
        verdict = choose(
            "Show", [*Verdict], page=PAGE, parameter="show", default=Verdict.CONFLICT.value, nothing=False,
            shown=lambda value: f"{words.VERDICT[Verdict(value)]} ({counts[Verdict(value)]:,})",
        )  # fmt: skip
    with right:
        body = choose("Decision body", bodies, page=PAGE, parameter="body", placeholder="All")
    found = chosen(views, verdicts=frozenset({Verdict(verdict)}), body=body)
    if not found:
        cards.card("Nothing to show", "No comparison of figures came out like this.")
        return
    cards.note(words.count(len(found), "comparison"))
    every = st.session_state.get("checks:all", False)
    cards.check_cards(found if every else found[:SHOWN])
    if len(found) > SHOWN and not every:
        st.button(f"Show all {len(found):,}", on_click=lambda: st.session_state.update({"checks:all": True}))


main()
