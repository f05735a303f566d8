"""The result of a user's query as a W3C document: rows as JSON, XML or CSV, triples as RDF."""

from __future__ import annotations

from enum import Enum

from graph.stores.sparql import TIMEOUT_SECONDS, checked_query, in_turn, run_in_process, run_in_thread
from graph.stores.store import Store

MOST_BYTES = 20_000_000  #: of one answer


class ResultFormat(Enum):
    """A format of results: its media type, its name in Oxigraph, and its name in rdflib."""

    JSON = ("application/sparql-results+json", "JSON", "json")
    XML = ("application/sparql-results+xml", "XML", "xml")
    CSV = ("text/csv", "CSV", "csv")
    TURTLE = ("text/turtle", "TURTLE", "turtle")
    N_TRIPLES = ("application/n-triples", "N_TRIPLES", "nt")
    RDF_XML = ("application/rdf+xml", "RDF_XML", "xml")
    JSON_LD = ("application/ld+json", "JSON_LD", "json-ld")

    @property
    def media_type(self) -> str:
        """The format's value of the header Content-Type."""
        return self.value[0]

    @property
    def is_of_triples(self) -> bool:
        """Whether the format is for triples (CONSTRUCT, DESCRIBE) rather than for rows or yes and no (SELECT, ASK)."""
        return self not in OF_ROWS


OF_ROWS = (ResultFormat.JSON, ResultFormat.XML, ResultFormat.CSV)
OF_TRIPLES = tuple(form for form in ResultFormat if form not in OF_ROWS)


def query_document(
    store: Store, text: str, format: ResultFormat, *, timeout_seconds: float = TIMEOUT_SECONDS
) -> bytes:
    """Run a user's query and return its whole result as bytes in UTF-8.

    A result is complete or refused, never cut: a program could not tell that rows are missing.

    Args:
        store: The graph.
        text: The query; the project's prefixes need not be declared.
        format: A format for rows if the query is SELECT or ASK, for triples if it is CONSTRUCT or DESCRIBE.
        timeout_seconds: The time after which the query is refused.

    Raises:
        RefusedQuery: The query would change the graph, reaches outside it or cannot be parsed; or time, memory or room
            for
            the result ran out, or too many other queries were running.
    """
    query, form = checked_query(text)
    with in_turn(timeout_seconds):
        if store.path is not None:
            name = format.value[1]
            return run_in_process(str(store.path.resolve()), query, MOST_BYTES, timeout_seconds, format=name)
        return run_in_thread(lambda: _serialised(store, query, form, format), timeout_seconds)


def formats_for(text: str) -> tuple[ResultFormat, ...]:
    """Return the formats that the result of a query can have, the usual one first.

    Raises:
        RefusedQuery: As `checked_query`.
    """
    return OF_ROWS if checked_query(text)[1] in ("SELECT", "ASK") else OF_TRIPLES


def _serialised(store: Store, query: str, form: str, format: ResultFormat) -> bytes:
    """Return the result from a store that is not on disk, written by rdflib."""
    from rdflib import Graph, Variable
    from rdflib.query import Result

    name = format.value[2]
    if format.is_of_triples:
        graph = Graph()
        for triple in store.construct(query):
            graph.add(triple)
        return graph.serialize(format=name, encoding="utf-8")
    result = Result(form)
    if form == "ASK":
        result.askAnswer = store.ask(query)
        if format is ResultFormat.CSV:  # as Oxigraph writes it; the standard has no form for it
            return str(result.askAnswer).lower().encode()
    else:
        rows = store.select(query)
        result.vars = [Variable(name) for name in dict.fromkeys(name for row in rows for name in row)]
        result.bindings = [{Variable(key): node for key, node in row.items()} for row in rows]  # type: ignore[misc]
    return result.serialize(format=name, encoding="utf-8") or b""
