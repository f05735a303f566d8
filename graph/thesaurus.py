"""Everyday words and the field's terms for the same thing, from data/search/thesaurus.csv."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import InvalidReference
from graph.stems import holds_phrase, stems

FILE = "search/thesaurus.csv"
COLUMNS = ["said", "meant"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What people say, as stems of phrases, and what the documents say."""

    said: tuple[tuple[str, ...], ...]
    meant: tuple[str, ...]


def meanings(query: str, data: Path) -> tuple[tuple[str, ...], ...]:
    """Return the field's terms for each thing that the query says in everyday words."""
    words = stems(query)
    return tuple(
        entry.meant
        for entry in load_thesaurus(data / FILE)
        if any(holds_phrase(words, phrase) for phrase in entry.said)
    )


def expansions(query: str, data: Path) -> tuple[str, ...]:
    """Return the field's terms for what the query says in everyday words, each once."""
    return tuple(dict.fromkeys(term for terms in meanings(query, data) for term in terms))


def all_meanings(data: Path) -> tuple[tuple[str, ...], ...]:
    """Return the field's terms of every entry."""
    return tuple(entry.meant for entry in load_thesaurus(data / FILE))


@cache
def load_thesaurus(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a thesaurus; none where there is no such file.

    Raises:
        InvalidReference: A line is not two columns of phrases; the message names file and line.
    """
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        if next(lines, None) != COLUMNS:
            raise InvalidReference(f"{path}, line 1: the columns should be {','.join(COLUMNS)}")
        return tuple(_entry(cells, f"{path}, line {lines.line_num}") for cells in lines)


def _entry(cells: list[str], where: str) -> Entry:
    if len(cells) != 2 or not all(cells):
        raise InvalidReference(f"{where}: {len(cells)} columns; give phrases and terms, each joined with |")
    said = tuple(tuple(stems(phrase)) for phrase in cells[0].split("|"))
    return Entry(tuple(phrase for phrase in said if phrase), tuple(cells[1].split("|")))
