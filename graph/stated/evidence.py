"""The evidence of statements, read from the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rdflib.term import Node

from graph.model import Evidence
from graph.stated.things import select_in_batches, text_of
from graph.stores.store import Store


def evidence_of(store: Store, statements: Iterable[Node] | None) -> dict[str, tuple[Evidence, ...]]:
    """Return the evidence of some statements, in order, by the statement's IRI; of all statements for None."""
    found: dict[str, dict[int, Evidence]] = defaultdict(dict)
    for row in select_in_batches(store, "app-evidence", "statement", statements):
        page = text_of(row, "page")
        found[str(row["statement"])][int(text_of(row, "position"))] = Evidence(
            locator=text_of(row, "locator"),
            quote=text_of(row, "quote"),
            page=int(page) if page else None,
            start=int(text_of(row, "start") or 0),
            end=int(text_of(row, "end") or 0),
        )
    return {iri: tuple(words for _, words in sorted(by_place.items())) for iri, by_place in found.items()}
