"""All spellings of the registry's names: names, aliases, and spellings made by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.model import Entity
from graph.names.rules import more_spellings
from graph.names.trie import Form
from graph.registry import Organisation, Registry


def forms_of_registry(registry: Registry) -> Iterator[Form]:
    """Yield the spellings in the registry's tables, and those made by rule."""
    for entity in registry.entities():
        row = registry.row(entity.id)
        yield Form(entity, row.name, is_name=True)
        for alias in row.aliases:
            yield Form(entity, alias)
    for name, ids in more_spellings(typed=False).items():
        yield from (Form(registry.entity(id), name) for id in ids if id in registry)


def typed_forms(registry: Registry) -> Mapping[str, tuple[Entity, ...]]:
    """Return the short forms that people type in questions, each with the things it may mean, likeliest first."""
    forms = {
        spelling: tuple(registry.entity(id) for id in ids if id in registry)
        for spelling, ids in more_spellings(typed=True).items()
    }
    for row in registry.organisations.values():
        if row.type == "university":
            forms.update({spelling: (registry.entity(row.id),) for spelling in _university_forms(row)})
    return {spelling: entities for spelling, entities in forms.items() if entities}


def _university_forms(row: Organisation) -> Iterator[str]:
    """Yield "Uni of X" and "X Uni" of a university."""
    if row.name.startswith("University of "):
        town = row.name.removeprefix("University of ")
        yield from (f"{town} Uni", f"Uni of {town}", f"{town} University")
    elif row.name.endswith(" University"):
        yield row.name.removesuffix("ersity")
