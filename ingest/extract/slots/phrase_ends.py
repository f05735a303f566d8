"""Where a purpose phrase ends: at a mark, at words that open another clause, or at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.slots.thing_words import load_thing_words, plain_word

_SHORTEST = 4  #: characters of a phrase
_MARK = re.compile(r"[;!?\n•]|\.(?=\s|$)|\s[–—-]\s")
_YEAR = re.compile(r"(?:FY\s?)?\d{4}|\d{1,2}(?:st|nd|rd|th)?$")
_TIMES = frozenset(("in", "during", "for", "from", "over", "between", "until", "by", "to", "before", "after"))
_PERIODS = ("year", "month", "week")
_FEW = 4  #: words between "over" and "years"

Word = tuple[str, int]


def end_of_phrase(phrase: str) -> int:
    """Return the offset at which a phrase ends: "lights, while the rest ..." ends before the comma."""
    mark = next((one.start() for one in _MARK.finditer(phrase) if one.start() >= _SHORTEST), len(phrase))
    words = [(one[0], one.start()) for one in re.finditer(r"\S+", phrase[:mark])]
    for index in range(1, len(words)):
        if words[index][1] >= _SHORTEST and _opens_another(words, index):
            return words[index][1]
    return mark


def is_period(phrase: str) -> bool:
    """Return True for a phrase that gives a time or duration rather than a purpose: "the next two years", "2023/24"."""
    words = [plain_word(word) for word in phrase.split()[:3]]
    words = words[1:] if words[:1] in (["the"], ["a"]) else words
    if not words:
        return True
    is_length = any(word.rstrip("s") in _PERIODS for word in words[:2])
    return is_length or words[0][:1].isdigit() or _is_month(words) or words[0] in load_thing_words()["no-purpose"]


def _opens_another(words: Sequence[Word], index: int) -> bool:
    groups = load_thing_words()
    word, is_apart = plain_word(words[index][0]), words[index - 1][0].endswith(",")
    if word in groups["clause-opener"] or (is_apart and word in groups["aside-opener"]):
        return True
    return word in _TIMES and _is_time([plain_word(one) for one, _ in words[index + 1 : index + 2 + _FEW]])


def _is_time(words: Sequence[str]) -> bool:
    """Return True if words give a time: "2023/24", "the financial year", "April 2024", "three years"."""
    words = words[1:] if words[:1] == ["the"] else words
    if not words:
        return False
    if _YEAR.match(words[0]) or _is_month(words):
        return len(words[0]) > 2 or (len(words) > 1 and words[1] in load_thing_words()["month"])
    is_length = words[0].isdigit() or words[0] in load_thing_words()["length"]
    return is_length and any(word.rstrip("s") in _PERIODS for word in words[:_FEW])


def _is_month(words: Sequence[str]) -> bool:
    return len(words) > 1 and words[0] in load_thing_words()["month"] and words[1][:1].isdigit()
