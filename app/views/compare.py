"""The page Compare: two things, or two financial years, side by side."""

from __future__ import annotations

from collections import Counter
from functools import partial

import streamlit as st

from app import resources
from app.briefings.content import Briefing
from app.briefings.known import Known
from app.briefings.of_comparison import briefing_of_things, briefing_of_years
from app.components import cards, charts
from app.components.briefing_download import briefing_buttons
from app.components.html import facts_html
from app.components.pair_bars import pair_bars_html
from app.components.url_state import choose
from app.links import page_link
from app.viewmodels.comparison import YEAR, Comparison, comparison, year_comparison
from app.viewmodels.holdings import leaning_note
from graph.stated.things import thing_key

PAGE = "compare"


def main() -> None:
    """Draw the page."""
    cards.title("Compare")
    dated = Counter(year for stated in resources.every_flow() for year in stated.flow.years)
    years = sorted(dated, reverse=True)
    order = [*resources.names_with_kind(), *(f"{YEAR}{year}" for year in years)]
    left, right = st.columns(2)
    what = "A programme, organisation, place, fund or year"
    with left:
        one = choose("One", order, page=PAGE, parameter="one", shown=_name, placeholder=what)
    alike = [key for key in order if not one or key.startswith(YEAR) == one.startswith(YEAR)]
    with right:
        other = choose("Another", alike, page=PAGE, parameter="other", shown=_name, placeholder="What to set beside it")
    if not one or not other:
        _begin(order, sorted(year for year, _ in dated.most_common(2)), one)
        return
    if one == other:
        cards.card("Nothing to compare", "Both are the same. Choose another for one of them.", shade="wf-warning")
        return
    view = _comparison(one, other)
    briefing_buttons(f"{view.one.name} and {view.other.name}", partial(_briefing, one, other), key="comparison")
    _draw(view)


def _comparison(one: str, other: str) -> Comparison:
    if one.startswith(YEAR):
        first, second = one.removeprefix(YEAR), other.removeprefix(YEAR)
        return year_comparison(first, second, resources.ledger(), resources.heads())
    known = resources.named()
    return comparison(known[one].entity, known[other].entity, resources.ledger(), resources.heads())


def _briefing(one: str, other: str, known: Known) -> Briefing:
    if one.startswith(YEAR):
        return briefing_of_years(one.removeprefix(YEAR), other.removeprefix(YEAR), known)
    things = {thing_key(each.entity): each.entity for each in known.facts.columns.named()}
    return briefing_of_things(things[one], things[other], known)


def _begin(order: list[str], fullest: list[str], one: str) -> None:
    """Draw what can be compared, with pairs to begin with: the things and the two years with the most records."""
    cards.lead("Choose two things, or two financial years, to see their money side by side.")
    kinds = ("programme/", "organisation/", "place/")
    pairs = [[key for key in order if key.startswith(kind)][:2] for kind in kinds]
    pairs.append([f"{YEAR}{year}" for year in fullest])
    links = [
        (page_link(PAGE, one=first, other=second), f"{_plain(first)} and {_plain(second)}")
        for first, second in (pair for pair in pairs if len(pair) == 2)
    ]
    if links and not one:
        cards.card("For example", "", links=links)


def _draw(view: Comparison) -> None:
    cards.headlines(view.headlines)
    cards.lead(view.summary)
    cards.note(leaning_note(resources.heads().values(), resources.areas().names))
    for side in (view.one, view.other):
        for said in filter(None, (side.joint_note, side.note)):
            cards.note(said)
    if not view.parts:
        return
    sides = ((view.one.name, view.one.held), (view.other.name, view.other.held))
    if view.is_of_years:
        charts.grouped_bars(view.parts, sides, key="compare", alt=view.summary)
    else:
        st.html(pair_bars_html(view.parts, sides))
    cards.table(view.by_part, label="Money side by side", key="by-part", file="whofunds-comparison.csv")
    if view.shared.rows:
        cards.heading("Funders and recipients that both have")
        cards.table(view.shared, label="In common", key="shared", file="whofunds-in-common.csv")
    if view.apart.rows:
        cards.heading("On one side only")
        cards.table(view.apart, label="On one side only", key="apart", file="whofunds-on-one-side.csv")
    st.html(facts_html((side.name, "Its own page", side.href) for side in (view.one, view.other)))


def _name(key: str) -> str:
    if key.startswith(YEAR):
        return f"{_plain(key)} (financial year)"
    return resources.names_with_kind()[key]


def _plain(key: str) -> str:
    return key.removeprefix(YEAR) if key.startswith(YEAR) else resources.named()[key].entity.name


main()
