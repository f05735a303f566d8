"""Whose page it is where no commissioner's is meant: a department, a council or a fund that its first line names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from graph.model import Entity, EntityKind
from graph.names.index import NameIndex
from ingest.document import Document
from ingest.extract.decisions.signatures import titled

_KINDS = {EntityKind.ORGANISATION}
_DEPARTMENTS = frozenset({"government-department", "fund-administrator"})
_PUBLISHERS = _DEPARTMENTS | {"local-authority", "nhs-body", "other"}
_SPLIT = re.compile(r"\s{1,9}[-–—|:/]\s{1,9}|:\s|,\s")
_FIRST = 2  #: lines that may name whose page it is
_MANY = 3  #: a page about the areas of so many commissioners is none of theirs


def frame_of(document: Document) -> str:
    """Return the words that stand around a document's text: those outside all blocks, a web page's frame, its site."""
    parts, end = [document.publisher, document.frame], 0
    for block in sorted(document.blocks, key=lambda block: block.start):
        parts.append(document.text[end : block.start])
        end = max(end, block.end)
    return "\n".join([*parts, document.text[end:]])


def publisher_of(document: Document, names: NameIndex) -> Entity | None:
    """Return the department, council or fund that one of a document's first lines names and says no more."""
    lines = [line.strip(" #*") for line in document.text[:1000].splitlines() if line.strip(" #*")]
    for line in lines[:_FIRST]:
        for part in (line, *_SPLIT.split(line)[:2]):
            known = names.resolve(titled(part) if part.isupper() else part, kinds=_KINDS)
            if known is not None and _type_of(known, names) in _PUBLISHERS and _is_whole(part, known, names):
                return known
    return None


def _is_whole(words: str, entity: Entity, names: NameIndex) -> bool:
    """Return True if words are a body's full name: a place's name is no council's, a unit's no certain body's."""
    row = names.registry.organisations[entity.id]
    called = [row.name, *(row.aliases if row.type in _DEPARTMENTS else ())]
    return words.casefold() in [name.casefold() for name in called]


def department_of(text: str, names: NameIndex, areas: Collection[str]) -> Entity | None:
    """Return the department or fund that a text names most, if it is about many commissioners' areas."""
    if len(areas) < _MANY:
        return None
    counts = Counter(_departments(text, names))
    return counts.most_common(1)[0][0] if counts else None


def _departments(text: str, names: NameIndex) -> Iterator[Entity]:
    for found in names.find(text, kinds=_KINDS):
        if _type_of(found.entity, names) in _DEPARTMENTS:
            yield found.entity


def _type_of(entity: Entity, names: NameIndex) -> str:
    row = names.registry.organisations.get(entity.id)
    return row.type if row is not None else ""
