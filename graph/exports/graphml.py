"""GraphML for tools such as Gephi: who pays whom and for what, who is named without a sum, and who does what where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.exports.facts import FlatFact
from graph.exports.flows import FlatFlow
from graph.networks.network import Picture

if TYPE_CHECKING:
    import networkx as nx

#: XML 1.0 cannot hold these, not even escaped
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OF_A_FLOW = (
    *("currency", "basis", "years", "year_basis", "programmes", "purpose", "place", "fund", "kind", "status", "band"),
    *("in_doubt", "counted_in", "amount_in", "why_not_in", "counted_out", "amount_out", "why_not_out"),
    *("passes_on", "part_of", "carried_from", "restates", "replaces", "decision", "quote", "entry"),
)
FACT = "fact"  #: the entry of an edge that is no money
NAMED = "named"  #: the entry of an edge from a decision to what its sums name
_ORGANISATION = "organisation"


class Nodes(StrEnum):
    """The values of `--nodes`."""

    ORGANISATIONS = "organisations"
    ALL = "all"  #: programmes, places, funds and decisions too


@dataclass(frozen=True, slots=True)
class NetworkParts:
    """The flows, facts and identifiers that a network is made of."""

    flows: Collection[FlatFlow]  #: sums and awards
    facts: Iterable[FlatFact] = ()
    steps: Collection[str] = ()  #: ids of the sums that are a payment of their own: they have weight
    org_ids: Mapping[str, str] | None = None  #: public identifier of an organisation, by its IRI


def flows_graphml(parts: NetworkParts, nodes: Nodes = Nodes.ORGANISATIONS) -> str:
    """Return the network of `flows_network` as GraphML."""
    return _written(flows_network(parts, nodes))


def picture_graphml(picture: Picture) -> str:
    """Return a picture of the network as GraphML, with one edge for each line.

    A node has `name`, `kind` and `checked`. An edge has `tie`, `amount` in pounds, counted once, `about` (what the
    amount is about, if that is not all of the line) and `documents`.
    """
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in picture.nodes:
        network.add_node(node.key, name=_xml(node.name), kind=node.kind, checked=node.verified)
    for bond in picture.bonds:
        documents = "; ".join(sorted({tie.document for tie in bond.ties}))
        values = {"tie": bond.kind, "about": _xml("; ".join(bond.about)), "documents": _xml(documents)}
        network.add_edge(bond.source, bond.target, amount=float(bond.amount), **values)
    return _written(network)


def _written(network: nx.MultiDiGraph[str]) -> str:
    import networkx as nx

    return "\n".join(nx.generate_graphml(network)) + "\n"


def flows_network(parts: NetworkParts, nodes: Nodes = Nodes.ORGANISATIONS) -> nx.MultiDiGraph[str]:
    """Return a directed multigraph whose edges are flows, awards without a sum, and relations between things.

    The attribute `entry` of an edge says which of the three it is. Only flows have an amount. A flow has its amount as
    `weight` too if it is a payment that no other edge repeats, so that weights add up to each payment once. Dates,
    numbers and shares that are stated about a thing are attributes of its node.

    Args:
        parts: Flows, awards and facts; flows and awards with both parties are edges between organisations.
        nodes: Organisations alone; or also programmes, places, funds and decisions, with the edges between them.
    """
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for flow in parts.flows:
        _add_parties(network, flow)
        if nodes is Nodes.ALL:
            _add_named(network, flow)
    _add_facts(network, parts.facts, nodes)
    for iri, org_id in (parts.org_ids or {}).items():
        if iri in network:
            network.nodes[iri]["org_id"] = org_id
    for _, _, id, values in network.edges(keys=True, data=True):
        if id in parts.steps:
            values["weight"] = values["amount"]
    return network


def has_both_parties(flow: FlatFlow) -> bool:
    """Return True if a flow or an award names funder and recipient, and so can be an edge."""
    return bool(flow.funder and flow.recipient)


def _add_parties(network: nx.MultiDiGraph[str], flow: FlatFlow) -> None:
    if not has_both_parties(flow):
        return
    _add_node(network, flow.funder_id, flow.funder, _ORGANISATION)
    _add_node(network, flow.recipient_id, flow.recipient, _ORGANISATION)
    amount = {"amount": float(flow.amount)} if flow.amount else {}
    values = {name: _xml(getattr(flow, name)) for name in _OF_A_FLOW}
    network.add_edge(flow.funder_id, flow.recipient_id, key=flow.id, **amount, **values)


def _add_named(network: nx.MultiDiGraph[str], flow: FlatFlow) -> None:
    """Tie a flow's decision to its parties and programmes, each once."""
    if not flow.decision_id:
        return
    _add_node(network, flow.decision_id, flow.decision or flow.title or flow.document, "decision")
    named = [(flow.funder_id, flow.funder, _ORGANISATION, "names as funder")]
    named.append((flow.recipient_id, flow.recipient, _ORGANISATION, "names as recipient"))
    programmes = zip(flow.programme_ids.split("; "), flow.programmes.split("; "), strict=False)
    named += [(iri, name, "programme", "funds") for iri, name in programmes]
    for iri, name, kind, relation in named:
        if iri:
            _add_node(network, iri, name, kind)
            key = f"{flow.decision_id} {relation}"
            network.add_edge(flow.decision_id, iri, key=key, entry=NAMED, relation=relation)


def _add_facts(network: nx.MultiDiGraph[str], facts: Iterable[FlatFact], nodes: Nodes) -> None:
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fact in facts:
        kinds = {fact.subject_kind, fact.object_kind} if fact.object_id else {fact.subject_kind}
        if nodes is Nodes.ORGANISATIONS and kinds != {_ORGANISATION}:
            continue
        _add_node(network, fact.subject_id, fact.subject, fact.subject_kind)
        if fact.object_id:
            _add_node(network, fact.object_id, fact.object, fact.object_kind)
            values = {"relation": fact.relation, "decision": _xml(fact.decision), "quote": _xml(fact.quote)}
            network.add_edge(fact.subject_id, fact.object_id, key=fact.id, entry=FACT, **values)
        else:
            said[fact.subject_id, fact.relation].append(_xml(fact.object))
    for (iri, relation), words in said.items():
        network.nodes[iri][relation] = "; ".join(dict.fromkeys(words))


def _add_node(network: nx.MultiDiGraph[str], iri: str, label: str, kind: str) -> None:
    if iri not in network:
        network.add_node(iri, label=_xml(label), kind=kind)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
