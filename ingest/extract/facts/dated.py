"""Start and end dates: periods between two days, and days governed by a verb of starting or ending."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from graph.model import RelationKind
from ingest.extract.facts.spoken import Anchor, Spoken
from ingest.extract.words.lexicon import Lexicon

_SPAN = re.compile(r"\s{0,9}(?:\bto|\buntil|\btill|\bup to|\bthrough to|[–-])\s{0,9}(?:the end of\s{1,9})?")
_BROKEN = re.compile(r"[.;:£]")
_FARTHEST = 50  #: characters between a verb and its day
_DATED = re.compile(r"(?:\bin|\bon|\bsince|\bfrom|\bby|\bof|\buntil|\bto|\btill)\s+(?:[a-z]+\s+){0,3}$", re.I)
_OPENING = re.compile(r"\W{0,300}(?:It was )?(?:in|on|since)\b[^.;:£]{0,300}$", re.I)
_WORDS = re.compile(r"[\w’'-]+")


def dates_in(spoken: Spoken, lexicon: Lexicon) -> Iterator[tuple[RelationKind, Anchor, int]]:
    """Yield (relation, date, offset of the words) for each day on which something starts or ends."""
    dates = sorted(spoken.of_sort("date"), key=lambda one: one.start)
    text = spoken.parse.text
    ends = set()
    for first, second in pairwise(dates):
        if _SPAN.fullmatch(text, first.end, second.start):
            ends.add(second.start)
            yield RelationKind.STARTS, first, first.start
            yield RelationKind.ENDS, second, first.start
    for date in dates:
        if date.start not in ends and _DATED.search(text[: date.start]) is not None:
            yield from ((kind, date, at) for kind, at in _governed(text, date, lexicon))


def _governed(text: str, date: Anchor, lexicon: Lexicon) -> Iterator[tuple[RelationKind, int]]:
    """Yield (relation, offset) for each verb of starting or ending that governs a day."""
    begin = max(0, date.start - _FARTHEST)
    for kind in (RelationKind.STARTS, RelationKind.ENDS):
        verbs = _verbs(text, begin, date.start, lexicon, kind)
        if verbs and not re.search(r"[.;:£\d]", text[verbs[-1] : date.start]):
            yield kind, verbs[-1]
    if _OPENING.match(text[: date.start]):
        verbs = _verbs(text, date.end, date.end + _FARTHEST, lexicon, RelationKind.STARTS)
        if verbs and not _BROKEN.search(text[date.end : verbs[0]]):
            yield RelationKind.STARTS, date.end


def _verbs(text: str, start: int, end: int, lexicon: Lexicon, kind: RelationKind) -> list[int]:
    """Return the offsets of verbs of starting or ending; "set up" counts as one verb."""
    words = list(_WORDS.finditer(text, start, min(end, len(text))))
    found = [word.start() for word in words if lexicon.is_in(kind, word[0])]
    pairs = [(first, f"{first[0]}-{second[0]}") for first, second in pairwise(words)]
    return sorted([*found, *(first.start() for first, pair in pairs if lexicon.is_in(kind, pair))])
