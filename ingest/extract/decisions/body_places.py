"""Find the commissioners and councils of the places that a text names."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from graph.model import Entity, EntityKind
from graph.names.index import NameIndex

_SHORTEST = 4  #: letters of a place's name that is looked for
_FORCE = 2  #: what the name of a police force counts for, where a place counts for one


def places_named(text: str, names: NameIndex, *, by_alias: bool = True) -> Counter[str]:
    """Return how often a text names each place; places inside other names count too ("X Youth Justice Service")."""
    pattern, ids = _pattern(names, by_alias=by_alias)
    return Counter(ids[found] for found in pattern.findall(text)) if pattern is not None else Counter()


@lru_cache(maxsize=8)
def _pattern(names: NameIndex, *, by_alias: bool) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    rows = names.registry.places.items()
    ids = {name: id for id, row in rows for name in (*(row.aliases if by_alias else ()), row.name)}
    listed = sorted((name for name in ids if len(name) >= _SHORTEST), key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in listed)})\b") if listed else None
    return pattern, ids


def areas_of_forces(named: Counter[Entity], names: NameIndex) -> Counter[str]:
    """Return how often the area of each police force is implied, from how often each organisation is named."""
    counts: Counter[str] = Counter()
    for entity, count in named.items():
        row = names.registry.organisations.get(entity.id)
        if row is not None and row.type == "police-force" and row.place:
            counts[row.place] += _FORCE * count
    return counts


def commissioners_of(places: Counter[str], names: NameIndex) -> Counter[str]:
    """Return how often each commissioner is implied by places in its area; keys are ids."""
    counts: Counter[str] = Counter()
    for place, count in places.items():
        commissioner = names.registry.commissioner_of(place)
        if commissioner is not None:
            counts[commissioner] += count
    return counts


def councils_of(places: Counter[str], names: NameIndex) -> Counter[str]:
    """Return how often each council is implied by a place of its name; keys are ids."""
    counts: Counter[str] = Counter()
    for place, count in places.items():
        name = names.registry.places[place].name
        council = names.resolve(name, kinds={EntityKind.ORGANISATION}, as_payee=True)
        row = names.registry.organisations.get(council.id) if council is not None else None
        if council is not None and row is not None and row.type == "local-authority":
            counts[council.id] += count
    return counts
