"""The citations between decisions as triples, out of a build's columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.columns.columns import Columns
from graph.columns.making import Tables
from graph.rdf.citations import citation_triples
from graph.rdf.triples import Triple


def citations_in(tables: Tables, keys: Mapping[str, Sequence[str]]) -> list[Triple]:
    """Return the triples of the graph of citations.

    Args:
        tables: The tables of a build.
        keys: The normalised references of each document's decision.
    """
    import numpy

    columns = Columns(tables)
    heads = columns.heads
    iris = {document: heads[number].iri for document, number in columns.numbers_of_documents.items()}
    pairs = [(key, iris[document]) for document, own in keys.items() for key in own]
    rows = columns.relations.at(numpy.flatnonzero(columns.numbers("relations", "object") < 0))
    return citation_triples(rows, heads, pairs)
