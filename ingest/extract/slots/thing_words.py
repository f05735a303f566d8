"""Word lists for programmes and funds (data/reading/things.csv), and small tests of words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ingest.extract.words.lexicon import FOLDER, rows_of

FILE = FOLDER / "things.csv"


@cache
def load_thing_words(file: Path = FILE) -> Mapping[str, frozenset[str]]:
    """Return the words of each group, in small letters.

    Raises:
        WhofundsError: The file is missing or a row lacks its group or its words.
    """
    return {row["group"]: frozenset(row["words"].lower().split()) for _, row in rows_of(file, ("group", "words"))}


def plain_word(word: str) -> str:
    """Return a word in small letters without surrounding punctuation: "(Fund," becomes "fund"."""
    return word.strip('()[],;:.!?‘“”"').replace("’", "'").lower()


def are_all_in(words: list[str], group: frozenset[str]) -> bool:
    """Return True if every word belongs to the group; numbers and conjunctions always do."""
    return all(plain_word(word) in group or not any(letter.isalpha() for letter in word) for word in words)
