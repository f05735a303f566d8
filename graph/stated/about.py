"""Which decisions are on a thing: those that state a sum for it, or are said to be about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from graph.model import Entity, EntityKind, RelationKind
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation

_OF_MONEY = (EntityKind.PROGRAMME, EntityKind.FUND)


def documents_on(
    things: Collection[Entity], flows: Iterable[StatedFlow], relations: Iterable[StatedRelation]
) -> frozenset[str]:
    """Return the documents of the decisions on some programmes or funds, as a history of their money counts them.

    The history adds those whose title alone bears a name. Others state something else of them, such as when they start
    or who delivers them. None for organisations and places, whose decisions are all that name them.

    Args:
        things: The programmes or funds.
        flows: The flows that are for them.
        relations: The relations that name them.
    """
    if any(thing.kind not in _OF_MONEY for thing in things):
        return frozenset()
    ids = {thing.id for thing in things}
    about = (each for each in relations if each.kind is RelationKind.ABOUT and isinstance(each.object, Entity))
    said = {each.document for each in about if isinstance(each.object, Entity) and each.object.id in ids}
    return frozenset(said | {stated.document for stated in flows})
