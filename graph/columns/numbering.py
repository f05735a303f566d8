"""The numbers by which the tables of a build refer to documents and things."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.model import Entity, EntityKind

NONE = -1  #: the number of no thing


@dataclass
class Numbering:
    """Gives each document and each thing a number, in the order in which they come."""

    documents: dict[str, int] = field(default_factory=dict)
    entities: list[Entity] = field(default_factory=list)
    _things: dict[tuple[EntityKind, str], int] = field(default_factory=dict)

    def document(self, name: str) -> int:
        """Return the number of a document."""
        return self.documents.setdefault(name, len(self.documents))

    def thing(self, entity: Entity | None) -> int:
        """Return the number of a thing, a new one if it has none yet; NONE for None."""
        if entity is None:
            return NONE
        number = self._things.setdefault((entity.kind, entity.id), len(self.entities))
        if number == len(self.entities):
            self.entities.append(entity)
        return number
