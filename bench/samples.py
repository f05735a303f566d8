"""The sample decisions, read anew into a graph in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.identifiers import RECONCILED_GRAPH, REGISTRY_GRAPH, graph_iri
from graph.model import Record
from graph.names.index import NameIndex
from graph.rdf.triples import record_triples
from graph.rdf.triples_registry import registry_triples
from graph.registry import Registry, load_registry
from graph.stores.store import Store, open_memory
from ingest.extract import extract_record
from ingest.readers import read
from ingest.reconcile import reconcile


def sample_graph(data: Path) -> tuple[Store, Registry]:
    """Return the graph of the decisions in `data/decisions`, and the registry that they were read with.

    Args:
        data: The folder with decisions/ and registry/.
    """
    store, _, registry = read_samples(data)
    return store, registry


def read_samples(data: Path) -> tuple[Store, list[Record], Registry]:
    """Return the graph of the decisions in `data/decisions`, their records, and the registry they were read with."""
    registry = load_registry(data / "registry")
    names = NameIndex(registry)
    files = [path for path in sorted((data / "decisions").glob("*.md")) if path.name != "README.md"]
    records = [extract_record(read(path), names) for path in files]
    return graph_of(records, registry), records, registry


def graph_of(records: Sequence[Record], registry: Registry) -> Store:
    """Return the graph of records in memory, with the registry that they were read with."""
    store = open_memory()
    graphs = {graph_iri(record.document): record_triples(record) for record in records}
    graphs |= {REGISTRY_GRAPH: registry_triples(registry), RECONCILED_GRAPH: reconcile(records).triples}
    store.replace_graphs(graphs)
    return store
