"""The network drawn: vis-network, which pyvis brings along, draws it in the page; nothing is fetched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

from app.components.html import esc
from app.viewmodels.network import NetworkView
from app.viewmodels.network_evidence import LineWords, line_words
from app.viewmodels.network_state import Explored
from app.viewmodels.network_words import node_href
from graph.stated.decisions import DecisionHead

FOLDER = Path(__file__).resolve().parent
PARTS = ("address", "labels", "panel", "picture")
CLIP = {
    "dot": "circle(50%)",
    "diamond": "polygon(50% 0, 100% 50%, 50% 100%, 0 50%)",
    "triangle": "polygon(50% 4%, 100% 96%, 0 96%)",
    "square": "inset(6%)",
    "hexagon": "polygon(25% 6%, 75% 6%, 100% 50%, 75% 94%, 25% 94%, 0 50%)",
}


@st.fragment
def draw_network(
    view: NetworkView,
    heads: Mapping[str, DecisionHead],
    *,
    key: str,
    centre: str,
    changes: Explored,
    filters: str = "",
    source: str = "",
) -> None:
    """Draw the network; the words behind a line are sent when a reader opens it."""
    component = st.components.v2.component("whofunds_network", js=_script(), css=_text("network.css"))
    data = network_data(view) | {
        "centre": centre,
        "expanded": list(changes.expanded),
        "pinned": list(changes.pinned),
        "filters": filters,
        "source": source,
    }
    asked = st.session_state.get(key, {}).get("line")
    words = _words(view, heads, int(asked)) if isinstance(asked, int | float) else None
    component(key=key, data={**data, "words": words}, on_line_change=lambda: None)


def network_data(view: NetworkView) -> dict[str, Any]:
    """Return what is drawn, short: nodes and edges as rows, words that recur once.

    Every word is text to the drawing: nothing in it is read as HTML.
    """
    place = {node.key: number for number, node in enumerate(view.nodes)}
    verbs = list(dict.fromkeys(edge.verb for edge in view.edges))
    scopes = list(dict.fromkeys(edge.scope for edge in view.edges))
    beside: dict[frozenset[str], int] = defaultdict(int)
    edges = []
    for edge in view.edges:
        pair = frozenset((edge.source, edge.target))
        bend, beside[pair] = beside[pair], beside[pair] + 1
        edges.append(
            [
                place[edge.source], place[edge.target], verbs.index(edge.verb), edge.label, list(edge.sums),
                scopes.index(edge.scope), edge.width, edge.money, edge.aside, bend,
            ]
        )  # fmt: skip
    nodes = [
        [node.key, node.name, node.kind, node.verified, node.size, node.x, node.y, list(node.money),
         node_href(node.key)]
        for node in view.nodes
    ]  # fmt: skip
    kinds = {
        kind: {"name": name, "colour": colour, "shape": shape, "clip": CLIP[shape]}
        for kind, name, colour, shape in view.legend
    }
    stamp = sha256(repr((nodes, edges)).encode("utf-8", "replace")).hexdigest()[:16]
    return {
        "nodes": nodes, "edges": edges, "verbs": verbs, "scopes": scopes, "kinds": kinds, "title": view.title,
        "summary": view.summary, "across": view.across, "stamp": stamp,
    }  # fmt: skip


def legend(view: NetworkView) -> None:
    """Draw what the colours, shapes, sizes and lines stand for."""
    items = "".join(
        f'<li><span class="wf-key" style="background:{colour};clip-path:{CLIP[shape]}"></span>{esc(kind)}</li>'
        for _, kind, colour, shape in view.legend
    )
    sizes = "".join(
        f'<span class="wf-key" style="width:{2 * radius:.0f}px;height:{2 * radius:.0f}px;vertical-align:middle;'
        f'border:1px solid currentColor;border-radius:50%"></span>{esc(sum_)} '
        for radius, sum_ in view.sizes
    )
    marks = f"<li>money in or out: {sizes}</li>" if sizes else ""
    lines = "<li>━ money, wider for more</li><li>┅ other tie</li>"
    unchecked = "<li>paler: new name, not yet checked</li>" if not all(n.verified for n in view.nodes) else ""
    style = "align-items:center;column-gap:1.1em"
    st.html(f'<ul class="wf wf-legend" style="{style}">{items}{marks}{lines}{unchecked}</ul>')


def _words(view: NetworkView, heads: Mapping[str, DecisionHead], line: int) -> dict[str, Any] | None:
    if not 0 <= line < len(view.picture.bonds):
        return None
    names = {node.key: node.name for node in view.picture.nodes}
    found: LineWords = line_words(view.picture.bonds[line], names, heads)
    said = [
        {
            "heading": each.heading,
            "words": each.quote.words,
            "source": each.quote.source,
            "place": each.quote.place,
            "href": each.quote.href,
        }
        for each in found.said
    ]
    return {"line": line, "said": said, "more": found.more}


@cache
def _script() -> str:
    import pyvis

    library = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    own = [_text(f"network_{part}.js") for part in PARTS]
    return "\n".join([library.read_text(encoding="utf-8"), *own, _text("network.js")])


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
