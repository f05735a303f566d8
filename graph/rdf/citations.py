"""Decisions that documents cite: those we hold are joined, those we lack enter as known by reference only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF
from rdflib.term import Node

from graph.identifiers import CITATIONS_GRAPH, ID
from graph.parse.references import reference_key
from graph.queries import query
from graph.stores.store import Store
from graph.stores.terms import AnyTriple
from graph.vocabulary import WF


def refresh_citations(store: Store) -> int:
    """Write the graph of citations anew from what the documents say; return how many decisions are not held.

    Run it once after documents were replaced. A decision that is cited under its citing body's name and held under
    another's (a mayor's decision that a commissioner's paper names) is joined to the one that is held, where exactly
    one has that reference and the reference has letters of its own.
    """
    store.drop_graph(CITATIONS_GRAPH)
    held: dict[str, set[Node]] = defaultdict(set)
    for row in store.select(query("held-decisions")):
        held[str(row["key"])].add(row["decision"])
    cited = store.select(query("cited-decisions-not-held"))
    triples: list[AnyTriple] = []
    missing: set[Node] = set()
    for row in cited:
        key = reference_key(str(row["words"]))
        same = held.get(key, set()) if any(letter.isalpha() for letter in key) else set()
        if len(same) == 1:
            triples += [(row["cited"], OWL.sameAs, next(iter(same))), (row["citing"], row["how"], next(iter(same)))]
        elif row["cited"] not in missing:
            missing.add(row["cited"])
            triples += _known_by_reference(row["cited"], str(row["words"]), key)
    store.replace_graph(CITATIONS_GRAPH, triples)
    return len(missing)


def _known_by_reference(decision: Node, words: str, key: str) -> Iterator[AnyTriple]:
    yield decision, RDF.type, WF.Decision
    yield decision, RDF.type, WF.CitedDecision
    yield decision, WF.isKnownByReferenceOnly, Literal(True)
    yield decision, DCTERMS.identifier, Literal(words)
    yield decision, DCTERMS.title, Literal(words)
    if key:
        yield decision, WF.referenceKey, Literal(key)
    body = str(decision).removeprefix(f"{ID}decision/").partition("/")[0]
    if body != "unknown-body":
        yield decision, WF.hasDecisionBody, URIRef(f"{ID}organisation/{body}")
