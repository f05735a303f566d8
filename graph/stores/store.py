"""The store of triples: one interface over Oxigraph in memory, Oxigraph on disk, or a SPARQL server.

rdflib's own SPARQL engine is never used. Every document's triples stand in its named graph and, once each, in the
default graph, which queries read. (Oxigraph's own union of named graphs repeats a triple for every graph that holds it,
and a repeated row would be money counted twice.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rdflib import URIRef

from graph.stores.terms import AnyTriple, Bindings, Row

if TYPE_CHECKING:
    from graph.stores.oxigraph import OxigraphStore


class Store(Protocol):
    """Named graphs of triples, queried with SPARQL."""

    @property
    def path(self) -> Path | None:
        """The folder of a store on disk; None for any other store."""

    def replace_graph(self, graph: URIRef, triples: Iterable[AnyTriple]) -> None:
        """Make the named graph hold exactly these triples. It can be run twice."""

    def replace_graphs(self, graphs: Mapping[URIRef, Iterable[AnyTriple]]) -> None:
        """Replace many graphs at once, quickly."""

    def drop_graph(self, graph: URIRef) -> None:
        """Remove the named graph; triples that other graphs state too stay in the default graph."""

    def graphs(self) -> list[URIRef]:
        """Return the names of the graphs, sorted."""

    def triples(self, graph: URIRef | None = None) -> Iterator[AnyTriple]:
        """Yield the triples of one graph, or of all graphs together, each once."""

    def select(self, query: str, bindings: Bindings | None = None) -> list[Row]:
        """Return the rows of a SELECT."""

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Return the answer of an ASK."""

    def construct(self, query: str, bindings: Bindings | None = None) -> list[AnyTriple]:
        """Return the triples of a CONSTRUCT or DESCRIBE."""

    def close(self) -> None:
        """Write unwritten data and release the files."""


def open_memory() -> Store:
    """Return an empty store in memory."""
    from graph.stores.oxigraph import OxigraphStore

    return OxigraphStore.in_memory()


def open_disk(path: Path, *, read_only: bool = False) -> OxigraphStore:
    """Return the store in a folder. Many processes may read it; one may write it while none reads.

    Raises:
        DamagedWorkspace: The folder holds no store, or another process is writing it.
    """
    from graph.stores.oxigraph import OxigraphStore

    return OxigraphStore.on_disk(path, read_only=read_only)


def open_endpoint(url: str, update_url: str = "", *, timeout_seconds: float = 30.0, build: str = "") -> Store:
    """Return the store behind a SPARQL 1.1 endpoint.

    Args:
        url: The address for queries.
        update_url: The address for updates; "" for a store that is only read.
        timeout_seconds: How long to wait for an answer.
        build: The key of a build that was loaded there: the store is then that build's graphs alone, read-only.
    """
    from graph.stores.endpoint import EndpointStore
    from graph.stores.scoped import Scope

    return EndpointStore(url, update_url, timeout_seconds=timeout_seconds, scope=Scope(build) if build else None)
