"""Compare: two things side by side."""

from __future__ import annotations

import streamlit as st

from app import resources
from app.components import cards, charts
from app.components.url_state import choose
from app.viewmodels import words
from app.viewmodels.comparison import comparison

PAGE = "compare"


def main() -> None:
    """Draw the page."""
    cards.title("Compare")
    known = resources.things()
    order = sorted(known, key=lambda key: -known[key][1])
    left, right = st.columns(2)
    with left:
        one = choose(
            "One",
            order,
            page=PAGE,
            parameter="one",
            shown=_name,
            placeholder="A programme, organisation, place or fund",
        )
    with right:
        other = choose("Another", order, page=PAGE, parameter="other", shown=_name, placeholder="What to set beside it")
    if not one or not other:
        cards.lead("Choose two things to see their money side by side, year by year.")
        return
    _compare(one, other)


def _compare(one: str, other: str) -> None:
    known = resources.things()
    first, second = known[one][0], known[other][0]
    view = comparison(first, resources.flows(first), second, resources.flows(second), resources.grounds())
    cards.headlines(view.headlines)
    if one == other or not view.years:
        cards.card("Nothing to compare", "Choose two different things for which money is recorded.")
        return
    charts.grouped_bars(
        view.years,
        ((view.one.name, view.one.years), (view.other.name, view.other.years)),
        key="compare",
        alt=view.summary,
    )
    cards.table(view.by_year, label="Money by year", key="by-year", file="whofunds-comparison.csv")
    if view.shared.rows:
        cards.heading("Funders and recipients that both have")
        cards.table(view.shared, label="In common", key="shared")


def _name(key: str) -> str:
    entity, _ = resources.things()[key]
    return f"{entity.name} ({words.THING[entity.kind].lower()})"


main()
