"""Places that a text names, those inside a programme's longer name among them ("Programme South District")."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Entity, EntityKind
from graph.names.index import NameContext, NameIndex, NameMention


def places_in(mentions: Sequence[NameMention], names: NameIndex, context: NameContext) -> list[Entity]:
    """Return the places of some mentions, each once, in order."""
    found: list[Entity] = []
    for mention in mentions:
        if mention.entity.kind is EntityKind.PLACE:
            found.append(mention.entity)
        elif mention.entity.kind is EntityKind.PROGRAMME:
            rest = mention.surface.partition(mention.entity.name)[2]
            found += [one.entity for one in names.find(rest, context=context, kinds={EntityKind.PLACE})]
    return list(dict.fromkeys(found))
