"""A picture of the network as GraphML, for Gephi, yEd and the like."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from graph.networks.network import Picture

_KEYS = (
    ("name", "node", "string"),
    ("kind", "node", "string"),
    ("checked", "node", "boolean"),
    ("tie", "edge", "string"),
    ("amount", "edge", "double"),
    ("about", "edge", "string"),
    ("documents", "edge", "string"),
)


def graphml(picture: Picture) -> str:
    """Return the picture as GraphML: amounts in pounds, counted once, and what they are about where not all."""
    keys = "".join(
        f'<key id="{name}" for="{where}" attr.name="{name}" attr.type="{kind}"/>' for name, where, kind in _KEYS
    )
    nodes = "".join(
        f"<node id={quoteattr(node.key)}>{_data('name', node.name)}{_data('kind', node.kind)}"
        f"{_data('checked', str(node.verified).lower())}</node>"
        for node in picture.nodes
    )
    edges = "".join(
        f"<edge source={quoteattr(bond.source)} target={quoteattr(bond.target)}>{_data('tie', bond.kind)}"
        f"{_data('amount', f'{bond.amount:.2f}')}"
        f"{_data('about', '; '.join(bond.about))}"
        f"{_data('documents', '; '.join(sorted({tie.document for tie in bond.ties})))}</edge>"
        for bond in picture.bonds
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        f'{keys}<graph edgedefault="directed">{nodes}{edges}</graph></graphml>\n'
    )


def _data(key: str, text: str) -> str:
    legal = "".join(letter for letter in text if letter in "\t\n\r" or letter >= " ")
    return f'<data key="{key}">{escape(legal)}</data>'
