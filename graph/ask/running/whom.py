"""What the names of a question stand for: ids of parties, of places and the places in them, kinds of body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.ask.known.facts import Facts
from graph.ask.language.terms import Choice, Kind
from graph.model import Entity, EntityKind

_COMMISSIONERS = frozenset({"police-and-crime-commissioner", "combined-authority"})


#: what is in the names of bodies of a kind; it tells of bodies that the register does not know
IN_NAMES: Mapping[Kind, tuple[str, ...]] = {
    Kind.BOROUGH: ("borough of", "borough council"),
    Kind.COUNCIL: ("council", "borough", "county", "city of"),
    Kind.COMMISSIONER: ("commissioner", "mayor", "combined authority"),
    Kind.CHARITY: ("trust", "aid", "charity", "foundation"),
    Kind.FORCE: ("police",),
}


def is_of_kind(entity: Entity, kind: Kind, facts: Facts) -> bool:
    """Return True if an organisation is of a kind: by the register, else by its name."""
    row = facts.registry.organisations.get(entity.id)
    name, type_ = entity.name.lower(), row.type if row else ""
    is_named_so = _has(name, *IN_NAMES.get(kind, ()))
    if kind is Kind.BOROUGH:
        place = facts.registry.places.get(row.place) if row and row.place else None
        in_london = place is not None and place.type == "london-borough"
        return (type_ in {"", "local-authority"} and is_named_so) or (in_london and type_ == "local-authority")
    if kind is Kind.COUNCIL:
        return type_ == "local-authority" or (not type_ and is_named_so)
    if kind is Kind.COMMISSIONER:
        return type_ in _COMMISSIONERS or is_named_so
    if kind is Kind.CHARITY:
        return type_ == "charity" or (not type_ and is_named_so)
    if kind is Kind.FORCE:
        return type_ == "police-force" or (not type_ and is_named_so and not _has(name, "commissioner"))
    return entity.kind is EntityKind.ORGANISATION


def bodies_of_kind(kind: Kind, facts: Facts) -> Any:
    """Return the organisations of a kind as a mask over the numbers of things; it is made once for a build.

    A body that the register knows is looked at; of the others, of which there may be many, names are compared.
    """

    def make() -> Any:
        import numpy

        columns = facts.columns
        if kind is Kind.ORGANISATION:
            return columns.are("things", "kind", EntityKind.ORGANISATION)
        bodies = columns.are("things", "kind", EntityKind.ORGANISATION)
        found = numpy.zeros(len(bodies), bool)
        found[columns.containing("things", "name", IN_NAMES[kind])] = True
        if kind is Kind.FORCE:
            found[columns.containing("things", "name", ["commissioner"])] = False
        for number in columns.numbers_of_ids(facts.registry.organisations).tolist():
            found[number] = is_of_kind(columns.thing(number), kind, facts)
        return found & bodies

    return facts.kept.value("bodies of kind", kind, make)


def _has(name: str, *words: str) -> bool:
    return any(word in name for word in words)


def ids(choices: Iterable[Choice]) -> frozenset[str]:
    """Return the ids of everything that the choices may stand for."""
    return frozenset(entity.id for choice in choices for entity in choice.entities)


def party_ids(choices: Iterable[Choice], facts: Facts) -> frozenset[str]:
    """Return the ids of the organisations that the choices may stand for.

    A bare place stands for its council or commissioner.
    """
    found: set[str] = set()
    for choice in choices:
        organisations = [e.id for e in choice.entities if e.kind is EntityKind.ORGANISATION]
        found.update(organisations)
        for entity in choice.entities:
            if entity.kind is EntityKind.PLACE and not organisations:
                offices = (facts.registry.council_of(entity.id), facts.registry.commissioner_of(entity.id))
                found.update({entity.id, *(office for office in offices if office)})
    return frozenset(found)


def places_within(choices: Iterable[Choice], facts: Facts) -> frozenset[str]:
    """Return the ids of the named places and of all places within them; a body named as a place stands for its area."""
    found: set[str] = set()
    for choice in choices:
        for entity in choice.entities:
            area = entity.id if entity.kind is EntityKind.PLACE else facts.registry.place_of_body(entity.id)
            if area:
                found |= facts.registry.places_within(area)
    return frozenset(found)


def council_place(entity: Entity | None, facts: Facts) -> str:
    """Return the id of a council's own area; "" for anything else."""
    if entity is None:
        return ""
    if entity.kind is EntityKind.PLACE:
        return entity.id
    row = facts.registry.organisations.get(entity.id)
    return row.place if row and row.type == "local-authority" and row.place else ""
