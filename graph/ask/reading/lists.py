"""Word lists of data/asking that reading uses: which words call for arithmetic, and which nouns can be counted."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache

from graph.ask.known.words import stem
from graph.settings import Settings

_UNIT = re.compile(
    r"\b(?:how many|hw many|how mny|number of|no of) (?P<words>(?:[a-z'-]+ ){0,4}?[a-z'-]+?)"
    r"(?= (?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|in|of|for|on|to|from|at|by|with|that|which|"
    r"who|got|get|shared?|received?|under|between|since|and|per)\b|$| [a-z]+_\d)"
)


@cache
def _arithmetic() -> Mapping[str, str]:
    path = Settings().data / "asking" / "arithmetic_words.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["said"]: row["does"] for row in csv.DictReader(file)}


@cache
def _arithmetic_pattern() -> re.Pattern[str]:
    said = sorted(_arithmetic(), key=lambda words: -len(words))
    return re.compile(rf"\b({'|'.join(map(re.escape, said))})\b")


def arithmetic_in(masked: str) -> str:
    """Return the arithmetic that a question's words call for: "mean", "difference", "sum" or "share"; "" for none."""
    match = _arithmetic_pattern().search(masked)
    return _arithmetic()[match.group(1)] if match else ""


def unit_counted(masked: str) -> str:
    """Return the words for the things that a question counts: "applications" in "how many applications were".

    "" for none.
    """
    match = _UNIT.search(masked)
    return match.group("words") if match else ""


@cache
def countable_as(what: str) -> frozenset[str]:
    """Return the stems of the nouns for which a count of `what` is an answer, such as "charity" or "grant"."""
    path = Settings().data / "asking" / "countable_words.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(stem(row["word"]) for row in csv.DictReader(file) if row["what"] == what)
