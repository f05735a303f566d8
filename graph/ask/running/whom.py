"""What the names of a question stand for: ids of parties, of places and the places in them, kinds of body."""

from __future__ import annotations

from collections.abc import Iterable

from graph.ask.known.facts import Facts
from graph.ask.language.terms import Choice, Kind
from graph.model import Entity, EntityKind

_COMMISSIONERS = frozenset({"police-and-crime-commissioner", "combined-authority"})


def is_of_kind(entity: Entity, kind: Kind, facts: Facts) -> bool:
    """Return True if an organisation is of a kind: by the register, else by its name."""
    row = facts.registry.organisations.get(entity.id)
    name, type_ = entity.name.lower(), row.type if row else ""
    if kind is Kind.BOROUGH:
        place = facts.registry.places.get(row.place) if row and row.place else None
        in_london = place is not None and place.type == "london-borough"
        by_name = type_ in {"", "local-authority"} and _has(name, "borough of", "borough council")
        return by_name or (in_london and type_ == "local-authority")
    if kind is Kind.COUNCIL:
        return type_ == "local-authority" or (not type_ and _has(name, "council", "borough", "county", "city of"))
    if kind is Kind.COMMISSIONER:
        return type_ in _COMMISSIONERS or _has(name, "commissioner", "mayor", "combined authority")
    if kind is Kind.CHARITY:
        return type_ == "charity" or (not type_ and _has(name, "trust", "aid", "charity", "foundation"))
    if kind is Kind.FORCE:
        return type_ == "police-force" or (not type_ and _has(name, "police") and not _has(name, "commissioner"))
    return entity.kind is EntityKind.ORGANISATION


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
