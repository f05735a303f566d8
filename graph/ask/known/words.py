"""Words of a question that carry no condition of their own, and the comparison of words by their stem."""

from __future__ import annotations

import csv
from functools import cache

from graph.settings import Settings
from graph.stems import numbered, stem, stems_of, words_of

__all__ = ["general_words", "grammar_words", "is_general", "numbered", "stem", "stems_of", "words_of"]


@cache
def general_words() -> frozenset[str]:
    """Words that ask, or name money and the field in general: they narrow nothing by themselves.

    Raises:
        OSError: The list cannot be read.
    """
    return _of_sorts("grammar", "asking", "money", "field", "telling")


@cache
def grammar_words() -> frozenset[str]:
    """Words that only hold a sentence together."""
    return _of_sorts("grammar")


def _of_sorts(*sorts: str) -> frozenset[str]:
    path = Settings().data / "asking" / "general_words.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file) if row["sort"] in sorts)


@cache
def _general_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in general_words())


def is_general(word: str) -> bool:
    """Whether a word, in any of its forms, narrows nothing by itself."""
    return word in general_words() or stem(word) in _general_stems()
