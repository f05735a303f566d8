"""Words of a question that carry no condition of their own, such as "which", "much" and "funding"."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache

from graph.settings import Settings
from graph.stems import numbered, stem, stems_of, words_of

__all__ = [
    "general_words", "grammar_words", "is_general", "name_words", "numbered", "other_kinds", "stem", "stems_of",
    "words_of",
]  # fmt: skip


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


@cache
def name_words(*sorts: str) -> tuple[str, ...]:
    """Return words that stand in names without telling one from another, in the order of their list.

    Args:
        sorts: "body" and "work" for last words ("Trust", "Scheme"), "before" for first ones ("Operation"), "listed" for
            the words of names that a register lists in full ("Council"). None for all.
    """
    return tuple(dict.fromkeys(row["word"] for row in _rows("name_words.csv") if not sorts or row["sort"] in sorts))


@cache
def other_kinds() -> tuple[str, ...]:
    """Return the kinds of body, in the plural, that neither the register nor the documents tell of every body."""
    return tuple(row["kind"] for row in _rows("other_kinds.csv"))


def _of_sorts(*sorts: str) -> frozenset[str]:
    return frozenset(row["word"] for row in _rows("general_words.csv") if row["sort"] in sorts)


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    with (Settings().data / "asking" / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def _general_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in general_words())


def is_general(word: str) -> bool:
    """Return True if a word, in any grammatical form, is one of `general_words`."""
    return word in general_words() or stem(word) in _general_stems()
