"""Names that can mean two things which both have money: the readings are set side by side, not chosen by guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from graph.ask.citing import cite_flows
from graph.ask.draft import Draft, entity_item
from graph.ask.facts import Facts
from graph.ask.measure import Measure, measure
from graph.ask.question import Asks, Choice, Question
from graph.ask.result import Alternative, Status
from graph.ask.sentences import listed, period_words, pounds
from graph.ask.shares import years_of
from graph.model import Entity, EntityKind
from graph.stated.flows import StatedFlow

_NEAR = Decimal("0.05")  #: how far two readings may be apart, of the larger, to be one answer

_COUNCIL_AREAS = {"london-borough", "district", "unitary-authority", "county"}


def place_or_body(question: Question, facts: Facts) -> Draft | None:
    """ "How much did London get": the place and the bodies that go by its name, each with its money.

    None where one reading alone has money, where both come to the same, or where the name is a council's own area.
    """
    narrowed = question.programmes or question.funds or question.references or question.topic or question.funders
    if question.asks is not Asks.AMOUNT or narrowed or len(question.recipients) != 1 or question.kinds:
        return None
    choice = question.recipients[0]
    place = choice.entities[0]
    if place.kind is not EntityKind.PLACE or _is_council_area(place, facts):
        return None
    here = measure(question.but(recipients=(), places=(Choice(choice.words, (place,)),)), facts)
    bodies = [(body, found) for body in _bodies(place, choice, facts) if (found := _got(question, body, facts))]
    if here is None or not bodies or any(_is_same(here.amount, found.amount) for _, found in bodies):
        return None
    return _both(question, place, here, bodies, facts)


def _is_council_area(place: Entity, facts: Facts) -> bool:
    """Whether a place is that of one council, whose money the place's money is in common speech."""
    row = facts.registry.places.get(place.id)
    return row is not None and row.type in _COUNCIL_AREAS and facts.registry.council_of(place.id) is not None


def _bodies(place: Entity, choice: Choice, facts: Facts) -> list[Entity]:
    """The bodies that a place's bare name may stand for."""
    registry = facts.registry
    offices = [registry.council_of(place.id), registry.commissioner_of(place.id)]
    named = [entity for entity in choice.entities if entity.kind is EntityKind.ORGANISATION]
    return list(dict.fromkeys([*(registry.entity(id) for id in offices if id), *named]))


def _got(question: Question, body: Entity, facts: Facts) -> Measure | None:
    return measure(question.but(recipients=(Choice(body.name, (body,)),)), facts)


def _is_same(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= max(one, other) * _NEAR


def _both(
    question: Question, place: Entity, here: Measure, bodies: Sequence[tuple[Entity, Measure]], facts: Facts
) -> Draft:
    when = period_words(question.period)
    said = [f"the place ({pounds(here.amount)})"]
    said += [f"{body.name} ({pounds(found.amount)})" for body, found in bodies]
    label = f"{place.name}, the place: {pounds(here.amount)}"
    alternatives = [Alternative(label, f"how much funding in {place.name}{when}")]
    alternatives += [
        Alternative(f"{body.name}: {pounds(found.amount)}", f"how much did {body.name} get{when}")
        for body, found in bodies
    ]
    each: list[tuple[Entity, Measure]] = [(place, here), *bodies]
    flows = [stated for _, found in each for stated in found.flows[:20]]
    return Draft(
        Status.AMBIGUOUS,
        f"{place.name} can mean {listed(said, last='or')}.",
        tuple(entity_item(thing, amount=found.own, years=years_of(found.flows)) for thing, found in each),
        citations=cite_flows(flows, facts),
        alternatives=tuple(alternatives),
        sparql=here.scope.plan.sparql if here.scope.plan else "",
    )


def two_bodies(question: Question, flows: Sequence[StatedFlow]) -> tuple[Alternative, ...]:
    """Where a name stands for two organisations that both have money in the answer, a question for each."""
    for side, choices in (("funder", question.funders), ("recipient", question.recipients)):
        for choice in choices:
            ids = {e.id for e in choice.entities if e.kind is EntityKind.ORGANISATION}
            parties = [s.flow.funder if side == "funder" else s.flow.recipient for s in flows]
            found = {party.id: party for party in parties if party is not None and party.id in ids}
            if len(found) >= 2:
                return tuple(
                    Alternative(party.name, re.sub(re.escape(choice.words), party.name, question.text, count=1))
                    for party in found.values()
                )
    return ()
