"""The answer to a user's query as a document of the W3C: results as JSON, XML or CSV, triples as RDF."""

from __future__ import annotations

from enum import Enum

from graph.stores.sparql import TIMEOUT_SECONDS, checked_query, in_turn, run_in_process, run_in_thread
from graph.stores.store import Store

MOST_BYTES = 20_000_000  #: of one answer


class ResultFormat(Enum):
    """The media type of an answer, its name for Oxigraph, and its name for rdflib."""

    JSON = ("application/sparql-results+json", "JSON", "json")
    XML = ("application/sparql-results+xml", "XML", "xml")
    CSV = ("text/csv", "CSV", "csv")
    TURTLE = ("text/turtle", "TURTLE", "turtle")
    N_TRIPLES = ("application/n-triples", "N_TRIPLES", "nt")
    RDF_XML = ("application/rdf+xml", "RDF_XML", "xml")
    JSON_LD = ("application/ld+json", "JSON_LD", "json-ld")

    @property
    def media_type(self) -> str:
        """What the answer is called in Content-Type."""
        return self.value[0]

    @property
    def is_of_triples(self) -> bool:
        """Whether it is for the triples of CONSTRUCT and DESCRIBE rather than for rows and yes or no."""
        return self not in OF_ROWS


OF_ROWS = (ResultFormat.JSON, ResultFormat.XML, ResultFormat.CSV)
OF_TRIPLES = tuple(form for form in ResultFormat if form not in OF_ROWS)


def query_document(
    store: Store, text: str, format: ResultFormat, *, timeout_seconds: float = TIMEOUT_SECONDS
) -> bytes:
    """Run a user's query and return its whole answer, in UTF-8.

    An answer is whole or refused, never cut: a program could not see that rows are missing.

    Args:
        store: The graph.
        text: The query; our prefixes need not be declared.
        format: One of those of rows for SELECT and ASK, of triples for CONSTRUCT and DESCRIBE.
        timeout_seconds: After which it is refused; on disk its process is ended.

    Raises:
        RefusedQuery: It would change the graph, reaches outside it or cannot be parsed; or it ran out of time, memory
            or room, or others were running all the while.
    """
    query, form = checked_query(text)
    with in_turn(timeout_seconds):
        if store.path is not None:
            name = format.value[1]
            return run_in_process(str(store.path.resolve()), query, MOST_BYTES, timeout_seconds, format=name)
        return run_in_thread(lambda: _serialised(store, query, form, format), timeout_seconds)


def formats_for(text: str) -> tuple[ResultFormat, ...]:
    """Return the formats that the answer to a query can have, the usual one first; RefusedQuery as `query_document`."""
    return OF_ROWS if checked_query(text)[1] in ("SELECT", "ASK") else OF_TRIPLES


def _serialised(store: Store, query: str, form: str, format: ResultFormat) -> bytes:
    """Return the answer of a store that is not on disk, written by rdflib."""
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
