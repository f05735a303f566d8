"""The thesaurus of data/search/thesaurus.csv: everyday words, and the documents' terms for the same thing."""

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
    """One entry: the phrases that people use, their stems, and the documents' terms."""

    phrases: tuple[str, ...]
    said: tuple[tuple[str, ...], ...]
    meant: tuple[str, ...]

    def words_said(self, words: Sequence[str], known: frozenset[str]) -> int:
        """Return the number of words in the longest of its phrases that a query contains; 0 for none.

        Args:
            words: The stems of the query, in order.
            known: The same stems as a set.
        """
        said = (len(phrase) for phrase in self.said if phrase[0] in known and holds_phrase(words, phrase))
        return max(said, default=0)


def meanings(query: str, data: Path) -> tuple[tuple[str, ...], ...]:
    """Return, for each entry of which the query uses a phrase, the documents' terms."""
    words = stems(query)
    known = frozenset(words)
    return tuple(entry.meant for entry in load_thesaurus(data / FILE) if entry.words_said(words, known))


def all_phrases(data: Path) -> tuple[str, ...]:
    """Return the phrases of all entries, each once."""
    return tuple(dict.fromkeys(phrase for entry in load_thesaurus(data / FILE) for phrase in entry.phrases))


@cache
def load_thesaurus(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a thesaurus; () if there is no such file.

    Raises:
        InvalidReference: A line does not have two columns of phrases; the message names file and line.
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
