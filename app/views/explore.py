"""Explore: the network around a thing, or the way between two."""

from __future__ import annotations

import streamlit as st

from app import resources
from app.components import cards
from app.components.explore_filters import draw_filters
from app.components.network import draw_network, legend
from app.components.url_state import choose, given
from app.links import explore_link
from app.viewmodels import words
from app.viewmodels.network import NetworkView, network_view
from app.viewmodels.network_export import graphml
from graph.networks.layout import layout
from graph.networks.network import Filter, Picture
from graph.networks.views import money, neighbourhood, partnership, path

PAGE = "explore"
HOPS = {"1": "One step", "2": "Two steps", "3": "Three steps"}
MOST = {"50": "50 at most", "200": "200 at most", "500": "500 at most", "1500": "1,500 at most"}
SHOWN = {"all": "Everything", "money": "Who pays whom", "partners": "Who works with whom"}


def main() -> None:
    """Draw the page."""
    cards.title("Explore who is connected with whom")
    known = resources.things()
    asked = given("around")
    if asked and asked not in known:
        cards.card(
            "That is not in the graph",
            f"Nothing called “{asked}” is named in the loaded decisions.",
            shade="wf-warning",
        )
    by_flows = sorted(known, key=lambda key: -known[key][1])
    start, end, reach, show, size = st.columns([3, 3, 2, 2, 2])
    with start:
        around = choose("Around", by_flows, page=PAGE, parameter="around", shown=_name, placeholder="Name a thing")
    with end:
        to = choose(
            "Connection to", by_flows, page=PAGE, parameter="to", shown=_name, placeholder="Nothing in particular"
        )
    with reach:
        hops = choose(
            "How far", list(HOPS), page=PAGE, parameter="steps", shown=HOPS.__getitem__, default="1", nothing=False
        )
    with show:
        shown = choose(
            "Show", list(SHOWN), page=PAGE, parameter="show", shown=SHOWN.__getitem__, default="all", nothing=False
        )
    with size:
        most = choose(
            "How many", list(MOST), page=PAGE, parameter="most", shown=MOST.__getitem__, default="200", nothing=False
        )
    if not around:
        _start(by_flows)
        return
    picture = _picture(around, to, int(hops), shown, draw_filters(PAGE, _name), int(most))
    _draw(picture, around, to)


def _name(key: str) -> str:
    entity, _ = resources.things()[key]
    return f"{entity.name} ({words.THING[entity.kind].lower()})"


def _start(by_flows: list[str]) -> None:
    cards.lead("Choose an organisation, programme, place or fund to see what it is connected with.")
    leading = [key for key in by_flows if not key.startswith("place/")]
    st.html(cards.html_links((explore_link(key), _name(key)) for key in leading))


def _picture(around: str, to: str, hops: int, shown: str, keep: Filter, most: int) -> Picture:
    network = resources.network()
    if to:
        return path(network, around, to, keep=keep)
    part = {"money": money, "partners": partnership}.get(shown, neighbourhood)
    return part(network, around, hops=hops, keep=keep, limit=most)


def _draw(picture: Picture, around: str, to: str) -> None:
    if len(picture.nodes) < 2:
        cards.card(
            "No connection found",
            "Nothing in the loaded decisions joins these with the filters as they are. Go further, or clear a filter.",
        )
        return
    view = network_view(picture, layout(picture, across=bool(to)), resources.heads(), centre=around, end=to)
    st.html(f'<p class="wf">{cards.esc(view.summary)} {cards.esc(view.note)}</p>')
    legend(view)
    draw_network(view, key="network")
    cards.note(
        "Click a mark for its card, twice to explore from there; a line for the words behind it. "
        "A mark that you drag stays where you put it."
    )
    _take_away(view, picture)


def _take_away(view: NetworkView, picture: Picture) -> None:
    cards.heading("The same as a table")
    cards.table(view.table, label="Connections", key="ties", file="whofunds-connections.csv")
    cards.download(
        "Download as GraphML", graphml(picture), "whofunds-connections.graphml", key="graphml", mime="application/xml"
    )


main()
