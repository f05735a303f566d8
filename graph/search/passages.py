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
    one, other = _fingerprint(first), _fingerprint(second)
    if one == other:
        return True
    shorter, longer = sorted((len(one[0]), len(other[0])))
    if shorter < SHORTEST_ALIKE or shorter < ALIKE * longer or one[1] != other[1]:
        return False
    common = len(one[0] & other[0])
    return common >= ALIKE * (shorter + longer - common)


@lru_cache(maxsize=8192)
def _fingerprint(text: str) -> tuple[frozenset[tuple[str, ...]], frozenset[str]]:
    words = plain_words(text)
    triples = {tuple(words[start : start + 3]) for start in range(max(len(words) - 2, 1))}
    return frozenset(triples), frozenset(_AMOUNT.findall(text))
