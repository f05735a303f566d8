"""A question as read, fitted to what the graph holds: names of two kinds, and bodies that go by their place's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from graph.ask.facts import Facts
from graph.ask.question import Asks, Choice, Focus, Question
from graph.ask.scope import find_flows
from graph.ask.whom import is_of_focus
from graph.ask.words import SOFT
from graph.model import Entity, EntityKind


def fitted(question: Question, facts: Facts) -> Question:
    """Return the question with each name in the kind, and under the name, that the graph knows it by."""
    question = question.but(programmes=tuple(_longest_name(choice) for choice in question.programmes))
    question = _services_as_parties(question, facts)
    question = _office(question, facts)
    if _too_vague(question) or _unknown_name(question, facts):
        return question.but(asks=Asks.NOTHING, cued=True)
    return question.but(
        funders=tuple(_called(choice, facts.funders, facts) for choice in question.funders),
        recipients=tuple(_called(choice, facts.recipients, facts) for choice in question.recipients),
    )


def _services_as_parties(question: Question, facts: Facts) -> Question:
    """A service that is paid under its own name is a party where another programme is named, or where it is no more."""
    programmes: list[Choice] = []
    parties: list[Choice] = []
    for choice in question.programmes:
        party = facts.parties_by_name.get(choice.label.lower())
        alone = len(question.programmes) == 1 and not (question.funders or question.recipients)
        funded = any(entity.id in facts.funded_programmes for entity in choice.entities)
        if party is not None and (not alone or not funded):
            parties.append(Choice(choice.words, (party,)))
        else:
            programmes.append(choice)
    if not parties:
        return question
    if question.funders and not question.recipients:
        return question.but(programmes=tuple(programmes), recipients=tuple(parties))
    return question.but(programmes=tuple(programmes), parties=(*question.parties, *parties))


def _too_vague(question: Question) -> bool:
    """Whether a sum is asked of no more than the field as a whole: "crime", "victims"."""
    named = question.things or question.references or question.deciders or question.excluded
    return question.asks is Asks.AMOUNT and bool(question.topic) and not named and set(question.topic) <= SOFT


_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'-]+(?: (?:(?:of|and|for|the|&) )?[A-Z][\w'-]+)+")


def _unknown_name(question: Question, facts: Facts) -> bool:
    """Whether a sum is asked of a name in capitals that no document holds, so that its common words don't answer."""
    if question.asks is not Asks.AMOUNT or not question.topic:
        return False
    text = question.text
    for choice in question.things:
        text = text.replace(choice.words, "|")
    return any(not facts.says(name) for name in _NAME.findall(text))


def _longest_name(choice: Choice) -> Choice:
    """ "Drive evaluation" is first of all that, and Drive only in the reading that takes the words apart."""
    shorter = {entity for other in choice.alternatives for entity in other.entities}
    own = tuple(entity for entity in choice.entities if entity not in shorter)
    return replace(choice, entities=own) if own else choice


_OFFICE = re.compile(
    r"\b(?P<out>other than|except(?: for)?|excluding|besides|apart from|not|without)?\s*\bthe (?:local )?"
    r"(?P<office>o?pf?ccs?|police(?:,? fire)? and crime commissioner|commissioner)\b(?! for\b| of\b)",
    re.IGNORECASE,
)


def _office(question: Question, facts: Facts) -> Question:
    """ "The PCC" without a place is the one commissioner who pays for what the question names."""
    match = _OFFICE.search(question.text)
    named = any(_OFFICE.search(f"the {choice.words.removeprefix('the ')}") for choice in question.things)
    if match is None or named or question.bodies or question.asks in {Asks.WHEN, Asks.WHO_DECIDED, Asks.DECISIONS}:
        return question
    offices = {
        s.flow.funder
        for s in find_flows(question.but(asks=Asks.AMOUNT), facts).everything
        if s.flow.funder is not None and is_of_focus(s.flow.funder, Focus.BODY, facts)
    }
    if len(offices) != 1:
        return question.but(asks=Asks.NOTHING, cued=True) if match["out"] else question
    choice = Choice(match["office"], tuple(offices))
    if match["out"]:
        return question.but(excluded=(*question.excluded, choice))
    gives = question.asks in {Asks.SHARE, Asks.AMOUNT, Asks.BY_YEAR} and not question.funders
    return question.but(funders=(choice,)) if gives else question


def _called(choice: Choice, known: Iterable[Entity], facts: Facts) -> Choice:
    """An area in a party's part goes by the name of the body that pays or is paid."""
    if choice.entities[0].kind is not EntityKind.PLACE:
        return choice
    place = choice.entities[0].id
    registry = facts.registry
    office = registry.council_of(place) or registry.commissioner_of(place)
    offices = {office} if office else set()
    offices |= {e.id for e in choice.entities if e.kind is EntityKind.ORGANISATION}
    named = [entity for entity in known if entity.id in offices]
    if len(named) != 1:
        return choice
    return replace(choice, said=named[0].name)
