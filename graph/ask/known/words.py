"""Words of a question that carry no condition of their own, such as "which", "much" and "funding"."""

from __future__ import annotations

import csv
from functools import cache

from graph.settings import Settings
from graph.stems import numbered, stem, stems_of, words_of

__all__ = ["general_words", "grammar_words", "is_general", "numbered", "stem", "stems_of", "words_of"]


@cache
def general_words() -> frozenset[str]:
    """Return the words that narrow no question down: words that ask, and words for money and the field in general.

    Raises:
        OSError: The list in data/asking cannot be read.
    """
    return _of_sorts("grammar", "asking", "money", "field", "telling")


@cache
def grammar_words() -> frozenset[str]:
    """Return the words that only hold a sentence together, such as "the" and "of"."""
    return _of_sorts("grammar")


def _of_sorts(*sorts: str) -> frozenset[str]:
    path = Settings().data / "asking" / "general_words.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file) if row["sort"] in sorts)


@cache
def _general_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in general_words())


def is_general(word: str) -> bool:
    """Return True if a word, in any grammatical form, is one of `general_words`."""
    return word in general_words() or stem(word) in _general_stems()
