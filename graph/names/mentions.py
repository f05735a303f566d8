"""The input and output of name linking: a document's context, and the mention of a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.model import Entity


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name in a text: `surface` equals `text[start:end]`."""

    entity: Entity
    start: int
    end: int
    surface: str
    candidates: tuple[Entity, ...] = ()  #: what else it may stand for, `entity` first; empty: nothing else
    score: float = 1.0  #: 1 as printed in the registry, less for a guess (typing slips, missing cue)


@dataclass(frozen=True, slots=True)
class NameContext:
    """What is known about a document while its names are linked."""

    body: Entity | None = None  #: the decision body: "the PCC" is this one
    place: Entity | None = None  #: the place it decides for; the body's own where None
    definitions: Mapping[str, Entity] = field(default_factory=dict)  #: short form -> what it stands for here
    payee: bool = False  #: names in the text are those of payees: a district's name is its council
