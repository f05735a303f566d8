"""Runs of capitalised words, cut to the names in them: without owners and without purposes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.model import EntityKind
from graph.names.mentions import NameMention
from ingest.extract.slots.thing_words import load_thing_words, plain_word
from ingest.extract.words.lexicon import Lexicon

_CAPITAL = r"(?:[A-Z][\w’'@&.+-]*(?:s'(?=\s[A-Z])|[\w@’+])|[A-Z])(?:/[A-Z]\w*)?!?"
_SMALL = r"(?:of|and|for|the|in|to|on|with|about|into|a|at|by|from|your|our|my|against|&|@|\+)"
_RUN = re.compile(rf"(?<![\w£.’'@-]){_CAPITAL}(?:\s+(?:{_SMALL}\s+){{0,2}}(?:{_CAPITAL}|\d+(?![\d,/]))){{0,9}}")
_OWNER = re.compile(r"(?<=\s)(\w{1,80})['’]s\s{1,9}(?=[A-Z])")
_HARD_BREAK = re.compile(r"\n\s*\n|\t|\s{3,}|[|•]|(?:^|(?<=\n))[^\n]{0,45}(\n)")
_PURPOSE = re.compile(r"\s{1,9}for\s{1,9}(?:(the|an?|its|their)\s{1,9})?")
_NO_FIRST_WORD = re.compile(rf"{_SMALL}|[12]\d{{3}}\S*")
_NO_LAST_WORD = re.compile(rf"{_SMALL}|[\d/–-]{{4,}}")
_CUT_AT_KIND = frozenset(("for", "in", "to", "at", "on", "with", "and", "&", "across", "by", "from", "the"))

Span = tuple[int, int]


def runs_in(text: str, mentions: Sequence[NameMention], lexicon: Lexicon) -> Iterator[Span]:
    """Yield the spans at which names may stand in a text: runs of capitalised words, cut."""
    begin = 0
    breaks = [one.span(1) if one[1] else one.span() for one in _HARD_BREAK.finditer(text)]
    for end, after in [*breaks, (len(text), len(text))]:
        for match in _RUN.finditer(text, begin, end):
            yield from _cut(text, match.span(), mentions, lexicon)
        begin = after


def _cut(text: str, span: Span, mentions: Sequence[NameMention], lexicon: Lexicon) -> Iterator[Span]:
    start, end = span
    for mention in mentions:
        is_party = mention.entity.kind in (EntityKind.ORGANISATION, EntityKind.FUND) and mention.entity.verified
        is_named = mention.entity.kind is EntityKind.PLACE or (
            mention.entity.kind is EntityKind.ORGANISATION and " " in mention.surface
        )
        is_owner = is_named and text[mention.end : mention.end + 2] in ("'s", "’s")
        if (is_party or is_owner) and start <= mention.start < end:
            if mention.start - start > 3:
                yield from _cut(text, (start, mention.start), (), lexicon)
            start = max(start, mention.end)
    for owner in _OWNER.finditer(text, start, end):
        start = owner.end() if owner[1].lower() in lexicon.groups["strong-head"] else start
    split = _purpose(text, (start, end), mentions, lexicon)
    if split is not None:
        yield from _cut(text, (start, split[0]), (), lexicon)
        yield from _cut(text, (split[1], end), (), lexicon)
        return
    words = [(one[0], one.start(), one.end()) for one in re.finditer(r"\S+", text[:end]) if one.start() >= start]
    yield from _at_kinds(_without_edges(text, words, lexicon))


def _at_kinds(words: list[tuple[str, int, int]]) -> Iterator[Span]:
    """Yield a run whole; or its part up to a kind of programme that "and" or the like follows, then the rest."""
    groups = load_thing_words()
    for index, (word, _, end) in enumerate(words[:-1]):
        follows = plain_word(words[index + 1][0])
        if index and plain_word(word) in groups["kind"] and follows in _CUT_AT_KIND:
            yield words[0][1], end
            words = words[index + 2 :]
            break
    while len(words) > 1 and _NO_LAST_WORD.fullmatch(words[-1][0]):
        words = words[:-1]
    if words:
        yield words[0][1], words[-1][2]


def _purpose(text: str, span: Span, mentions: Sequence[NameMention], lexicon: Lexicon) -> Span | None:
    """Return the span after a "for" that parts a body from a purpose ("Harbour for the Lights Project"), or None."""
    is_payee = text[: span[0]].split()[-1:] == ["to"]
    for joint in _PURPOSE.finditer(text[span[0] : span[1]]):
        at = span[0] + joint.start()
        is_body = any(
            one.end == at and one.entity.kind is EntityKind.ORGANISATION and " " in one.surface for one in mentions
        )
        last = text[span[0] : at].split()[-1:]
        takes_for = not last or plain_word(last[0]) in lexicon.groups["takes-for"]
        if joint[1] or is_body or (is_payee and not takes_for):
            return at, span[0] + joint.end()
    return None


def _without_edges(text: str, words: list[tuple[str, int, int]], lexicon: Lexicon) -> list[tuple[str, int, int]]:
    months = load_thing_words()["month"]
    last = next((index for index, one in enumerate(words) if index and plain_word(one[0]) in months), len(words))
    words = words[:last]
    while words and _is_leading(text, words[0][0], words[0][1], lexicon):
        words = words[1:]
    return words


def _is_leading(text: str, word: str, start: int, lexicon: Lexicon) -> bool:
    """Return True for a word at the front of a run that is not part of a name: "The", "Approve", "PCC's"."""
    plain, groups = plain_word(word), lexicon.groups
    before = text[:start].rstrip()
    opens = not before or before[-1:] in ".!?:;•-–—"
    if not word[:1].isalnum() or _NO_FIRST_WORD.fullmatch(word):
        return True
    if plain.endswith("'s") and plain in load_thing_words()["office"]:
        return True
    if opens and (plain in groups["opening"] or plain in lexicon.verbs):
        return True
    if plain in load_thing_words()["run-noun"] and text[start + len(word) :].split()[:1] == ["of"]:
        return True  # "Extension of Night Lights"
    is_common = plain in groups["not-a-name"] - {"project", "programme"}
    return is_common and (opens or plain not in load_thing_words()["name-opening"])
