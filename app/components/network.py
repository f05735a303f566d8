"""The network drawn: pyvis makes the data, its bundled vis-network draws it in the page, nothing is fetched."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from app.components.html import esc
from app.viewmodels.network import NetworkView

FOLDER = Path(__file__).resolve().parent
CLIP = {
    "dot": "circle(50%)",
    "diamond": "polygon(50% 0, 100% 50%, 50% 100%, 0 50%)",
    "triangle": "polygon(50% 4%, 100% 96%, 0 96%)",
    "square": "inset(6%)",
    "hexagon": "polygon(25% 6%, 75% 6%, 100% 50%, 75% 94%, 25% 94%, 0 50%)",
}


def draw_network(view: NetworkView, *, key: str, height: int = 620) -> None:
    """Draw the network; its cards lead to pages and to the networks around other nodes."""
    component = st.components.v2.component("whofunds_network", js=_script(), css=_text("network.css"))
    component(key=key, data={**network_data(view), "summary": view.summary, "height": height}, height=height + 2)


def network_data(view: NetworkView) -> dict[str, Any]:
    """Return what vis-network draws: nodes and edges as pyvis writes them, with the card of each node.

    Labels and cards are text to the drawing: nothing in them is read as HTML, so pyvis's titles, which are, stay empty.
    """
    from pyvis.network import Network

    drawn = Network(directed=True)
    for node in view.nodes:
        drawn.add_node(
            node.key, label=node.label, color=node.colour, shape=node.shape, size=node.size, x=node.x, y=node.y,
            name=node.name, kind=node.kind, href=node.href, explore=node.explore, lines=list(node.lines),
        )  # fmt: skip
    for number, edge in enumerate(view.edges):
        drawn.add_edge(
            edge.source, edge.target, id=number, label=edge.label or " ", width=edge.width, href=edge.href,
            words=edge.title, dashes=not edge.money,
        )  # fmt: skip
    return {"nodes": drawn.nodes, "edges": drawn.edges}


def legend(view: NetworkView) -> None:
    """Draw what the colours and shapes stand for."""
    items = "".join(
        f'<li><span class="wf-key" style="background:{colour};clip-path:{CLIP[shape]}"></span>{esc(kind)}</li>'
        for kind, colour, shape in view.legend
    )
    lines = "<li>━ money, wider for more</li><li>┅ other tie</li>"
    st.html(f'<ul class="wf wf-legend">{items}{lines}</ul>')


@cache
def _script() -> str:
    import pyvis

    library = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
    return f"{library.read_text(encoding='utf-8')}\n{_text('network.js')}"


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
