"""Things by their id or by a name, looked up in the graph and in the registry."""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from graph.ask.facts import Facts
from graph.model import Entity, EntityKind


class KnownThings:
    """Everything that a question can name, by id and by every name that it has."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._by_id: dict[str, list[Entity]] = {}
        self._by_name: dict[str, dict[str, Entity]] = {}
        for entity in (*facts.entities.values(), *facts.registry.entities(), *facts.unverified):
            same_id = self._by_id.setdefault(entity.id, [])
            if entity not in same_id:
                same_id.append(entity)
            for name in {entity.name, *facts.names_of(entity)}:
                self._by_name.setdefault(_plain(name), {}).setdefault(entity.id, entity)

    def by_id(self, id: str) -> tuple[Entity, ...]:
        """Return what has an id: one thing, several times where corrections gave it further names."""
        return tuple(self._by_id.get(id, ()))

    def by_name(self, name: str) -> tuple[Entity, ...]:
        """Return everything that has a name, of whatever kind; capitals and double spaces do not matter."""
        return tuple(self._by_name.get(_plain(name), {}).values())

    def is_called(self, entity: Entity, name: str) -> bool:
        """Return True if a name is one of a thing's."""
        return _plain(name) in {_plain(each) for each in (entity.name, *self._facts.names_of(entity))}


_KNOWN: WeakKeyDictionary[Facts, KnownThings] = WeakKeyDictionary()


def known_things(facts: Facts) -> KnownThings:
    """Return the things of a graph, gathered once for as long as the graph lives."""
    if facts not in _KNOWN:
        _KNOWN[facts] = KnownThings(facts)
    return _KNOWN[facts]


def of_kind(entities: Iterable[Entity], kind: EntityKind | None) -> tuple[Entity, ...]:
    """Return the things of a kind; all where no kind is given."""
    return tuple(entity for entity in entities if kind is None or entity.kind is kind)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
