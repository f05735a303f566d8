"""Stems of words for search, so that plural and tense make no difference.

For questions `graph.stems` has a cruder rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

_STOP_WORDS = (
    "a about after all am an and any are as at be been being but by can could did do does for from had has have he her "
    "his how i if in into is it its just may me more my no nor not of on or our out she should so some such than that "
    "the their them then there these they this those to too us was we were what when where which while who whom whose "
    "why will with would you your"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())
_IRREGULAR = (
    "beaten beat, bought buy, broke break, broken break, brought bring, built build, caught catch, children child, "
    "chosen choose, drank drink, driven drive, drove drive, drunk drink, fallen fall, fed feed, fell fall, felt feel, "
    "fled flee, flees flee, fleeing flee, fought fight, found find, gave give, given give, grew grow, grown grow, "
    "held hold, hid hide, hidden hide, kept keep, lent lend, lives life, lost lose, men man, met meet, "
    "paid pay, ran run, seen see, sent send, shot shoot, slept sleep, sold sell, spent spend, spoke speak, "
    "spoken speak, stole steal, stolen steal, struck strike, taken take, taught teach, thieves thief, thought think, "
    "threw throw, thrown throw, told tell, took take, wives wife, women woman, wore wear, worn wear, written write, "
    "wrote write"
)
IRREGULAR = dict(pair.split() for pair in _IRREGULAR.split(", "))  #: words whose forms no ending tells
ENDINGS = ("ations", "ation", "ings", "ing", "ers", "er", "ies", "ied", "ed", "es", "s", "e", "y")
SHORTEST_STEM = 3
SLACK = 3  #: other words that may stand between those of a phrase

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a word's stem, such as the same one for "services", "servicing" and "service"."""
    word = word.casefold().replace("’", "'").removesuffix("'s").replace("'", "")
    word = IRREGULAR.get(word, word)
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            cut = word[: -len(ending)]
            return cut[:-1] if cut[-1] == cut[-2] and cut[-1] not in "lsaeiou" else cut  # tagging, robbed
    return word


def stems(text: str) -> list[str]:
    """Return the stems of a text's words in order, without stop words."""
    return [stem(word) for word in WORD.findall(text) if word.casefold() not in STOP_WORDS]


def holds_phrase(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Return True if the stems of a phrase stand near each other, in any order, among the stems of a text."""
    if not phrase or not set(phrase) <= set(words):
        return False
    if len(phrase) == 1:
        return True
    places = [[place for place, word in enumerate(words) if word == part][:4] for part in phrase]
    return any(max(chosen) - min(chosen) < len(phrase) + SLACK for chosen in product(*places))


def marks(text: str, wanted: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) offsets of the words in a text that have one of the wanted stems."""
    return tuple(match.span() for match in WORD.finditer(text) if stem(match.group()) in wanted)
