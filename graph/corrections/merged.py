"""The names that people merged: they said that several names stand for the same thing."""

from __future__ import annotations

from graph.corrections.correction import Action, CorrectionSet, in_force
from graph.model import Entity


def names_merged_into(thing: Entity, corrections: CorrectionSet) -> tuple[str, ...]:
    """Return the names that were merged into a thing, directly or in several steps, in the order of the corrections."""
    merges = [each for each in in_force(corrections.corrections) if each.action is Action.MERGE]
    wanted, found = {thing.id}, dict[str, None]()
    while True:
        new = []
        for merge in merges:
            into = corrections.entity(merge.into, merge.kind)
            if merge.kind is thing.kind and into is not None and into.id in wanted and merge.name not in found:
                new.append(merge)
        if not new:
            return tuple(found)
        for merge in new:
            found[merge.name] = None
            one = corrections.entity(merge.name, merge.kind)
            wanted |= {one.id} if one else set()
