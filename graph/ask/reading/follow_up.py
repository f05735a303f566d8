"""Follow-up questions: the earlier form, with the new conditions in the place of those that they replace."""

from __future__ import annotations

import re

from graph.ask.language.edits import conditions_of, in_the_place_of, merged, with_conditions
from graph.ask.language.terms import Form, Quote, Says
from graph.ask.reading.asked_conditions import conditions
from graph.ask.reading.candidates import Candidate, candidates
from graph.ask.reading.read import Parts, Reading
from graph.settings import Settings

_OPENING = re.compile(
    r"^(?:and|but|so|ok|then|also|what about|how about|same (?:again )?(?:for|in|but)|now|only|just|instead|in|for|"
    r"since|before|from|to|with(?:out)?|excluding|other than|by)\b"
)
_ASKS = re.compile(r"\b(?:who|whom|whose|what|which|how|when|where|why|list|compare)\b")
_POINTING = re.compile(r"\b(?:it|its|that|this|these|those|they|them|their|there|the same|then|he|she|one|ones)\b")
_ALONE = 0.7  #: probability of the form before, taken over by words that ask nothing


def follow_ups(before: Form, reading: Reading, settings: Settings) -> list[Candidate]:
    """Return the forms that a question may mean after another one.

    Args:
        before: The form of the earlier question.
        reading: The new question, taken apart.
        settings: Where the fitted weights lie.
    """
    if _stands_alone(reading):
        return candidates(reading, settings)
    known = conditions_of(before)
    out: list[Candidate] = []
    asks_itself = bool(_ASKS.search(_OPENING.sub("", reading.masked)))
    for parts in reading.parts or (Parts((), 1.0),):
        fresh = in_the_place_of(known, conditions(reading, parts, words=False))
        if not asks_itself and not isinstance(before, Quote):
            form = with_conditions(before, lambda where, fresh=fresh: merged(where, fresh))  # type: ignore[misc]
            out.append(Candidate(form, "follow-up", _ALONE, parts.probability))
    for candidate in candidates(reading, settings):
        merged_form = with_conditions(
            candidate.form, lambda where: merged(tuple(c for c in known if not isinstance(c, Says)), where)
        )
        out.append(Candidate(merged_form, candidate.asks, candidate.probability, candidate.parts, candidate.unused))
    return out


def _stands_alone(reading: Reading) -> bool:
    """Return True if a question is complete by itself: it asks, names something, and refers to nothing before it."""
    opened = _OPENING.match(reading.masked) or _POINTING.search(reading.masked)
    named = any(m.choice is not None or m.reference for m in reading.linked.mentions)
    return not opened and named and bool(_ASKS.search(reading.masked))
