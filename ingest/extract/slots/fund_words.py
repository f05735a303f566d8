"""The words before a fund's last word: which of them belong to its name, and which name its owner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from graph.model import EntityKind
from graph.names.mentions import NameMention
from ingest.extract.slots.thing_words import load_thing_words, plain_word
from ingest.extract.words.lexicon import Lexicon

REACH = 140  #: characters before its last word in which a fund's name begins
_SHORT_LINE = 60  #: a line shorter than this is broken by its writer, not by the width of a page
_JOINTS = frozenset(("of", "and", "for", "in", "at", "against", "to", "&", "+"))
_STOP = re.compile(r"[,;:.?!|•–—]$|^[-–—|•(]")
_MOST_SMALL = 2  #: words in small letters that may stand before "fund": "the CURV serious violence fund"
_QUOTES = "‘“'\""
_WORD = re.compile(r"\([^()\n]{1,60}\)|[^\s()*]+")
_NUMBER = re.compile(r"[\d/–-]+|\w+\d-\d+")

Words = list[tuple[str, int]]  #: words as printed, each with its place


@cache
def last_words() -> re.Pattern[str]:
    """Return a pattern for the words in which a fund's name may end."""
    words = "|".join(sorted(load_thing_words()["fund-head"], key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.I)


def words_before(text: str, end: int, lexicon: Lexicon) -> Words:
    """Return the words of a name up to its last word at `end`; none if they contain no capital."""
    groups = load_thing_words()
    found: Words = []
    small = 0
    for word, start in _leftwards(text, end):
        plain = plain_word(word)
        if found and plain in groups["fund-head-firm"] and found[-1][0].lower() not in groups["fund-head"]:
            while found and plain_word(found[-1][0]) in _JOINTS:
                found.pop()  # "the X Fund and Y Fund" are two
            break
        if _is_capital(word) or (plain in _JOINTS and found):
            found.append((word, start))
        elif small < _MOST_SMALL and len(found) == small and _is_describing(plain, lexicon):
            small += 1
            found.append((word, start))
        else:
            break
        if word[:1] in _QUOTES:
            break
    return _without_first(text, found[::-1], lexicon)


def starts_of(words: Words, mentions: Sequence[NameMention]) -> list[int]:
    """Return the indices at which a name may begin: its first word, after its owner, or after its giver."""
    groups = load_thing_words()
    found = [0]
    for index, (word, _) in enumerate(words):
        plain = plain_word(word)
        is_owner = plain.endswith("'s") and plain not in groups["owner-of-many"]
        if is_owner or (plain.endswith("s'") and plain in groups["office"]):
            found.append(index + 1)
    first = found[-1]
    for mention in mentions:
        is_body = mention.entity.kind is EntityKind.ORGANISATION and mention.entity.verified
        if is_body and first < len(words) and mention.start <= words[first][1] < mention.end:
            found.append(sum(start < mention.end for _, start in words))
    while found[-1] < len(words) and plain_word(words[found[-1]][0]) in {*_JOINTS, "government"}:
        found[-1] += 1
    return found


def preposition_before(text: str, start: int, lexicon: Lexicon) -> str:
    """Return the preposition within a few words before a name; "none" if there is none."""
    for word in reversed(text[max(0, start - 60) : start].split()[-4:]):
        plain = plain_word(word)
        if plain in lexicon.groups["preposition"]:
            return plain
        if plain in lexicon.verbs or _STOP.search(word):
            return "none"
    return "none"


def _leftwards(text: str, end: int) -> Iterator[tuple[str, int]]:
    """Yield (word, offset) before a place, the nearest first, up to a mark or the start of the line.

    Brackets are skipped.
    """
    floor = max(0, end - REACH)
    after = end
    for one in reversed(list(_WORD.finditer(text, floor, end))):
        if _is_line_end(text, one.end(), text[one.end() : after]):
            return
        after = one.start()
        if not one[0].startswith("("):
            if _STOP.search(one[0]):
                return
            yield one[0], one.start()


def _is_line_end(text: str, end: int, gap: str) -> bool:
    if "\n\n" in gap or "\t" in gap or "   " in gap:
        return True
    return "\n" in gap and end - (text.rfind("\n", 0, end) + 1) < _SHORT_LINE


def _is_capital(word: str) -> bool:
    is_quoted = word[:1] in _QUOTES and word[1:2].isalnum()
    return (word[:1].isupper() or is_quoted) and _NUMBER.fullmatch(word) is None


def _is_describing(plain: str, lexicon: Lexicon) -> bool:
    groups = lexicon.groups
    others = groups["preposition"] | groups["not-a-name"] | load_thing_words()["not-describing"] | _JOINTS
    return plain.isalpha() and plain not in others and plain not in lexicon.verbs


def _without_first(text: str, words: Words, lexicon: Lexicon) -> Words:
    """Return the words without leading ones that are not part of a name."""
    groups = lexicon.groups
    while words:
        word, start = words[0]
        plain, before = plain_word(word), text[:start].rstrip()
        opens = not before or before[-1:] in ".!?:;•-–—"
        is_opening = opens and (plain in groups["opening"] or plain in lexicon.verbs)
        is_said = word[:1].isupper() and not opens and plain in load_thing_words()["name-opening"]
        is_small = plain in _JOINTS or plain in groups["not-a-name"] or word[:1].islower()
        if not (is_opening or (is_small and not is_said)):
            break
        words = words[1:]
    return words
