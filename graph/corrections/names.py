"""Finds the thing that a name in a correction stands for: named by a document, known to the registry, or new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.corrections.corrected import entities_of
from graph.corrections.correction import Correction, CorrectionSet, NamedEntity, names_in
from graph.model import Entity, EntityKind, Record
from graph.names.index import NameIndex
from graph.names.new_names import new_entity


def resolved(corrections: Sequence[Correction], records: Iterable[Record], names: NameIndex) -> CorrectionSet:
    """Return the corrections together with the thing that each name in them stands for."""
    known = things_by_name(records)
    found = tuple(
        NamedEntity(name, entity_of_name(name, kind, known, names)) for name, kind in names_in(corrections)
    )
    return CorrectionSet(tuple(corrections), found)


def things_by_name(records: Iterable[Record]) -> dict[tuple[EntityKind, str], Entity]:
    """Return everything that the records name, by (kind, name) and by (kind, id)."""
    known: dict[tuple[EntityKind, str], Entity] = {}
    for record in records:
        for entity in entities_of(record):
            known.setdefault((entity.kind, _key(entity.name)), entity)
            known.setdefault((entity.kind, entity.id), entity)
    return known


def entity_of_name(
    name: str, kind: EntityKind, known: dict[tuple[EntityKind, str], Entity], names: NameIndex
) -> Entity:
    """Return the thing that a name or id stands for; a new unverified one if neither documents nor registry know it."""
    found = known.get((kind, _key(name))) or known.get((kind, name)) or names.registry.get_entity(name)
    if found is not None and found.kind is kind:
        return found
    return names.resolve(name, kinds=[kind]) or new_entity(name, kind)


def _key(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).casefold()
