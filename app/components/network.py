"""Draw the network with vis-network, which pyvis includes; nothing is fetched from the web."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

from app.components.html import esc
from app.viewmodels.network import NetworkView
from app.viewmodels.network_evidence import MOST, line_words
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
    """Draw the network; the statements behind a line are sent when a reader opens it."""
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
    """Return the network as compact JSON values: nodes and edges as rows, with repeated words stored once.

    All words are plain text to the drawing: it interprets none of them as HTML.
    """
    place = {node.key: number for number, node in enumerate(view.nodes)}
    roles = [role for edge in view.edges for role in edge.roles]
    verbs = list(dict.fromkeys(role.verb for role in roles))
    scopes = list(dict.fromkeys(role.scope for role in roles))
    edges = [
        [
            place[edge.source], place[edge.target], edge.label,
            [[verbs.index(role.verb), role.back, list(role.sums), scopes.index(role.scope)] for role in edge.roles],
            edge.width, edge.money, list(edge.arrows), edge.aside,
        ]
        for edge in view.edges
    ]  # fmt: skip
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
    """Draw the legend of colours, shapes, sizes and lines."""
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
    if not 0 <= line < len(view.edges):
        return None
    names = {**view.picture.named, **{node.key: node.name for node in view.picture.nodes}}
    bonds = view.edges[line].bonds
    found = [line_words(bond, names, heads, most=max(2, MOST // len(bonds))) for bond in bonds]
    said = [
        {
            "heading": each.heading if len(bonds) == 1 else ": ".join(filter(None, (told.sentence, each.heading))),
            "words": each.quote.words,
            "source": each.quote.source,
            "place": each.quote.place,
            "href": each.quote.href,
        }
        for told in found
        for each in told.said
    ]
    return {"line": line, "said": said, "more": sum(told.more for told in found)}


@cache
def _script() -> str:
    found = importlib.util.find_spec("pyvis")  # not imported: that would load ipython, which nothing here uses
    assert found and found.origin
    library = Path(found.origin).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    own = [_text(f"network_{part}.js") for part in PARTS]
    return "\n".join([library.read_text(encoding="utf-8"), *own, _text("network.js")])


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
