"""A question as read, fitted to what the graph holds: names of two kinds, and bodies that go by their place's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.ask.facts import Facts
from graph.ask.question import Choice, Question
from graph.model import Entity, EntityKind


def fitted(question: Question, facts: Facts) -> Question:
    """Return the question with each name in the kind, and under the name, that the graph knows it by."""
    question = _services_as_parties(question, facts)
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


def _called(choice: Choice, known: Iterable[Entity], facts: Facts) -> Choice:
    """An area in a party's part goes by the name of the body that pays or is paid."""
    if choice.entities[0].kind is not EntityKind.PLACE:
        return choice
    place = choice.entities[0].id
    registry = facts.registry
    offices = {office for office in (registry.council_of(place), registry.commissioner_of(place)) if office}
    offices |= {e.id for e in choice.entities if e.kind is EntityKind.ORGANISATION}
    named = [entity for entity in known if entity.id in offices]
    if len(named) != 1:
        return choice
    return replace(choice, said=named[0].name)
