"""GraphML for Gephi and the like: who pays whom and what for, who is named without a sum, and who does what where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.exports.facts import FlatFact
from graph.exports.flows import FlatFlow

if TYPE_CHECKING:
    import networkx as nx

#: XML 1.0 cannot hold these, not even escaped
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OF_A_FLOW = (
    *("currency", "years", "programmes", "purpose", "place", "fund", "kind", "status", "band", "in_doubt"),
    *("decision", "quote", "entry"),
)
FACT = "fact"  #: the entry of an edge that is no money


def flows_graphml(flows: Iterable[FlatFlow], facts: Iterable[FlatFact] = ()) -> str:
    """Return a directed multigraph whose edges are flows, awards without a sum, and statements between things.

    An edge says in `entry` which of the three it is; only a flow has an amount. Dates, numbers and shares that are
    stated of a thing are attributes of its node.

    Args:
        flows: Flows and awards; those with both parties are edges between organisations.
        facts: Statements beside money.
    """
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for flow in flows:
        if not has_both_parties(flow):
            continue
        for iri, name in ((flow.funder_id, flow.funder), (flow.recipient_id, flow.recipient)):
            network.add_node(iri, label=_xml(name), kind="organisation")
        amount = {"amount": float(flow.amount)} if flow.amount else {}
        values = {name: _xml(getattr(flow, name)) for name in _OF_A_FLOW}
        network.add_edge(flow.funder_id, flow.recipient_id, key=flow.id, **amount, **values)
    _add_facts(network, facts)
    return "\n".join(nx.generate_graphml(network)) + "\n"


def has_both_parties(flow: FlatFlow) -> bool:
    """Return whether a flow or an award can be an edge."""
    return bool(flow.funder and flow.recipient)


def _add_facts(network: nx.MultiDiGraph[str], facts: Iterable[FlatFact]) -> None:
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fact in facts:
        if fact.subject_kind == "decision" or fact.object_kind == "decision":
            continue
        network.add_node(fact.subject_id, label=_xml(fact.subject), kind=fact.subject_kind)
        if fact.object_id:
            network.add_node(fact.object_id, label=_xml(fact.object), kind=fact.object_kind)
            values = {"relation": fact.relation, "decision": _xml(fact.decision), "quote": _xml(fact.quote)}
            network.add_edge(fact.subject_id, fact.object_id, key=fact.id, entry=FACT, **values)
        else:
            said[fact.subject_id, fact.relation].append(_xml(fact.object))
    for (iri, relation), words in said.items():
        network.nodes[iri][relation] = "; ".join(dict.fromkeys(words))


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
