"""The store behind a SPARQL 1.1 endpoint, over HTTP."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef

from graph.errors import RefusedQuery, WhofundsError
from graph.stores.binding import bound_query, with_prefixes
from graph.stores.oxigraph import DROP_GRAPH, rows_of
from graph.stores.scoped import CATALOGUE, Scope
from graph.stores.terms import AnyTriple, Bindings, Row, from_oxigraph, to_oxigraph

_TRIPLES_PER_REQUEST = 5000


class EndpointUnavailable(WhofundsError):
    """The SPARQL endpoint does not answer, or refuses."""


class EndpointStore:
    """The store of a SPARQL server. Its default graph holds every triple once, as in the embedded store.

    With a scope it is one build among several, is only read, and queries look in that build's graphs.
    """

    def __init__(
        self, url: str, update_url: str = "", *, timeout_seconds: float = 30.0, scope: Scope | None = None
    ) -> None:
        for address in (url, update_url):
            if address and not address.startswith(("http://", "https://")):
                raise EndpointUnavailable(f"{address!r}: an endpoint's address starts with http:// or https://.")
        self._url = url
        self._update_url = update_url
        self._timeout_seconds = timeout_seconds
        self._scope = scope

    @property
    def path(self) -> Path | None:
        """None: the store is not on disk."""
        return None

    def replace_graph(self, graph: URIRef, triples: Iterable[AnyTriple]) -> None:
        # one request is one transaction, as long as the graph is not larger than most documents
        """Make the named graph hold exactly these triples, in one request if they are few enough."""
        operations = [DROP_GRAPH % {"graph": ox.NamedNode(graph).value}]
        lines = iter([" ".join(str(to_oxigraph(node)) for node in triple) + " ." for triple in triples])
        while chunk := "\n".join(islice(lines, _TRIPLES_PER_REQUEST)):
            operations.append(f"INSERT DATA {{\n{chunk}\nGRAPH <{graph}> {{\n{chunk}\n}} }}")
            self._update(";\n".join(operations))
            operations = []
        if operations:
            self._update(operations[0])

    def replace_graphs(self, graphs: Mapping[URIRef, Iterable[AnyTriple]]) -> None:
        """Replace several named graphs, one after the other."""
        for graph, triples in graphs.items():
            self.replace_graph(graph, triples)

    def drop_graph(self, graph: URIRef) -> None:
        """Remove the named graph, and from the default graph the triples that no other graph has."""
        self._update(DROP_GRAPH % {"graph": ox.NamedNode(graph).value})

    def graphs(self) -> list[URIRef]:
        """Return the names of the graphs, sorted."""
        if self._scope is None:
            rows = self.select("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }")
        else:
            asked = f"SELECT ?graph WHERE {{ GRAPH <{CATALOGUE}> {{ <{self._scope.iri}> dcterms:hasPart ?graph }} }}"
            rows = self._rows(with_prefixes(asked))
        return sorted(URIRef(str(row["graph"])) for row in rows)

    def triples(self, graph: URIRef | None = None) -> Iterator[AnyTriple]:
        """Yield the triples of one graph, or of all graphs together, each once."""
        where = f"GRAPH <{ox.NamedNode(graph).value}> {{ ?s ?p ?o }}" if graph is not None else "?s ?p ?o"
        yield from self.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}")

    def select(self, query: str, bindings: Bindings | None = None) -> list[Row]:
        """Return the rows of a SELECT."""
        return self._rows(self._asked(query, bindings))

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Return the answer of an ASK."""
        found = self._results(self._asked(query, bindings))
        # Virtuoso answers with a row where it is so, and with none where it is not
        return next(iter(found), None) is not None if isinstance(found, ox.QuerySolutions) else bool(found)

    def construct(self, query: str, bindings: Bindings | None = None) -> list[AnyTriple]:
        """Return the triples of a CONSTRUCT or DESCRIBE."""
        body = self._query(self._asked(query, bindings), "application/n-triples")
        return [
            (from_oxigraph(quad.subject), from_oxigraph(quad.predicate), from_oxigraph(quad.object))
            for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        ]

    def close(self) -> None:
        """Do nothing: each request stands alone."""

    def _asked(self, query: str, bindings: Bindings | None) -> str:
        text = bound_query(query, bindings)
        return self._scope.query(text) if self._scope is not None else text

    def _rows(self, query: str) -> list[Row]:
        found = self._results(query)
        if not isinstance(found, ox.QuerySolutions):
            raise ValueError("select needs a SELECT query")
        rows, scope = rows_of(found), self._scope
        return rows if scope is None else [scope.row(row) for row in rows]

    def _results(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean:
        body = self._query(query, "application/sparql-results+json")
        return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)

    def _query(self, query: str, accept: str) -> bytes:
        form = urllib.parse.urlencode({"query": query})
        return self._post(self._url, form.encode(), "application/x-www-form-urlencoded", accept)

    def update(self, text: str) -> None:
        """Run a SPARQL update as it stands.

        Raises:
            EndpointUnavailable: The server does not answer, or refuses.
        """
        self._update(with_prefixes(text))

    def _update(self, text: str) -> None:
        if not self._update_url:
            raise EndpointUnavailable(
                f"{self._url}: no address for updates is set; set WHOFUNDS_ENDPOINT_UPDATE to write to this server."
            )
        self._post(self._update_url, text.encode(), "application/sparql-update", "*/*")

    def _post(self, url: str, body: bytes, content_type: str, accept: str) -> bytes:
        headers = {"Content-Type": f"{content_type}; charset=utf-8", "Accept": accept}
        request = urllib.request.Request(url, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout_seconds) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            words = error.read(500).decode("utf-8", "replace").strip().replace("\n", " ")
            if error.code == 400:
                raise RefusedQuery(f"{url}: the server cannot read the query: {words}") from error
            raise EndpointUnavailable(f"{url}: the server answered {error.code}: {words or error.reason}") from error
        except TimeoutError as error:
            raise EndpointUnavailable(f"{url}: no answer within {self._timeout_seconds:g} s.") from error
        except OSError as error:
            reason = getattr(error, "reason", error)
            raise EndpointUnavailable(f"{url}: cannot be reached ({reason}); check WHOFUNDS_ENDPOINT.") from error
