"""The embedded store Oxigraph, in memory or on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import URIRef

from graph.errors import DamagedWorkspace
from graph.stores.binding import bound_query
from graph.stores.terms import AnyTriple, Bindings, Row, Terms, from_oxigraph, to_quads

if TYPE_CHECKING:
    from rdflib import Dataset

#: a load of one graph in so many of the store is put in order on disk, for queries that read much; a smaller one is
#: not, as that would write the whole store again
AT_ONCE = 100_000  #: triples that are sorted in memory together
MUCH = 4

#: the triples of a graph that no other graph says leave the default graph with it
DROP_GRAPH = """
DELETE { ?s ?p ?o } WHERE {
  GRAPH <%(graph)s> { ?s ?p ?o }
  FILTER NOT EXISTS { GRAPH ?other { ?s ?p ?o } FILTER(?other != <%(graph)s>) }
};
DROP SILENT GRAPH <%(graph)s>
"""


class OxigraphStore:
    """A store in this process. `on_disk` opens a folder, `in_memory` starts empty."""

    def __init__(self, inner: ox.Store, path: Path | None = None, *, read_only: bool = False) -> None:
        self._inner = inner
        self._path = path
        self._read_only = read_only

    @classmethod
    def in_memory(cls) -> OxigraphStore:
        """Return an empty store."""
        return cls(ox.Store())

    @classmethod
    def on_disk(cls, path: Path, *, read_only: bool = False) -> OxigraphStore:
        """Return the store in a folder; unless it is opened read-only, a missing folder is created."""
        try:
            if read_only:
                if not (path / "CURRENT").is_file():
                    raise DamagedWorkspace(f"{path}: holds no graph; run 'whofunds repair'")
                return cls(ox.Store.read_only(str(path)), path, read_only=True)
            path.mkdir(parents=True, exist_ok=True)
            return cls(ox.Store(str(path)), path)
        except (OSError, RuntimeError, ValueError) as error:
            raise DamagedWorkspace(f"{path}: the graph cannot be opened ({error}); run 'whofunds repair'") from error

    @property
    def path(self) -> Path | None:
        """The folder; None for a store in memory."""
        return self._path

    def dataset(self) -> Dataset:
        """Return the same store as an rdflib Dataset, for its parsers and serialisers."""
        import oxrdflib
        from rdflib import Dataset

        return Dataset(store=oxrdflib.OxigraphStore(store=self._inner))

    def replace_graph(self, graph: URIRef, triples: Iterable[AnyTriple]) -> None:
        """Make the named graph hold exactly these triples."""
        quads = list(to_quads(graph, triples))  # a bad term is found before anything is dropped
        self.drop_graph(graph)
        self._inner.extend(quads)

    def replace_graphs(self, graphs: Mapping[URIRef, Iterable[AnyTriple]]) -> None:
        """Replace many named graphs at once, quickly."""
        for graph in graphs:
            self.drop_graph(graph)
        quads = chain.from_iterable(to_quads(graph, triples) for graph, triples in graphs.items())
        while some := tuple(islice(quads, AT_ONCE)):
            self._inner.bulk_extend(some)
        least = len(graphs) * MUCH + 1  # of some thousand graphs no more are counted than needed
        if sum(1 for _ in islice(self._inner.named_graphs(), least)) < least:
            self._inner.optimize()

    def change_graph(self, graph: URIRef, gone: Iterable[AnyTriple], new: Iterable[AnyTriple]) -> None:
        """Take some triples out of a named graph and put others in."""
        mine = ox.NamedNode(graph)
        for quad in to_quads(graph, gone):
            if quad.graph_name == mine:
                self._inner.remove(quad)
                if not self._is_said(quad):
                    self._inner.remove(ox.Quad(quad.subject, quad.predicate, quad.object, ox.DefaultGraph()))
        self._inner.extend(to_quads(graph, new))

    def _is_said(self, quad: ox.Quad) -> bool:
        """Return True if a named graph has the triple of a quad."""
        found = self._inner.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return any(isinstance(each.graph_name, ox.NamedNode) for each in found)

    def drop_graph(self, graph: URIRef) -> None:
        """Remove the named graph, and from the default graph the triples that no other graph has."""
        name = ox.NamedNode(graph)
        if self._inner.contains_named_graph(name) or self._holds(name):
            self._inner.update(DROP_GRAPH % {"graph": name.value})

    def graphs(self) -> list[URIRef]:
        """Return the names of the graphs, sorted."""
        return sorted(URIRef(name.value) for name in self._inner.named_graphs())

    def triples(self, graph: URIRef | None = None) -> Iterator[AnyTriple]:
        """Yield the triples of one graph, or of all graphs together, each once."""
        name = ox.NamedNode(graph) if graph is not None else ox.DefaultGraph()
        for quad in self._inner.quads_for_pattern(None, None, None, name):
            yield from_oxigraph(quad.subject), from_oxigraph(quad.predicate), from_oxigraph(quad.object)

    def select(self, query: str, bindings: Bindings | None = None) -> list[Row]:
        """Return the rows of a SELECT."""
        solutions = self._query(query, bindings)
        if not isinstance(solutions, ox.QuerySolutions):
            raise ValueError("select needs a SELECT query")
        return rows_of(solutions)

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Return the answer of an ASK."""
        return bool(self._query(query, bindings))

    def construct(self, query: str, bindings: Bindings | None = None) -> list[AnyTriple]:
        """Return the triples of a CONSTRUCT or DESCRIBE."""
        found = self._query(query, bindings)
        if not isinstance(found, ox.QueryTriples):
            raise ValueError("construct needs a CONSTRUCT or DESCRIBE query")
        return [(from_oxigraph(t.subject), from_oxigraph(t.predicate), from_oxigraph(t.object)) for t in found]

    def close(self) -> None:
        """Write unwritten data and release the files."""
        if self._path is not None and not self._read_only:
            self._inner.flush()
        self._inner = ox.Store()  # the files are let go with the last reference

    def _query(self, query: str, bindings: Bindings | None) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return self._inner.query(bound_query(query, bindings))

    def _holds(self, name: ox.NamedNode) -> bool:
        return next(iter(self._inner.quads_for_pattern(None, None, None, name)), None) is not None


def rows_of(solutions: ox.QuerySolutions) -> list[Row]:
    """Return the solutions as rows of rdflib terms."""
    names = [variable.value for variable in solutions.variables]
    terms = Terms()
    return [
        {name: terms[term] for name, term in zip(names, solution, strict=True) if term is not None}
        for solution in solutions
    ]
