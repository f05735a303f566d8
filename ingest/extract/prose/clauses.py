"""The words that belong to each sum of a sentence: what stands before, what after, which sum is part of which."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.names.index import NameMention
from graph.parse.money import MoneyMention
from ingest.extract.prose.frames import Verb

_SEPARATOR = re.compile(r"\s*[;]\s*|,?\s+(?:and|plus)\s+|,\s+(?!in\s+the|one|a\s+year)|\)\s*,?\s*")
_NEW_CLAUSE = re.compile(r"(?:,|\band)\s+(?:and\s+|then\s+|also\s+|now\s+)*$")
_PART_WORDS = re.compile(r"\b(?:of which|includ\w+|this includes|made up of|comprising|consisting of)\b", re.I)


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of a sentence that speaks of one sum; offsets into the sentence."""

    start: int
    money: MoneyMention
    end: int
    whole: int | None  #: index of the sum in the same sentence that this one is a part of


def windows(
    text: str, sums: Sequence[MoneyMention], mentions: Sequence[NameMention], verbs: Sequence[Verb] = ()
) -> list[Window]:
    """Return one window per sum, in order, without overlap; a new clause with a verb of its own ends a window."""
    bounds = [0]
    for before, after in itertools.pairwise(sums):
        bounds.append(_boundary(text, before.end, after.start, mentions))
    bounds.append(len(text))
    return [
        Window(
            max(bounds[index], _clause_start(text, money.start, bounds[index])),
            money,
            min(bounds[index + 1], _clause_end(text, money.end, verbs)),
            _whole(text, sums, index),
        )
        for index, money in enumerate(sums)
    ]


def _clause_start(text: str, start: int, floor: int) -> int:
    return max(floor, text.rfind(";", floor, start) + 1)


_FAR = 400  #: characters after a sum; a verb beyond them does not end its clause


def _clause_end(text: str, end: int, verbs: Sequence[Verb]) -> int:
    """Return where the words after a sum leave its clause: at a semicolon, or before "and" with a verb of its own."""
    semicolon = text.find(";", end)
    bound = len(text) if semicolon < 0 else semicolon
    for verb in verbs:
        if verb.start - end > _FAR:
            break
        if end <= verb.start < bound and (found := _NEW_CLAUSE.search(text, end, verb.start)) is not None:
            return found.start()
    return bound


def _boundary(text: str, start: int, end: int, mentions: Sequence[NameMention]) -> int:
    """Return where the words after one sum end and those before the next begin."""
    separators = list(_SEPARATOR.finditer(text, start, end))
    if not separators:
        return start if _PART_WORDS.search(text, start, end) else end if text[start:end].strip() else start
    names = [found for found in mentions if start <= found.start and found.end <= end]
    strong = [found for found in separators if ";" in found[0]]
    if strong:
        return strong[-1].start()
    if not names or all(found.end <= separators[-1].start() for found in names):
        return separators[-1].start()
    if all(found.start >= separators[0].end() - 1 for found in names):
        return separators[0].start()
    last = [found for found in separators if found.end() <= names[-1].start]
    return (last or separators)[-1].start()


def _whole(text: str, sums: Sequence[MoneyMention], index: int) -> int | None:
    """Return which earlier sum of the sentence a sum is part of: by brackets, by a colon, or by "of which"."""
    before = text[: sums[index].start]
    may_be_part = "(" in before or _PART_WORDS.search(before) is not None
    for earlier in range(index - 1, -1, -1) if may_be_part else ():
        between = text[sums[earlier].end : sums[index].start]
        if between.count("(") > between.count(")"):
            return earlier
        if _PART_WORDS.search(between) and not re.search(r"[;]", between):
            return earlier
    for earlier in range(index) if ":" in before else ():
        between = text[sums[earlier].end : sums[index].start]
        if ":" in between and not re.search(r"[;(]", between.split(":", 1)[0]):
            return earlier
    return None
