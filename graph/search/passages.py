"""Identity and likeness of passages, by their words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

ALIKE = 0.8  #: share of word triples that near-identical passages have in common
SHORTEST_ALIKE = 12  #: words; shorter passages are alike only when they are the same

_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_AMOUNT = re.compile(r"£\s?[\d,.]+\w?")


def passage_id(text: str) -> str:
    """Return an id of a passage's words: case, punctuation, spacing and typography make no difference."""
    return sha256(" ".join(plain_words(text)).encode("utf-8", "replace")).hexdigest()[:24]


def plain_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation around them."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("’", "'").casefold())


def are_alike(first: str, second: str) -> bool:
    """Return True if two passages say nearly the same in the same words, with about the same amounts of money."""
    if _amounts(first) != _amounts(second):
        return False
    one, other = _triples(first), _triples(second)
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    if shorter < SHORTEST_ALIKE or shorter < ALIKE * longer:
        return False
    common = len(one & other)
    return common >= ALIKE * (shorter + longer - common)


@lru_cache(maxsize=8192)
def _amounts(text: str) -> frozenset[str]:
    return frozenset(_AMOUNT.findall(text))


@lru_cache(maxsize=8192)
def _triples(text: str) -> frozenset[tuple[str, ...]]:
    words = plain_words(text)
    return frozenset(zip(words, words[1:], words[2:], strict=False)) or frozenset([tuple(words)])
