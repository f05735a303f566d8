"""JSON-LD, sorted, with the project's prefixes as context."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from graph.vocabulary import PREFIXES


def jsonld(triples: Iterable[tuple[Node, Node, Node]]) -> str:
    """Return the triples as one JSON-LD document: a node for each subject, values with their types."""
    nodes: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        nodes[str(subject)][str(predicate)].append(value)
    graph = [_node(subject, nodes[subject]) for subject in sorted(nodes)]
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _node(subject: str, values: dict[str, list[Node]]) -> dict[str, object]:
    node: dict[str, object] = {"@id": subject}
    types = values.pop(str(RDF.type), [])
    if types:
        node["@type"] = sorted(_short(str(value)) for value in types)
    for predicate in sorted(values):
        node[_short(predicate)] = [_value(value) for value in sorted(values[predicate], key=_order)]
    return node


def _order(value: Node) -> tuple[str, str]:
    return str(value), repr(value)


def _value(value: Node) -> dict[str, str]:
    if isinstance(value, URIRef):
        return {"@id": str(value)}
    if isinstance(value, Literal):
        if value.language:
            return {"@value": str(value), "@language": value.language}
        if value.datatype and value.datatype != XSD.string:
            return {"@value": str(value), "@type": _short(str(value.datatype))}
    return {"@value": str(value)}


def _short(iri: str) -> str:
    for name, base in PREFIXES.items():
        if iri.startswith(base):
            return f"{name}:{iri[len(base):]}"
    return iri
