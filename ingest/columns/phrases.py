"""Words of headings and cells as tokens, and the search for phrases in them."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from graph.errors import InvalidReference
from graph.settings import PROJECT

FOLDER = PROJECT / "data" / "reading"
Tokens = tuple[str, ...]

_TOKEN = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")


@lru_cache(maxsize=50_000)
def tokens_of(text: str) -> Tokens:
    """Return the words of a text in small letters; "&" becomes "and", apostrophes and punctuation are dropped."""
    return tuple(_TOKEN.findall(_APOSTROPHE.sub("", text.casefold().replace("&", " and "))))


def place_of(phrase: Tokens, tokens: Tokens) -> int:
    """Return the index of the token at which a phrase begins in a text; -1 if the text does not contain it."""
    size = len(phrase)
    for start in range(len(tokens) - size + 1):
        if tokens[start : start + size] == phrase:
            return start
    return -1


def read_table(file: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a word list, each with its line number.

    Raises:
        InvalidReference: The file is missing or lacks a column.
    """
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = list(reader)
    except OSError as error:
        raise InvalidReference(
            f"{file}: cannot be read ({error.strerror}); restore the folder data/reading."
        ) from error
    if tuple(reader.fieldnames or ()) != tuple(columns):
        raise InvalidReference(f"{file}, line 1: the columns must be {', '.join(columns)}.")
    for number, row in enumerate(rows, start=2):
        if any(row.get(column) is None for column in columns):
            raise InvalidReference(f"{file}, line {number}: has fewer cells than columns.")
    return list(enumerate(rows, start=2))


def phrases_in(cell: str) -> list[str]:
    """Return the phrases of a word list's cell, which are separated by "|"."""
    return [phrase.strip() for phrase in cell.split("|") if phrase.strip()]
