"""When things start and end: spans between two days, and days that a verb of starting or ending governs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from graph.model import RelationKind
from ingest.extract.facts.spoken import Anchor, Spoken

_SPAN = re.compile(r"\s*(?:\bto|\buntil|\btill|\bup to|\bthrough to|[–-])\s*(?:the end of\s+)?")
_STARTING = re.compile(
    r"\b(?:launch|start|commenc|introduc|establish|creat|found|open)(?:ed|s|es|ing)?\b|\b(?:set up|beg[iau]n(?:s|ning)?|dates? from"
    r"|went live|in operation|running since|in place since)\b",
    re.I,
)
_COMMISSIONING = re.compile(r"\b(?:commissioned|took over|came to)\b", re.I)
_ENDING = re.compile(r"\b(?:end|finish|expir|conclud|clos|laps)(?:ed|es|s|e|ing)?\b|\b(?:runs? out|extend\w*)\b", re.I)
_BROKEN = re.compile(r"[.;:£]")
_FARTHEST = 50  #: characters between a verb and its day
_DATED = re.compile(r"(?:\bin|\bon|\bsince|\bfrom|\bby|\bof|\buntil|\bto|\btill)\s+(?:[a-z]+\s+){0,3}$", re.I)


def dates_in(spoken: Spoken) -> Iterator[tuple[RelationKind, Anchor, int]]:
    """Yield each day on which something starts or ends, with where the words stand that say so."""
    dates = sorted(spoken.of_sort("date"), key=lambda one: one.start)
    text = spoken.parse.text
    ends = set()
    for first, second in pairwise(dates):
        if _SPAN.fullmatch(text, first.end, second.start):
            ends.add(second.start)
            yield RelationKind.STARTS, first, first.start
            yield RelationKind.ENDS, second, first.start
    for date in dates:
        if date.start in ends or _DATED.search(text[: date.start]) is None:
            continue
        yield from ((kind, date, at) for kind, at in _governed(text, date))


def _governed(text: str, date: Anchor) -> Iterator[tuple[RelationKind, int]]:
    """Yield what a verb before a day, or behind "in 2019 ...", says of the day."""
    before = text[max(0, date.start - _FARTHEST) : date.start]
    after = text[date.end : date.end + _FARTHEST]
    for kind, pattern in ((RelationKind.STARTS, _STARTING), (RelationKind.ENDS, _ENDING)):
        verbs = [match for match in pattern.finditer(before) if not _BROKEN.search(before, match.end())]
        if verbs and not re.search(r"\d", before[verbs[-1].end() :]):
            yield kind, date.start - len(before) + verbs[-1].start()
    opens = _BROKEN.search(text[: date.start]) is None and re.match(r"\W*(?:It was )?(?:in|on|since)\b", text, re.I)
    verb = (_STARTING.search(after) or _COMMISSIONING.search(after)) if opens else None
    if verb is not None and not _BROKEN.search(after[: verb.start()]):
        yield RelationKind.STARTS, date.end
