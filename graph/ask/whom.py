"""Whom and what the names of a question stand for: ids of parties, of places and what lies in them, kinds of body."""

from __future__ import annotations

from collections.abc import Iterable

from graph.ask.facts import Facts
from graph.ask.question import Choice, Focus
from graph.model import Entity, EntityKind


def is_of_focus(entity: Entity, focus: Focus, facts: Facts) -> bool:
    """Whether an organisation is of the kind that the question asks for."""
    row = facts.registry.organisations.get(entity.id)
    name = entity.name.lower()
    type_ = row.type if row else ""
    if focus in {Focus.BOROUGH, Focus.COUNCIL}:
        place = facts.registry.places.get(row.place) if row and row.place else None
        london = place is not None and place.type == "london-borough"
        in_words = any(word in name for word in ("council", "borough", "district", "county", "city of"))
        if focus is Focus.BOROUGH:
            of_name = type_ in {"", "local-authority"} and "borough" in name and "council" in name
            return of_name or (london and type_ == "local-authority")
        return type_ == "local-authority" or (not type_ and in_words)
    if focus is Focus.BODY:
        return (
            type_ in {"police-and-crime-commissioner", "combined-authority"}
            or "commissioner" in name
            or ("mayor" in name or "combined authority" in name)
        )
    if focus is Focus.CHARITY:
        return type_ == "charity" or (
            not type_ and any(word in name for word in ("trust", "aid", "charity", "foundation"))
        )
    return True


def ids(choices: Iterable[Choice]) -> frozenset[str]:
    """Ids of everything that the choices may stand for."""
    return frozenset(entity.id for choice in choices for entity in choice.entities)


def party_ids(choices: Iterable[Choice], facts: Facts) -> frozenset[str]:
    """Ids of the organisations that the choices may stand for; a bare place stands for its council or commissioner."""
    found: set[str] = set()
    for choice in choices:
        organisations = [e.id for e in choice.entities if e.kind is EntityKind.ORGANISATION]
        found.update(organisations)
        for entity in choice.entities:
            if entity.kind is EntityKind.PLACE and not organisations:
                office = facts.registry.council_of(entity.id) or facts.registry.commissioner_of(entity.id)
                found.update({office, entity.id} if office else {entity.id})
    return frozenset(found)


def places_within(choices: Iterable[Choice], facts: Facts) -> frozenset[str]:
    """Ids of the places named and of all that lie within them."""
    found: set[str] = set()
    for choice in choices:
        for entity in choice.entities:
            if entity.kind is EntityKind.PLACE:
                found |= facts.registry.places_within(entity.id)
    return frozenset(found)


def council_place(entity: Entity | None, facts: Facts) -> str:
    """The id of a council's own area; "" for everything else."""
    if entity is None:
        return ""
    if entity.kind is EntityKind.PLACE:
        return entity.id
    row = facts.registry.organisations.get(entity.id)
    return row.place if row and row.type == "local-authority" and row.place else ""
