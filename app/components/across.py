"""Draw commissioners by financial years: the map, the matrix, the police areas as a table, the decisions of a cell."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app import resources
from app.briefings.of_across import ALL, briefing_of_across
from app.components import cards, page
from app.components.briefing_download import briefing_buttons
from app.components.tile_map import tile_map_html
from app.components.url_state import choose, given
from app.links import page_link
from app.viewmodels import words
from app.viewmodels.across import Across, Standing
from app.viewmodels.across_tables import Address, areas_table, decisions_behind, matrix
from app.viewmodels.across_words import COUNTED_ONCE, across_headlines, not_loaded
from app.viewmodels.holdings import leaning_note
from app.viewmodels.sureness import EXPLAINED
from app.viewmodels.tiles import tiles

LEADS_ON = (
    "A figure leads to its decisions, which say how sure it is and what is granted as “up to”. "
    "The mark ± has the range of a figure with sums in doubt."
)


def draw_across(key: str, of: str, address: Address) -> None:
    """Draw all of it, with the buttons that download it as a briefing.

    Args:
        key: What it is of: "programme/drive", "kind/stalking"; "" for all that is loaded.
        of: The same as it stands in a sentence: "Drive"; "" for all that is loaded.
        address: The page that it is drawn on.
    """
    view, areas, subject = resources.across(key), resources.areas(), resources.across_of(key)
    if not view.bodies:
        cards.headlines(across_headlines(view, areas.names.keys(), ""))
        cards.card("Nothing is recorded", f"No loaded decision says anything of {of}.")
        return
    figures = st.container()
    cards.note(leaning_note(resources.heads().values(), areas.names))
    with st.columns([1, 2])[0]:
        year = choose("Financial year", view.years, page=address.page, parameter="year", placeholder="All years")
    with figures:
        cards.headlines(across_headlines(view, areas.names.keys(), year or ""))
        title = subject.name if subject.kind else f"{subject.name or ALL} across commissioners"
        briefing_buttons(title, partial(briefing_of_across, subject, areas), key="across")
    shown = tiles(view, areas.layout, areas.commissioners, year, lambda body: address.link(body=body, year=year))
    _chosen(view, of, address, year)
    cards.heading(f"Who has a decision{f' for {year}' if year and year != words.NO_YEAR else ''}", anchor="map")
    st.html(tile_map_html(shown, label=f"Police areas: {of or 'all that is loaded'}", after="#matrix"))
    with st.expander("The map as a table"):
        cards.table(areas_table(shown), label="Police areas", key="areas", file="whofunds-police-areas.csv")
    cards.heading("By commissioner and financial year", anchor="matrix")
    cards.note(" ".join(part for part in (COUNTED_ONCE, LEADS_ON, view.sureness) if part))
    st.html(cards.html_links([EXPLAINED]))
    with st.container(key="matrix"):
        cards.table(matrix(view, address, year or ""), label="Money by commissioner and year", key="by-year",
                    file="whofunds-commissioners-by-year.csv")  # fmt: skip
    cards.note(not_loaded(shown, view, of))


def _chosen(view: Across, of: str, address: Address, year: str) -> None:
    """Draw the decisions of the body in the URL, if it names one."""
    body = given("body")
    known = {each.id: each for each in (*resources.areas().commissioners.values(), *filter(None, view.bodies.values()))}
    if not body or body not in known:
        return
    name = known[body].name
    holding = view.at(body, year)
    cards.heading(f"{name}{f', {year}' if year else ''}: {holding.figure}", anchor="chosen")
    if holding.standing is Standing.NOTHING:
        loaded = words.count(view.loaded.get(body, 0), "decision")
        others = f" {loaded} of it about other things or years." if view.loaded.get(body) else ""
        about = f" about {of}" if of else ""
        cards.note(f"No decision of this body{about}{f' for {year}' if year else ''} is loaded.{others}")
    else:
        if holding.note:
            cards.note(f"{holding.note[0].upper()}{holding.note[1:]}.")
        table = decisions_behind(holding, resources.heads())
        cards.table(table, label="Decisions behind this figure", key="behind")
    links = [(address.link(year=year), "Close")]
    if year:
        links.insert(0, (address.link(body=body), "All years of this commissioner"))
    if view.loaded.get(body):
        links.insert(0, (page_link("decisions", body=name), "All its decisions"))
    st.html(cards.html_links(links, row=True))
    page.scroll_to("chosen", f"{address.link(body=body, year=year)}")
