"""The page Explore: the network around a thing, or the path between two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from app import resources
from app.components import cards
from app.components.explore_filters import draw_chips, draw_choices, draw_filters
from app.components.network import draw_network, legend
from app.components.network_steps import draw_way
from app.components.url_state import given
from app.links import explore_link
from app.viewmodels import network_state as state
from app.viewmodels import words
from app.viewmodels.network import NetworkView
from app.viewmodels.network_evidence import way_steps
from app.viewmodels.table import table_csv
from graph.exports.graphml import picture_graphml as graphml

PAGE = "explore"
LONG, FIRST = 200, 30  #: a table of more rows than the one is sent by its first rows: the picture must not wait for it


def main() -> None:
    """Draw the page."""
    cards.title("Explore who is connected with whom")
    things = resources.things()
    names = {key: name for key, name in resources.names_with_kind().items() if key in things}
    asked = given("around")
    if asked and asked not in names:
        cards.card(
            "That is not in the loaded decisions",
            f"None of them names “{asked}”.",
            shade="wf-warning",
        )
    draw_choices(PAGE, names)
    if given("around") not in names:
        _start(names)
        return
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    caption = resources.node_name
    draw_chips(state.chips(address, caption), state.cleared(address))
    filters = state.filters_in_words(address, caption)
    view = _draw(address, filters)
    programmes = {key: name for key, name in sorted(names.items()) if key.startswith("programme/")}
    draw_filters(PAGE, programmes, set(resources.years()))
    if view is not None and view.picture.ways:
        _tell(view)
    if view is not None:
        _take_away(view, filters)


def _start(names: Mapping[str, str]) -> None:
    cards.lead("Choose an organisation, programme, place or fund to see what it is connected with.")
    leading = [(explore_link(key), name) for key, name in names.items() if not key.startswith("place/")]
    st.html(cards.html_links(leading))


def _draw(address: state.Address, filters: str) -> NetworkView | None:
    view = resources.picture(address)
    if view is None:
        said = f"Nothing is left with these filters: {filters}." if filters else "No loaded decision joins them."
        links = [(state.unfiltered(address), "Clear the filters")] if filters else []
        cards.card("No connection found", f"{said}\nGo further, or choose something else.", links=links)
        return None
    heads = resources.heads()
    st.html(f'<p class="wf">{cards.esc(view.summary)} {cards.esc(view.note)}</p>')
    source = f"Read from {words.count(len(heads), 'decision')}."
    changes = state.explored(address)
    draw_network(view, heads, key="network", centre=given("around"), changes=changes, filters=filters, source=source)
    legend(view)
    cards.note(
        "Click a mark for its card, a line for the words behind it; what you drag stays where you put it. "
        "Expanded, hidden and pinned marks are kept in the address of the page."
    )
    return view


def _tell(view: NetworkView) -> None:
    names = {**view.picture.named, **{node.key: node.name for node in view.nodes}}
    cards.heading("How they are connected")
    for number, way in enumerate(view.picture.ways, 1):
        if len(view.picture.ways) > 1:
            st.html(f'<h3 class="wf">Way {number}: {cards.esc(" → ".join(names[key] for key in way))}</h3>')
        draw_way(way_steps(way, view.picture, names, resources.heads()))


def _take_away(view: NetworkView, filters: str) -> None:
    every = len(view.table.rows)
    short = every > LONG and not st.session_state.get("ties:every")
    rows = view.table.rows[:FIRST] if short else view.table.rows
    shown = replace(view.table, rows=rows, caption=f"Filtered by {filters}" if filters else "")
    with st.expander(f"The same as a table ({words.count(every, 'row')})"):
        cards.table(shown, label="Connections", key="ties")
        if short:
            st.button(f"Show all {every:,} rows", on_click=lambda: st.session_state.update({"ties:every": True}))
    cards.download("Download as CSV", table_csv(view.table), "whofunds-connections.csv", key="ties:csv")
    cards.download(
        "Download as GraphML", graphml(view.picture), "whofunds-connections.graphml", key="graphml",
        mime="application/xml",
    )  # fmt: skip


main()
