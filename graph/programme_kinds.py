"""Kinds of programmes. The register, or else the words of its name, tell a programme's kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.model import Entity
from graph.registry import Registry
from graph.registry_tables import PROGRAMME_KINDS, read_lines

TABLE = "programme_kinds"


@dataclass(frozen=True, slots=True)
class ProgrammeKind:
    """A kind of programmes, with the words in a name that indicate it."""

    id: str
    name: str  #: "Perpetrator programmes"
    description: str
    words: tuple[str, ...]  #: a name that has one of them is of this kind, where the register does not say

    def is_said_by(self, name: str) -> bool:
        """Return True if a programme's name contains one of the kind's words as a whole word; capitals are ignored."""
        said = _plain(name)
        return any(_plain(words) in said for words in self.words)


def load_programme_kinds(folder: Path) -> tuple[ProgrammeKind, ...]:
    """Return the kinds in the order of their table.

    Raises:
        InvalidReference: The table is missing or wrong, or has a kind twice; the message names file, line and remedy.
    """
    kinds: dict[str, ProgrammeKind] = {}
    for line in read_lines(folder, TABLE, ("id", "name", "description", "words")):
        words = tuple(part.strip() for part in line.text("words").split("|") if part.strip())
        kind = ProgrammeKind(line.one_of("id", PROGRAMME_KINDS), line.name(), line.text("description"), words)
        if kind.id in kinds:
            raise line.fault(f"the kind {kind.id!r} stands above already; remove one of the two lines")
        kinds[kind.id] = kind
    return tuple(kinds.values())


def programmes_of_kind(kind: ProgrammeKind, known: Iterable[Entity], registry: Registry) -> tuple[Entity, ...]:
    """Return those of the known programmes that are of a kind, by name.

    The register decides for the programmes in it; any other programme is of each kind whose words its name contains.
    """
    found = [each for each in known if _is_of_kind(each, kind, registry)]
    return tuple(sorted(found, key=lambda each: each.name.casefold()))


def _is_of_kind(programme: Entity, kind: ProgrammeKind, registry: Registry) -> bool:
    row = registry.programmes.get(programme.id)
    return kind.is_said_by(programme.name) if row is None else row.kind == kind.id


def _plain(words: str) -> str:
    return f" {' '.join(''.join(sign if sign.isalnum() else ' ' for sign in words.casefold()).split())} "
