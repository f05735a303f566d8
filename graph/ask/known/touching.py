"""What touches a thing or a decision, out of the columns of a build: the sums, awards and relations of its page."""

from __future__ import annotations

from typing import Any

from graph.ask.known.facts import Facts
from graph.columns.funding import Funding
from graph.model import Entity, EntityKind
from graph.stated.awards import StatedAward
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation


def flows_touching(thing: Entity | str, facts: Facts) -> tuple[StatedFlow, ...]:
    """Return the flows that touch an entity, or that a decision, given by its IRI, states.

    For a place these include the flows for places within it, and those without a place of the bodies whose area it is.
    """
    from numpy import flatnonzero

    flows = facts.columns.flows
    rows = _touching(thing, flows, facts)
    if isinstance(thing, Entity) and thing.kind is EntityKind.PLACE:
        known = facts.columns.numbers_of_documents
        decided = facts.documents_of_areas(facts.registry.places_within(thing.id))
        rows |= (flows.numbers("place") < 0) & flows.in_documents([known[document] for document in decided])
    return tuple(flows.rows.at(flatnonzero(rows)))


def awards_touching(thing: Entity | str, facts: Facts) -> tuple[StatedAward, ...]:
    """Return the awards without a sum that touch an entity, or that a decision, given by its IRI, makes.

    For a place these include the awards for places within it.
    """
    from numpy import flatnonzero

    awards = facts.columns.awards
    return tuple(awards.rows.at(flatnonzero(_touching(thing, awards, facts))))


def relations_touching(thing: Entity | str, facts: Facts) -> tuple[StatedRelation, ...]:
    """Return the relations that name an entity; for a decision, given by its IRI, those that name it or stand in it."""
    import numpy

    columns = facts.columns
    if isinstance(thing, Entity):
        found = columns.relation_rows_of(_numbers(thing, facts))
    else:
        ends = [columns.postings(f"relation_{end}").rows(thing) for end in ("subjects", "objects")]
        stated = columns.rows_in("relations", columns.postings("decisions").rows(thing).tolist())
        found = numpy.unique(numpy.concatenate([*ends, stated]))
    return tuple(columns.relations.at(found))


def _touching(thing: Entity | str, funding: Funding[Any], facts: Facts) -> Any:
    """A mask of the rows that name an entity, or a place within it, or that a decision states."""
    if isinstance(thing, str):
        return funding.in_documents(facts.columns.postings("decisions").rows(thing))
    own = _numbers(thing, facts)
    rows = funding.under(own)
    for column in ("funder", "recipient", "fund", "place"):
        rows |= funding.naming(column, own)
    if thing.kind is EntityKind.PLACE:
        within = facts.columns.numbers_of_ids(facts.registry.places_within(thing.id)).tolist()
        rows |= funding.naming("place", [n for n in within if facts.columns.thing(n).kind is EntityKind.PLACE])
    return rows


def _numbers(thing: Entity, facts: Facts) -> list[int]:
    numbers = facts.columns.numbers_of_ids([thing.id]).tolist()
    return [number for number in numbers if facts.columns.thing(number).kind is thing.kind]
