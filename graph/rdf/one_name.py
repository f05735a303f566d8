"""One name for each thing in the graph, where documents print a name in several ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph.corrections.corrected import entities_of, with_things
from graph.model import Entity, EntityKind, Record


def with_one_name(records: Sequence[Record]) -> tuple[Record, ...]:
    """Return the records with one name for each thing, as `names_chosen` chooses it."""
    one = names_chosen(entity for record in records for entity in entities_of(record))
    return tuple(with_things(record, one) for record in records)


def names_chosen(named: Iterable[Entity]) -> Mapping[tuple[EntityKind, str], Entity]:
    """Return one name for each thing that has several, by kind and id: the first in the alphabet.

    SKOS allows one preferred name. A checked name goes before others.
    """
    printed: dict[tuple[EntityKind, str], set[Entity]] = defaultdict(set)
    for entity in named:
        printed[entity.kind, entity.id].add(entity)
    several = {key: forms for key, forms in printed.items() if len(forms) > 1}
    return {key: min(forms, key=lambda each: (not each.verified, each.name)) for key, forms in several.items()}
