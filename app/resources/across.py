"""The money of commissioners for a programme, a kind of programme, a fund, or everything, from the current build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from app.resources.build import Ground, ground, registry, settings
from app.resources.stated import awards_in, every_flow_in, flows_in, named_in, relations_in
from app.viewmodels.across_stated import (
    AcrossOf,
    Areas,
    areas_of,
    stated_of_everything,
    stated_of_programmes,
    stated_of_thing,
)
from graph.model import Entity, EntityKind
from graph.programme_kinds import ProgrammeKind, load_programme_kinds, programmes_of_kind

if TYPE_CHECKING:
    from app.viewmodels.across import Across

KIND = "kind/"  #: begins the key of a kind of programme
EVERYTHING = ""  #: the key of all that is loaded


@st.cache_resource(show_spinner=False)
def areas() -> Areas:
    """Return the police areas."""
    return areas_of(settings().data / "across", registry())


@st.cache_resource(show_spinner=False)
def programme_kinds() -> Mapping[str, ProgrammeKind]:
    """Return the kinds of programme by id."""
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
    """Return the money of each commissioner by year for a key: "programme/drive", "fund/...", "kind/stalking" or "".

    "" stands for everything that is loaded.
    """
    now = ground()
    return _across(now.id, key, now)


@st.cache_resource(show_spinner=False, max_entries=100)
def _across(build_id: str, key: str, _now: Ground) -> Across:
    from app.viewmodels.across import across as across_bodies

    of = _of(build_id, key, _now)
    if of.kind is not None:
        stated = stated_of_programmes(_programmes_of(build_id, of.kind.id, _now), _now.facts)
    elif of.thing is None:
        stated = stated_of_everything(_now.facts, every_flow_in(build_id, _now))
    else:
        stated = stated_of_thing(
            of.thing,
            _now.facts.ledger,
            flows_in(build_id, key, _now, of.thing),
            awards_in(build_id, key, _now, of.thing),
            relations_in(build_id, key, _now, of.thing),
        )
    return across_bodies(stated, _now.facts.heads, areas().names)


def across_of(key: str) -> AcrossOf:
    """Return what a key stands for."""
    now = ground()
    return _of(now.id, key, now)


def _of(build_id: str, key: str, now: Ground) -> AcrossOf:
    if key.startswith(KIND):
        return AcrossOf(kind=programme_kinds()[key.removeprefix(KIND)])
    return AcrossOf(named_in(build_id, now)[key].entity if key != EVERYTHING else None)
