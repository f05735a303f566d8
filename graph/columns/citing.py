"""The citations between decisions as triples, out of a build's columns."""

from __future__ import annotations

from collections.abc import Collection

from graph.columns.columns import Columns
from graph.columns.funding import one_piece
from graph.columns.making import Tables
from graph.columns.next_build import KEYS, references_in
from graph.rdf.citations import citation_triples
from graph.rdf.triples import Triple

Triples = set[Triple]


def citations_changed(before: Tables, now: Tables, documents: Collection[str]) -> tuple[Triples, Triples]:
    """Return the triples of the graph of citations that do not hold any more, and the new ones.

    Args:
        before: The tables of the build before.
        now: Those of this one.
        documents: All that are new, say something else or have gone.
    """
    if _said_of_citations(before, documents) == _said_of_citations(now, documents):
        return set(), set()
    was, holds = (_citations_in(each) for each in (before, now))
    return was - holds, holds - was


def _said_of_citations(tables: Tables, documents: Collection[str]) -> object:
    """Return what some documents say that the graph of citations rests on."""
    import pyarrow
    from pyarrow import compute

    columns = Columns(tables)
    numbers = sorted(columns.numbers_of_documents[name] for name in documents if name in columns.numbers_of_documents)
    rows = pyarrow.array(columns.rows_in("relations", numbers))
    relations = sorted(one_piece(tables["relations"], "stated").take(rows).to_pylist())
    named = pyarrow.array(sorted(documents), pyarrow.string())
    keys = tables[KEYS].filter(compute.is_in(tables[KEYS]["document"], value_set=named))
    decisions = sorted((columns.documents[each], columns.heads[each].iri) for each in numbers)
    return relations, decisions, keys.to_pylist()


def _citations_in(tables: Tables) -> Triples:
    import numpy

    columns = Columns(tables)
    heads = columns.heads
    iris = {document: heads[number].iri for document, number in columns.numbers_of_documents.items()}
    pairs = [(key, iris[document]) for document, own in references_in(tables[KEYS]).known.items() for key in own]
    rows = columns.relations.at(numpy.flatnonzero(columns.numbers("relations", "object") < 0))
    return set(citation_triples(rows, heads, pairs))
