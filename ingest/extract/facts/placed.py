"""Where funded things are delivered: in the places of their own sentence or list entry, else in the decision's area."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from graph.model import Award, Entity, EntityKind, Evidence, FlowStatus, FundingFlow, Relation, RelationKind
from ingest.extract.facts.spoken import Anchor, Spoken
from ingest.extract.scope.document import Scope
from ingest.extract.words.tokens import Sort

_LONGEST_ENTRY = 24  #: tokens of a list entry that names who and where
_MOST_NAMES = 3  #: of such an entry: a body, its project, a partner
_NO_AWARD = (FlowStatus.UNSUCCESSFUL, FlowStatus.SUPERSEDED)


def places_of_funded(spoken: Spoken, scope: Scope) -> Iterator[Relation]:
    """Yield where a sentence says that its funded programme, or its payee if it names no programme, is delivered."""
    places = [one for one in spoken.of_sort("place") if is_within(one.value, scope)]
    subjects = [subject for one in spoken.funded if (subject := _subject(one, scope)) is not None]
    named = [one for one in spoken.anchors if one.value in subjects]
    for place in places:
        own = _nearest(place, named)
        chosen: list[Entity | str] = [own] if own is not None else [*subjects[:1]]
        for end in chosen:
            if end != place.value:
                yield Relation(end, RelationKind.DELIVERED_IN, place.value, (spoken.sentence.evidence(),))


def places_of_entries(spoken: Spoken, scope: Scope) -> Iterator[Relation]:
    """Yield the place of a list entry without a verb: "PLACE - NAME 'PROJECT'", "NAME, PLACE"."""
    if len(spoken.parse.tokens) > _LONGEST_ENTRY or any(one.sort is Sort.VERB for one in spoken.parse.tokens):
        return
    places = [one for one in spoken.of_sort("place") if is_within(one.value, scope) and one.value != scope.place]
    sites = {one.start for one in places}
    things = spoken.of_sort("thing", "name", "organisation")
    named = [one for one in things if one.start not in sites and isinstance(one.value, Entity)]
    for one in [one for one in named if isinstance(one.value, Entity) and one.value.name[:1].isupper()][:_MOST_NAMES]:
        for place in places:
            yield Relation(one.value, RelationKind.DELIVERED_IN, place.value, (spoken.sentence.evidence(),))


def is_within(place: Entity | str, scope: Scope) -> bool:
    """Return False for a country or region that contains the decision's area, which is too wide for one programme."""
    if scope.place is None or not isinstance(place, Entity) or place == scope.place:
        return True
    return not scope.names.registry.place_contains(place.id, scope.place.id)


def area_of_things(
    scope: Scope, main: Entity | None, things: Mapping[Entity, Evidence], funded: Sequence[FundingFlow | Award]
) -> Iterator[Relation]:
    """Yield that the decision's subject, its funded programmes, and names that contain the area are delivered there."""
    if scope.place is None:
        return
    area = scope.place.name.split(" police")[0]
    own = {main, *scope.programmes, *(programme for one in funded for programme in one.programmes)}
    for thing, evidence in things.items():
        is_named = thing.kind is EntityKind.PROGRAMME and re.search(rf"\b{re.escape(area)}\b", thing.name)
        if not thing.name.islower() and (thing in own or is_named):
            yield Relation(thing, RelationKind.DELIVERED_IN, scope.place, (evidence,))


def _subject(one: FundingFlow | Award, scope: Scope) -> Entity | None:
    if one.status in _NO_AWARD:
        return None
    if len(one.programmes) == 1 and one.programmes[0].kind is EntityKind.PROGRAMME:
        return one.programmes[0]
    payee = one.recipient
    return payee if payee is not None and payee != scope.body and payee.kind is EntityKind.ORGANISATION else None


def _nearest(place: Anchor, named: list[Anchor]) -> Entity | str | None:
    """Return the name that a place belongs to: the last name before it, else the first after it."""
    before = [one for one in named if one.end <= place.start]
    after = [one for one in named if one.start >= place.end]
    chosen = before[-1:] or after[:1]
    return chosen[0].value if chosen else None
