"""Builds in a SPARQL server: each is loaded under names of its own beside the others, and dropped when not needed.

A build's key is made from its content, so that an interrupted load is noticed and continued. A graph of its own, the
catalogue, says which graphs of a build are loaded, and whether all are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

import pyoxigraph as ox
from rdflib import URIRef

from graph.stores.endpoint import EndpointStore
from graph.stores.scoped import CATALOGUE, Scope
from graph.stores.terms import AnyTriple, to_oxigraph

TRIPLES = 1_000  #: in one statement; Virtuoso reads no more than some thousand lines at once
GRAPHS = 200  #: dropped in one request
COMPLETE = "complete"


class ServerBuilds:
    """The builds of one workspace in a SPARQL server that accepts updates."""

    def __init__(self, server: EndpointStore, owner: str) -> None:
        """Keep the server, and in `owner` the workspace; builds of other owners in the same server are not touched."""
        self._server = server
        self._owner = owner

    def is_loaded(self, scope: Scope) -> bool:
        """Return True if a build is completely loaded."""
        return self._server.ask(f'ASK {{ GRAPH <{CATALOGUE}> {{ <{scope.iri}> dcterms:available "{COMPLETE}" }} }}')

    def load(self, scope: Scope, graphs: Mapping[URIRef, Iterable[AnyTriple]]) -> int:
        """Load a build, or the rest of it after an interrupted load, and return the number of graphs that were loaded.

        Nobody reads it before the build on disk names its key. Inserting a triple twice makes no second one.
        """
        if self.is_loaded(scope):
            return 0
        self._catalogue(f"<{scope.iri}> rdfs:label {ox.Literal(self._owner)}")
        there = self._parts(scope)
        left = [graph for graph in graphs if str(graph) not in there]
        statements: list[str] = []
        size = 0
        for graph in left:
            for lines in _chunks(graphs[graph]):
                statements.append(_insert(scope.whole, lines))
                statements.append(_insert(scope.inside(str(graph)), lines))
                size += lines.count("\n") + 1
                if size >= TRIPLES:
                    self._run(statements)
                    statements, size = [], 0
            # said after its triples, so that a stop in between leaves it to be loaded again
            statements.append(_insert(CATALOGUE, f"<{scope.iri}> <{_HAS_PART}> <{graph}> ."))
        self._run(statements)
        self._catalogue(f'<{scope.iri}> dcterms:available "{COMPLETE}"')
        return len(left)

    def drop_others(self, needed: Set[str]) -> tuple[str, ...]:
        """Drop those builds of this workspace, complete or not, whose keys are not needed; return their keys."""
        owned = f"SELECT ?build WHERE {{ GRAPH <{CATALOGUE}> {{ ?build rdfs:label {ox.Literal(self._owner)} }} }}"
        keys = {str(row["build"]).rpartition("/")[2] for row in self._server.select(owned)}
        for key in sorted(keys - needed):
            self._drop(Scope(key))
        return tuple(sorted(keys - needed))

    def _drop(self, scope: Scope) -> None:
        # what is there may be more than the catalogue says of a load that was stopped
        asked = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } "
        rows = self._server.select(f'{asked} FILTER(STRSTARTS(STR(?graph), "{scope.iri}/")) }}')
        names = [str(row["graph"]) for row in rows]
        for start in range(0, len(names), GRAPHS):
            self._run([f"DROP SILENT GRAPH <{name}>" for name in names[start : start + GRAPHS]])
        self._run([f"DELETE WHERE {{ GRAPH <{CATALOGUE}> {{ <{scope.iri}> ?p ?o }} }}"])

    def _parts(self, scope: Scope) -> set[str]:
        asked = f"SELECT ?graph WHERE {{ GRAPH <{CATALOGUE}> {{ <{scope.iri}> dcterms:hasPart ?graph }} }}"
        return {str(row["graph"]) for row in self._server.select(asked)}

    def _catalogue(self, triple: str) -> None:
        self._run([f"INSERT DATA {{ GRAPH <{CATALOGUE}> {{ {triple} }} }}"])

    def _run(self, statements: list[str]) -> None:
        if statements:
            self._server.update(" ;\n".join(statements))


_HAS_PART = "http://purl.org/dc/terms/hasPart"


def _insert(graph: str, lines: str) -> str:
    return f"INSERT DATA {{ GRAPH <{ox.NamedNode(graph).value}> {{\n{lines}\n}} }}"


def _chunks(triples: Iterable[AnyTriple]) -> Iterator[str]:
    """Yield the triples as text, several lines at a time."""
    lines: list[str] = []
    for triple in triples:
        lines.append(" ".join(str(to_oxigraph(node)) for node in triple) + " .")
        if len(lines) == TRIPLES:
            yield "\n".join(lines)
            lines = []
    if lines:
        yield "\n".join(lines)
