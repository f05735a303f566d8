"""What commissioners have of a programme, a kind of programme, a fund, or of everything, read from the build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from app.resources.build import Ground, ground, registry, settings
from app.resources.stated import awards_in, every_flow_in, flows_in, named_in, relations_in
from graph.counting.sides import Side
from graph.counting.together import judged_together
from graph.model import Entity, EntityKind, RelationKind
from graph.police_areas import AreaTile, load_area_tiles
from graph.programme_kinds import ProgrammeKind, load_programme_kinds, programmes_of_kind
from graph.stated.about import documents_on

if TYPE_CHECKING:
    from app.viewmodels.across import Across, Stated

KIND = "kind/"  #: begins the key of a kind of programme
EVERYTHING = ""  #: the key of all that is loaded


@dataclass(frozen=True, slots=True)
class Areas:
    """The police areas with their commissioners."""

    layout: tuple[AreaTile, ...]
    commissioners: Mapping[str, Entity]  #: by the area's id

    @property
    def names(self) -> Mapping[str, str]:
        """The short name of each area, by its commissioner's id."""
        return {self.commissioners[tile.area].id: tile.name for tile in self.layout if tile.area in self.commissioners}


@st.cache_resource(show_spinner=False)
def areas() -> Areas:
    """Return the police areas."""
    known = registry()
    layout = load_area_tiles(settings().data / "across", known)
    bodies = {tile.area: known.commissioner_of(tile.area) for tile in layout}
    return Areas(layout, {area: known.entity(body) for area, body in bodies.items() if body is not None})


@st.cache_resource(show_spinner=False)
def programme_kinds() -> Mapping[str, ProgrammeKind]:
    """Return the kinds of programme, by id."""
    return {kind.id: kind for kind in load_programme_kinds(settings().data / "across")}


def programmes_of(kind: ProgrammeKind) -> tuple[Entity, ...]:
    """Return the programmes of a kind that decisions name."""
    now = ground()
    return _programmes_of(now.id, kind.id, now)


@st.cache_resource(show_spinner=False, max_entries=50)
def _programmes_of(build_id: str, kind: str, _now: Ground) -> tuple[Entity, ...]:
    named = [each.entity for each in named_in(build_id, _now).values() if each.entity.kind is EntityKind.PROGRAMME]
    return programmes_of_kind(programme_kinds()[kind], named, registry())


def across(key: str) -> Across:
    """Return what each commissioner has by year: of "programme/drive", "fund/...", "kind/stalking", or all for ""."""
    now = ground()
    return _across(now.id, key, now)


@st.cache_resource(show_spinner=False, max_entries=100)
def _across(build_id: str, key: str, _now: Ground) -> Across:
    from app.viewmodels.across import across as across_of

    if key == EVERYTHING:
        stated = _everything(build_id, _now)
    elif key.startswith(KIND):
        stated = _of_programmes(_programmes_of(build_id, key.removeprefix(KIND), _now), _now)
    else:
        stated = _of_thing(build_id, named_in(build_id, _now)[key].entity, key, _now)
    return across_of(stated, _now.facts.heads, areas().names)


def _everything(build_id: str, now: Ground) -> Stated:
    from app.viewmodels.across import Stated

    facts = now.facts
    money = facts.ledger.tally(None, Side.SOURCES)
    return Stated(money, every_flow_in(build_id, now), tuple(facts.awards), tuple(facts.heads))


def _of_thing(build_id: str, thing: Entity, key: str, now: Ground) -> Stated:
    from app.viewmodels.across import Stated

    relations, flows = relations_in(build_id, key, now.store, thing), flows_in(build_id, key, now.store, thing)
    return Stated(
        now.facts.ledger.tally(thing, Side.SOURCES),
        flows,
        awards_in(build_id, key, now.store, thing),
        frozenset(each.document for each in relations if each.kind is not RelationKind.MENTIONS),
        documents_on([thing], flows, relations),
    )


def _of_programmes(programmes: tuple[Entity, ...], now: Ground) -> Stated:
    from app.viewmodels.across import Stated

    facts, ids = now.facts, {each.id for each in programmes}
    documents = facts.columns.in_order(facts.documents_of_money("programmes", ids))
    flows = [
        stated
        for document in documents
        for stated in facts.flows_of_document(document)
        if any(programme.id in ids for programme in stated.flow.programmes)
    ]
    awards = [each for each in facts.awards if any(programme.id in ids for programme in each.award.programmes)]
    relations = facts.relations_where(ids=ids)
    return Stated(
        judged_together(programmes, flows, facts.grounds),
        flows,
        awards,
        frozenset(each.document for each in relations if each.kind is not RelationKind.MENTIONS),
        documents_on(programmes, flows, relations),
    )
