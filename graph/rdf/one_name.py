"""One name for each thing in the graph, where documents print a name that the registry lacks in several ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph.corrections.corrected import entities_of, with_things
from graph.identifiers import entity_iri
from graph.model import Entity, EntityKind, Record
from graph.queries import query
from graph.stores.store import Store


def with_one_name(records: Sequence[Record]) -> tuple[Record, ...]:
    """Return the records with one name for each thing: of several printed names, the first in the alphabet.

    SKOS allows one preferred name. Only names that the registry lacks are changed: all other things have the
    registry's.
    """
    printed: dict[tuple[EntityKind, str], dict[str, Entity]] = defaultdict(dict)
    for record in records:
        for entity in entities_of(record):
            if not entity.verified:
                printed[entity.kind, entity.id][entity.name] = entity
    one = {key: named[min(named)] for key, named in printed.items() if len(named) > 1}
    return tuple(with_things(record, one) for record in records)


def named_otherwise(store: Store, records: Sequence[Record]) -> set[str]:
    """Return the documents that name a thing for which the store has another name than the record, or several names."""
    held: dict[str, set[str]] = defaultdict(set)
    for row in store.select(query("names-not-verified")):
        held[str(row["thing"])].add(str(row["name"]))
    return {
        record.document
        for record in records
        for entity in entities_of(record)
        if not entity.verified and held.get(str(entity_iri(entity)), {entity.name}) != {entity.name}
    }
