"""Words outside the question: greetings, "please confirm", "for my dissertation". They narrow nothing.

What stands before the asking word and names nothing is outside. What follows the last name is outside where it says
who wants the answer, when or what for, by the words in `data/asking/carrier_words.csv`.
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
_SIGNED = re.compile(r"\b(?:thanks|thank you|cheers|regards|best)\b.*$")


def without_carriers(masked: str) -> str:
    """Return a masked question without the words around it that ask for nothing."""
    asks = _ASKS.search(masked)
    lead = masked[: asks.start()] if asks else ""
    if asks and lead and not _NAMED.search(lead) and not _is_condition(lead):
        masked = masked[asks.start() :]
    names = list(_NAMED.finditer(masked))
    core, tail = (masked[: names[-1].end()], masked[names[-1].end() :]) if names else (masked, "")
    tail = _SIGNED.sub(" ", tail)
    kept = [word for word in tail.split() if not set(words_of(word)) & carrier_words()]
    return f"{core} {' '.join(kept)}".strip()


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
