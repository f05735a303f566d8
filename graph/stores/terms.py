"""Converts terms between rdflib and Oxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Bindable = Node | str | int | bool | Decimal | date
Bindings = Mapping[str, Bindable | Sequence[Bindable]]
AnyTriple = tuple[Node, Node, Node]
Row = dict[str, Node]  #: by variable; a variable without a value is left out

_STRING = str(XSD.string)
_BOOLEAN = str(XSD.boolean)
_WORDS = {"1": "true", "0": "false"}  #: Virtuoso writes digits, and queries' readers compare words


def to_oxigraph(node: Bindable) -> Term:
    """Return a term of rdflib as one of Oxigraph; a Python value becomes a typed literal.

    Raises:
        ValueError: It is no valid term, such as an IRI with a space.
    """
    if isinstance(node, URIRef):
        return ox.NamedNode(node)
    if isinstance(node, BNode):
        return ox.BlankNode(node)
    literal = node if isinstance(node, Literal) else Literal(node)
    if literal.language:
        return ox.Literal(str(literal), language=literal.language)
    if literal.datatype and literal.datatype != XSD.string:
        return ox.Literal(str(literal), datatype=ox.NamedNode(literal.datatype))
    return ox.Literal(str(literal))


def from_oxigraph(term: object) -> Node:
    """Return a term of Oxigraph as one of rdflib."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        if datatype == _STRING:
            return Literal(term.value)
        if datatype == _BOOLEAN:
            return Literal(_WORDS.get(term.value, term.value), datatype=URIRef(datatype), normalize=False)
        return Literal(term.value, datatype=URIRef(datatype), normalize=False)  # as written; half the time
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise ValueError(f"{term!r} is no term of RDF 1.1")


class Terms(dict[object, Node]):
    """A cache of rdflib's terms by Oxigraph's, since rows repeat most of their terms."""

    def __missing__(self, term: object) -> Node:
        node = self[term] = from_oxigraph(term)
        return node


def to_quads(graph: URIRef, triples: Iterable[tuple[Node, Node, Node]]) -> Iterator[ox.Quad]:
    """Yield each triple twice: in its named graph, and in the default graph, which queries read."""
    known: dict[Node, Term] = {}
    name, default = ox.NamedNode(graph), ox.DefaultGraph()

    def term(node: Node) -> Term:
        found = known.get(node)
        if found is None:
            found = known[node] = to_oxigraph(node)
        return found

    for subject, predicate, value in triples:
        s, p, o = term(subject), term(predicate), term(value)
        yield ox.Quad(s, p, o, name)  # type: ignore[arg-type]
        yield ox.Quad(s, p, o, default)  # type: ignore[arg-type]
