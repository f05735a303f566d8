"""Words of a text and their stems, so that "funded", "funds" and "funding" are compared as one.

This is for questions and tables; search has its own stems, in `graph.search.stems`.
"""

from __future__ import annotations

import re
from functools import lru_cache

_STEP_WORDS = ("round", "tranche", "phase", "stage", "wave", "lot", "cohort", "call")
_STEPS = "|".join(_STEP_WORDS)
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDERED = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_NUMBERS = {word: str(n) for n, word in enumerate(_COUNTED, 1)}
_ORDINALS = {word: str(n) for n, word in enumerate(_ORDERED, 1)}
_NUMBERED = re.compile(rf"\b({_STEPS})s? (\d{{1,2}}|{'|'.join(_NUMBERS)})\b")
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}) ({_STEPS})\b")
_WORD = re.compile(r"[a-z0-9£][a-z0-9'£+&.-]*[a-z0-9]|[a-z0-9]")
_SIGNS = str.maketrans("’-–—_/", "'     ")
_ENDINGS = (
    ("ies", "i"), ("ied", "i"), ("sses", "ss"), ("ments", ""), ("ment", ""), ("ings", ""), ("ing", ""), ("ed", ""),
    ("es", ""), ("s", ""),
)  # fmt: skip


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case; hyphenated words are split, and possessive endings removed."""
    words: list[str] = _WORD.findall(text.lower().translate(_SIGNS))
    return [word.removesuffix("'s") for word in words]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a crude English stem: the plural, past and -ing forms of a word have the same one."""
    word = word.removesuffix("'s")
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending in ("ations", "ation", "ators", "ator", "ating", "ated", "ates", "ate"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            break
    if word.endswith("e") and len(word) > 4:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of a text's words; numbered rounds, stages and the like count as one word each: "round#2"."""
    return frozenset(map(stem, words_of(text))).union(numbered(text))


def numbered(text: str) -> list[str]:
    """Return the numbered rounds, stages and the like in a text: "round#2" for "Round 2" and "second round"."""
    lowered = text.lower()
    if not any(word in lowered for word in _STEP_WORDS):  # patterns take many times as long to find that out
        return []
    found = [f"{m.group(1)}#{_NUMBERS.get(m.group(2), m.group(2))}" for m in _NUMBERED.finditer(lowered)]
    return found + [f"{m.group(2)}#{_ORDINALS[m.group(1)]}" for m in _ORDINAL.finditer(lowered)]
