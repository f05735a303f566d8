"""Everyday words and the field's terms for the same thing, from data/search/thesaurus.csv."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import InvalidReference
from graph.search.stems import holds_phrase, stems

FILE = "search/thesaurus.csv"
COLUMNS = ["said", "meant"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What people say, as phrases and as their stems, and what the documents say."""

    phrases: tuple[str, ...]
    said: tuple[tuple[str, ...], ...]
    meant: tuple[str, ...]

    def words_said(self, words: Sequence[str], known: frozenset[str]) -> int:
        """Return how many words the longest phrase has that stands among the stems of a query, 0 if none does.

        Args:
            words: the stems.
            known: the same as a set.
        """
        said = (len(phrase) for phrase in self.said if phrase[0] in known and holds_phrase(words, phrase))
        return max(said, default=0)


def meanings(query: str, data: Path) -> tuple[tuple[str, ...], ...]:
    """Return the field's terms for each thing that the query says in everyday words."""
    words = stems(query)
    known = frozenset(words)
    return tuple(entry.meant for entry in load_thesaurus(data / FILE) if entry.words_said(words, known))


def all_phrases(data: Path) -> tuple[str, ...]:
    """Return what people say, of every entry, each phrase once."""
    return tuple(dict.fromkeys(phrase for entry in load_thesaurus(data / FILE) for phrase in entry.phrases))


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
    said = {phrase: words for phrase in cells[0].split("|") if (words := tuple(stems(phrase)))}
    return Entry(tuple(said), tuple(said.values()), tuple(cells[1].split("|")))
