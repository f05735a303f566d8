"""Words outside the question: greetings, "please confirm", "for my dissertation". They narrow nothing.

What stands before the asking word and names nothing is outside. Before the first name and after the last one, words are
outside that say who wants the answer, when, how exact or what for, as `data/asking/carrier_words.csv` has them.
"""

from __future__ import annotations

import csv
import re
from functools import cache

from graph.ask.words import words_of
from graph.settings import Settings

_ASKS = re.compile(r"\b(?:who|whom|whose|what|which|how|when|where|why)\b")
_NAMED = re.compile(r"\b(?:org|prog|place|fund|area|year|cal|money|ref|date|person)_\d+\b")
#: what may open a condition that stands in front: "for stalking services, who was paid?"
_CONDITION = re.compile(r"\b(?:for|in|under|on|about|regarding|concerning|within|of)\b")
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:am|pm)")
_SIGNED = re.compile(r"\b(?:many |best |kind )*(?:thanks|thank you|cheers|regards|best)\b.*$")


def without_carriers(masked: str) -> str:
    """Return a masked question without the words around it that ask for nothing."""
    asks = _ASKS.search(masked)
    lead = masked[: asks.start()] if asks else ""
    if asks and lead and not _NAMED.search(lead) and not _is_condition(lead):
        masked = masked[asks.start() :]
    names = list(_NAMED.finditer(masked))
    if not names:
        return _spared(masked)
    first, last = names[0].start(), names[-1].end()
    tail = _SIGNED.sub(" ", masked[last:])
    return " ".join(f"{_spared(masked[:first])} {masked[first:last]} {_spared(tail)}".split())


def _spared(words: str) -> str:
    """Return words without those that are outside a question, and without the hour at which it is wanted."""
    return " ".join(
        word for word in words.split() if not set(words_of(word)) & carrier_words() and not _HOUR.fullmatch(word)
    )


def _is_condition(lead: str) -> bool:
    """Whether words in front of the question say what it is about, and not who wants to know or what for."""
    opening = _CONDITION.search(lead)
    return opening is not None and not set(words_of(lead)) & carrier_words()


@cache
def carrier_words() -> frozenset[str]:
    """Return the words that say who asks, when the answer is wanted and what for.

    Raises:
        OSError: The list cannot be read.
    """
    path = Settings().data / "asking" / "carrier_words.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file))
