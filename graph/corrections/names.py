"""Finds the thing that a name in a correction stands for: named by a document, known to the registry, or new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.corrections.correction import Correction, CorrectionSet, NamedEntity, names_in
from graph.model import Entity, EntityKind
from graph.names.index import NameIndex
from graph.names.new_names import new_entity


def resolved(corrections: Sequence[Correction], named: Iterable[Entity], names: NameIndex) -> CorrectionSet:
    """Return the corrections together with the thing that each name in them stands for.

    Args:
        corrections: The corrections.
        named: What the documents name, in the order of their first naming.
        names: The index of the registry's names.
    """
    known = _by_name(named)
    found = tuple(NamedEntity(name, entity_of_name(name, kind, known, names)) for name, kind in names_in(corrections))
    return CorrectionSet(tuple(corrections), found)


def _by_name(named: Iterable[Entity]) -> dict[tuple[EntityKind, str], Entity]:
    known: dict[tuple[EntityKind, str], Entity] = {}
    for entity in named:
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
