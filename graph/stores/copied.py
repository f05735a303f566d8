"""A copy of a store's graph as an rdflib Graph of the caller's own."""

from __future__ import annotations

import oxrdflib
import pyoxigraph as ox
from rdflib import Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from graph.stores.store import Store
from graph.stores.terms import to_oxigraph
from graph.vocabulary import PREFIXES


def rdflib_copy(store: Store) -> Graph:
    """Return every triple of the store, each once, as an rdflib Graph in memory, with the project's prefixes.

    Changing the copy does not change the store. The copy's SPARQL queries run in Oxigraph, since rdflib's own engine
    takes minutes for a join over many flows.
    """
    inner = ox.Store()
    inner.bulk_extend(ox.Quad(*(to_oxigraph(node) for node in triple)) for triple in store.triples())  # type: ignore[arg-type]
    graph = Graph(store=oxrdflib.OxigraphStore(store=inner), identifier=DATASET_DEFAULT_GRAPH_ID)
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph
