"""The conditions that a question states, given the role of each of its names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.ask.language.terms import Choice, Condition, During, Named, OfKind, Referred, Role, Says
from graph.ask.reading.label_guesses import EXCEPT
from graph.ask.reading.read import Parts, Reading

_OF_TAG = {"prog": Role.PROGRAMME, "fund": Role.FUND}


_LISTED_KIND = re.compile(
    r"\b(?:which|what|list|name|how many|top|other|by|from) (?:\w+ ){0,2}(?:councils|boroughs?|charit(?:y|ies)|"
    r"commissioners|pccs|police forces|local authorities)\b|"
    r"^(?:london )?(?:councils|boroughs|charities|commissioners) (?:that|which|who)\b"
)


def conditions(reading: Reading, parts: Parts, *, signed: bool = False, words: bool = True) -> tuple[Condition, ...]:
    """Return the conditions that a question states.

    Args:
        reading: The question, taken apart.
        parts: The role of each name.
        signed: Read times as the day of a decision's signature, rather than as the years of money.
        words: Include the words that narrow the question down.
    """
    named: dict[tuple[Role, bool], list[Choice]] = {}
    for number, part in parts.roles:
        choice = reading.linked.mentions[number].choice
        if choice is None:
            continue
        without = part == EXCEPT
        role = _OF_TAG.get(reading.linked.mentions[number].tag) or (Role.PARTY if without else Role(part))
        named.setdefault((role, without), []).append(choice)
    out: list[Condition] = [Named(role, tuple(choices), without) for (role, without), choices in named.items()]
    out += referred(reading)
    period = reading.signed_period if signed else reading.period
    if period:
        out.append(During(period))
    if reading.sized is not None:
        out.append(reading.sized)
    if reading.standing is not None:
        out.append(reading.standing)
    if reading.not_kind is not None:
        out.append(OfKind(Role.PARTY, reading.not_kind, without=True))
    if words and reading.telling:
        out.append(Says(reading.telling))
    return tuple(out)


def referred(reading: Reading) -> Iterator[Condition]:
    """Yield the conditions on a decision's reference and on who signed it, where the question names these."""
    mentions = reading.linked.mentions
    keys = tuple(dict.fromkeys(m.reference for m in mentions if m.reference))
    people = tuple(dict.fromkeys(m.words for m in mentions if m.tag == "person"))
    if keys:
        yield Referred(Role.DECISION, keys)
    if people:
        yield Referred(Role.DECIDER, people)


def of_kind(reading: Reading, role: Role = Role.PARTY) -> tuple[Condition, ...]:
    """Return the condition that the listed organisations are of the kind that the question lists.

    The result is () if the question lists no kind of organisation.
    """
    if reading.kind is None or reading.not_kind is not None:
        return ()
    said = reading.what[0].label == reading.kind or _LISTED_KIND.search(reading.masked)
    return (OfKind(role, reading.kind),) if said else ()
