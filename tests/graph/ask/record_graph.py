"""Facts over records, made by hand or read from a folder, in a store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from graph.ask.known.facts import Facts
from graph.identifiers import REGISTRY_GRAPH, graph_iri
from graph.model import Record
from graph.names.index import NameIndex
from graph.rdf.triples import record_triples
from graph.rdf.triples_registry import registry_triples
from graph.registry import load_registry
from graph.settings import Settings
from graph.stores.oxigraph import OxigraphStore
from graph.stores.store import Store
from graph.stores.terms import to_quads

SHARED = Path(__file__).resolve().parents[4] / "shared"


@cache
def names() -> NameIndex:
    """The index over the project's registry."""
    return NameIndex(load_registry(Settings().data / "registry"))


def read_records(folder: Path, index: NameIndex) -> list[Record]:
    """What extraction reads from every document of a folder."""
    from ingest.extract import extract_record
    from ingest.readers import read

    return [extract_record(read(path), index) for path in sorted(folder.iterdir()) if path.suffix in {".txt", ".md"}]


def facts_of_records(records: Sequence[Record], index: NameIndex) -> Facts:
    """Facts over a store in memory."""
    return Facts(store_of(records, index), index, lambda: [(r.document, p) for r in records for p in r.passages])


@cache
def _registry_quads(index: NameIndex) -> tuple[ox.Quad, ...]:
    return tuple(to_quads(REGISTRY_GRAPH, registry_triples(index.registry)))


def store_of(records: Sequence[Record], index: NameIndex) -> Store:
    """A store in memory with the registry and these records; the registry's quads are made once for all stores."""
    inner = ox.Store()
    inner.extend(_registry_quads(index))
    store = OxigraphStore(inner)
    for record in records:
        store.replace_graph(graph_iri(record.document), record_triples(record))
    return store
