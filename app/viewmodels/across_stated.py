"""What the documents say of what commissioners are compared by: a thing, a kind of programme, or all that is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.viewmodels.across import Stated
from graph.counting.bounds import slots_of
from graph.counting.ledger import Ledger
from graph.counting.sides import Side
from graph.counting.together import judged_together
from graph.model import Entity, EntityKind, RelationKind
from graph.police_areas import AreaTile, load_area_tiles
from graph.programme_kinds import ProgrammeKind, programmes_of_kind
from graph.registry import Registry
from graph.stated.about import documents_on
from graph.stated.awards import StatedAward, awards_of
from graph.stated.flows import StatedFlow, flows_of
from graph.stated.relations import StatedRelation, relations_of

if TYPE_CHECKING:
    from graph.ask.known.facts import Facts


@dataclass(frozen=True, slots=True)
class Areas:
    """The police areas with their commissioners."""

    layout: tuple[AreaTile, ...]
    commissioners: Mapping[str, Entity]  #: by the area's id

    @property
    def names(self) -> Mapping[str, str]:
        """The short name of each area, by its commissioner's id."""
        return {self.commissioners[tile.area].id: tile.name for tile in self.layout if tile.area in self.commissioners}


def areas_of(folder: Path, registry: Registry) -> Areas:
    """Return the police areas out of the folder with their tiles."""
    layout = load_area_tiles(folder, registry)
    bodies = {tile.area: registry.commissioner_of(tile.area) for tile in layout}
    return Areas(layout, {area: registry.entity(body) for area, body in bodies.items() if body is not None})


@dataclass(frozen=True, slots=True)
class AcrossOf:
    """What commissioners are compared by: a thing or a kind of programme; neither is all that is loaded."""

    thing: Entity | None = None  #: a programme or a fund
    kind: ProgrammeKind | None = None

    @property
    def name(self) -> str:
        """Its name, "" for all that is loaded."""
        return self.kind.name if self.kind else self.thing.name if self.thing else ""


def programmes_named(kind: ProgrammeKind, facts: Facts) -> tuple[Entity, ...]:
    """Return the programmes of a kind that decisions name."""
    named = (each.entity for each in facts.columns.named())
    return programmes_of_kind(kind, [each for each in named if each.kind is EntityKind.PROGRAMME], facts.registry)


def stated_of(of: AcrossOf, facts: Facts) -> Stated:
    """Return what the documents of a build say of it."""
    if of.kind is not None:
        return stated_of_programmes(programmes_named(of.kind, facts), facts)
    if of.thing is None:
        return stated_of_everything(facts, tuple(facts.flows.values()))
    store, thing = facts.store, of.thing
    return stated_of_thing(
        thing, facts.ledger, flows_of(store, thing), awards_of(store, thing), relations_of(store, thing)
    )


def stated_of_everything(facts: Facts, flows: Sequence[StatedFlow]) -> Stated:
    """Return what all documents say; `flows` are all of the build."""
    return Stated(facts.ledger.tally(None, Side.SOURCES), flows, tuple(facts.awards), tuple(facts.heads))


def stated_of_thing(
    thing: Entity,
    ledger: Ledger,
    flows: Sequence[StatedFlow],
    awards: Sequence[StatedAward],
    relations: Sequence[StatedRelation],
) -> Stated:
    """Return what the flows, awards and relations that name a programme or a fund say of it."""
    return Stated(
        ledger.tally(thing, Side.SOURCES), flows, awards, _telling(relations), documents_on([thing], flows, relations),
        slots_of(thing, Side.SOURCES),
    )  # fmt: skip


def stated_of_programmes(programmes: Sequence[Entity], facts: Facts) -> Stated:
    """Return what the documents say of several programmes, their money judged as that of one."""
    ids = {each.id for each in programmes}
    documents = facts.columns.in_order(facts.documents_of_money("programmes", ids))
    flows = [
        stated
        for document in documents
        for stated in facts.flows_of_document(document)
        if any(programme.id in ids for programme in stated.flow.programmes)
    ]
    awards = [each for each in facts.awards if any(programme.id in ids for programme in each.award.programmes)]
    relations = facts.relations_where(ids=ids)
    money = judged_together(programmes, flows, facts.grounds)
    on = documents_on(programmes, flows, relations)
    return Stated(money, flows, awards, _telling(relations), on, ("programme",))


def _telling(relations: Sequence[StatedRelation]) -> frozenset[str]:
    """Return the documents whose statements say more than a name."""
    return frozenset(each.document for each in relations if each.kind is not RelationKind.MENTIONS)
