"""Find the body whose list a spreadsheet is, from its titles, sheet names or file name, through the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.model import Entity, EntityKind
from graph.names.index import NameIndex
from ingest.columns.row_words import load_row_words
from ingest.extract.decisions.bodies import is_deciding_body

_KINDS = {EntityKind.ORGANISATION}
_JOINTS = re.compile(r"[_\-.+]+|%20|(?<=[a-z])(?=[A-Z])")
_PAYING_TYPES = frozenset({"local-authority", "police-force", "government-department", "fund-administrator"})
_SMALL = frozenset({"and", "of", "for", "the", "over"})


def body_of(lines: Iterable[str], names: NameIndex) -> Entity | None:
    """Return the body that the first line naming one names; None if no line names a body.

    Args:
        lines: Titles, sheet names and the file name without its ending, most reliable first.
        names: The registry's names.
    """
    for line in lines:
        for reading in dict.fromkeys((line, _as_printed(line))):
            found = _named(reading, names)
            if found is not None:
                return found
    return None


def _named(line: str, names: NameIndex) -> Entity | None:
    parts = re.split(r"\s{1,9}[-–—|:]\s{1,9}", line)
    for part in [line, *parts]:
        known = names.resolve(part, kinds=_KINDS)
        if known is not None and is_deciding_body(known, names):
            return known
    for mention in names.find(line, kinds=_KINDS):
        if is_deciding_body(mention.entity, names) or (mention.start == 0 and _pays(mention.entity, names)):
            return mention.entity
    return _by_area(line, names)


def _pays(entity: Entity, names: NameIndex) -> bool:
    """Return True if an organisation of this kind publishes lists of its own: "Ashford Council grants 2024"."""
    row = names.registry.organisations.get(entity.id)
    return row is not None and row.type in _PAYING_TYPES


def _by_area(line: str, names: NameIndex) -> Entity | None:
    """Return the commissioner of the one area named in a line that says "PCC" or "commissioner"."""
    if not load_row_words().says("commissioner", line):
        return None
    areas = [found.entity for found in names.find(line, kinds={EntityKind.PLACE})]
    ids = {id for area in areas if (id := names.registry.commissioner_of(area.id)) is not None}
    return names.registry.get_entity(ids.pop()) if len(ids) == 1 else None


def _as_printed(line: str) -> str:
    """Return a file name as words with capitals: "norfolk-pcc_spend" becomes "Norfolk PCC Spend"."""
    words = _JOINTS.sub(" ", line).split()
    if any(word[:1].isupper() for word in words if word.casefold() not in _SMALL) and not line.isupper():
        return " ".join(_capitals(word) for word in words)
    return " ".join(word if word.casefold() in _SMALL else _capitals(word) for word in words)


def _capitals(word: str) -> str:
    if load_row_words().says("short name", word):
        return word.upper()
    return word.lower() if word.casefold() in _SMALL else word[:1].upper() + word[1:].lower()


def is_telling(title: str) -> bool:
    """Return True if a sheet's name describes its list; False for default names such as "Sheet1" and "Data"."""
    return not load_row_words().says("sheet name", title)
