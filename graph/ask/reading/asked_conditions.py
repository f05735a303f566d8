"""The conditions of a question, its names in their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.ask.language.terms import Choice, Condition, During, Named, OfKind, Referred, Role, Says
from graph.ask.reading.asked import EXCEPT
from graph.ask.reading.read import Parts, Reading

_OF_TAG = {"prog": Role.PROGRAMME, "fund": Role.FUND}


_LISTED_KIND = re.compile(
    r"\b(?:which|what|list|name|how many|top|other|by|from) (?:\w+ ){0,2}(?:councils|boroughs?|charit(?:y|ies)|"
    r"commissioners|pccs|police forces|local authorities)\b|"
    r"^(?:london )?(?:councils|boroughs|charities|commissioners) (?:that|which|who)\b"
)


def conditions(reading: Reading, parts: Parts, *, signed: bool = False, words: bool = True) -> tuple[Condition, ...]:
    """Return the conditions of a question, its names in their parts."""
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
    mentions = reading.linked.mentions
    keys = tuple(dict.fromkeys(m.reference for m in mentions if m.reference))
    people = tuple(dict.fromkeys(m.words for m in mentions if m.tag == "person"))
    if keys:
        yield Referred(Role.DECISION, keys)
    if people:
        yield Referred(Role.DECIDER, people)


def of_kind(reading: Reading, role: Role = Role.PARTY) -> tuple[Condition, ...]:
    """The kind of body that is listed."""
    if reading.kind is None or reading.not_kind is not None:
        return ()
    said = reading.what[0].label == reading.kind or _LISTED_KIND.search(reading.masked)
    return (OfKind(role, reading.kind),) if said else ()
