"""Whether a graph contradicts our ontology and the vocabularies that it uses, by the rules of OWL 2 RL."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from owlrl import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from graph.settings import PROJECT

ONTOLOGY = PROJECT / "ontologies" / "whofunds.ttl"
AXIOMS = Path(__file__).parent / "axioms_excerpt.ttl"
_VOCABULARY = (str(RDF), str(RDFS), str(OWL))


class Closure(OWLRL_Semantics):  # type: ignore[misc]
    """The closure of owlrl in a fifth of its time: of all triples only those that can start a rule are looked at.

    Every rule of owlrl starts from a triple of the vocabularies of RDF, RDFS or OWL and finds the data it is about by
    itself. The one that does not, eq-ref, says that everything is the same as itself, and nothing contradicts that.
    What owlrl leaves out itself, this does too: it does not compare a literal with the datatype that a range asks for,
    which the shapes do.
    """

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph, axioms=False, daxioms=False)
        self.known = set(graph)

    def store_triple(self, t: tuple[Node, Node, Node]) -> None:
        """Keep a triple for the next round, unless it is known; a set is asked faster than the graph."""
        if not isinstance(t[1], Literal) and t not in self.known:
            self.known.add(t)
            self.added_triples.add(t)

    def rules(self, t: tuple[Node, Node, Node], cycle_num: int) -> None:
        """Apply the rules that start from a triple."""
        _, predicate, value = t
        told_of = value if predicate == RDF.type else predicate
        if isinstance(told_of, URIRef) and str(told_of).startswith(_VOCABULARY):
            super().rules(t, cycle_num)

    def _equality(self, triple: tuple[Node, Node, Node], cycle_num: int) -> None:
        subject, predicate, value = triple
        if (predicate == OWL.sameAs and subject != value) or value == OWL.AllDifferent:
            super()._equality(triple, cycle_num)


def closed(triples: Iterable[tuple[Node, Node, Node]]) -> tuple[Graph, list[str]]:
    """Return what follows from the triples, our ontology and the excerpt of axioms, and the contradictions in it."""
    together = Graph(store="SimpleMemory")  # knows no contexts, which halves the time
    for triple in triples:
        together.add(triple)
    together.parse(ONTOLOGY)
    together.parse(AXIOMS)
    closure = Closure(together)
    closure.closure()
    return together, list(closure.error_messages)


def contradictions(triples: Iterable[tuple[Node, Node, Node]]) -> list[str]:
    """Return the contradictions that OWL 2 RL finds, in words; none where the triples are consistent."""
    return closed(triples)[1]
