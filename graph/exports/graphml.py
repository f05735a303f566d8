"""GraphML for Gephi and the like: who pays whom, and what for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.exports.flows import FlatFlow

#: XML 1.0 cannot hold these, not even escaped
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def flows_graphml(flows: Iterable[FlatFlow]) -> str:
    """Return a directed multigraph: organisations are nodes, flows with both parties are edges."""
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for flow in flows:
        if not (flow.funder and flow.recipient):
            continue
        for iri, name in ((flow.funder_id, flow.funder), (flow.recipient_id, flow.recipient)):
            network.add_node(iri, label=_xml(name), kind="organisation")
        network.add_edge(
            flow.funder_id,
            flow.recipient_id,
            key=flow.id,
            amount=float(flow.amount),
            **{
                name: _xml(getattr(flow, name))
                for name in ("currency", "years", "programmes", "place", "fund", "kind", "status", "decision", "quote")
            },
        )
    return "\n".join(nx.generate_graphml(network)) + "\n"


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
