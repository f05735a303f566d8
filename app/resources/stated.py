"""What the current build states: decisions, flows, relations, checks, corrections, things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from app.resources.build import Ground, ground
from app.viewmodels.words import THING
from graph.builds.build import Build
from graph.corrections.merged import names_merged_into
from graph.corrections.notes import CorrectionNote
from graph.model import Entity, EntityKind, Record
from graph.stated.awards import StatedAward, awards_of
from graph.stated.checks import StatedCheck
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow, flows_of
from graph.stated.relations import StatedRelation, relations_of
from graph.stated.things import NamedThing, thing_key
from graph.stores.store import Store

if TYPE_CHECKING:
    from graph.counting.ledger import Ledger


ENOUGH = 5_000  #: flows, from which examples and suggestions are made


def heads() -> Mapping[str, DecisionHead]:
    """Return every loaded decision, by file name, latest first."""
    return ground().facts.heads


def every_flow() -> tuple[StatedFlow, ...]:
    """Return every flow of the build."""
    now = ground()
    return every_flow_in(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def every_flow_in(build_id: str, _now: Ground) -> tuple[StatedFlow, ...]:
    return tuple(_now.facts.flows.values())


def some_flows_in(now: Ground) -> list[StatedFlow]:
    """Return enough flows to make examples and suggestions from: all, or some from all over a large build."""
    return now.facts.some_flows(ENOUGH)


def years() -> tuple[str, ...]:
    """Return the financial years that flows are for, the latest first."""
    return ground().facts.years


def flows(thing: Entity | str) -> tuple[StatedFlow, ...]:
    """Return the flows that touch an entity, or that a decision's IRI makes."""
    now = ground()
    return flows_in(now.id, thing if isinstance(thing, str) else thing_key(thing), now.store, thing)


@st.cache_resource(show_spinner=False, max_entries=200)
def flows_in(build_id: str, key: str, _store: Store, _thing: Entity | str) -> tuple[StatedFlow, ...]:
    return flows_of(_store, _thing)


def awards(thing: Entity | str) -> tuple[StatedAward, ...]:
    """Return the awards without a printed sum that touch an entity, or that a decision's IRI makes."""
    now = ground()
    return awards_in(now.id, thing if isinstance(thing, str) else thing_key(thing), now.store, thing)


@st.cache_resource(show_spinner=False, max_entries=200)
def awards_in(build_id: str, key: str, _store: Store, _thing: Entity | str) -> tuple[StatedAward, ...]:
    return awards_of(_store, _thing)


def relations(thing: Entity | str) -> tuple[StatedRelation, ...]:
    """Return the relations that name an entity, or that name or stand in the decision of an IRI."""
    now = ground()
    return relations_in(now.id, thing if isinstance(thing, str) else thing_key(thing), now.store, thing)


@st.cache_resource(show_spinner=False, max_entries=200)
def relations_in(build_id: str, key: str, _store: Store, _thing: Entity | str) -> tuple[StatedRelation, ...]:
    return relations_of(_store, _thing)


def lineage() -> tuple[StatedRelation, ...]:
    """Return what the decisions say of each other."""
    now = ground()
    return lineage_in(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def lineage_in(build_id: str, _now: Ground) -> tuple[StatedRelation, ...]:
    return tuple(_now.facts.relations_between_decisions())


def checks() -> tuple[StatedCheck, ...]:
    """Return every check of the build, conflicts first."""
    now = ground()
    return checks_in(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def checks_in(build_id: str, _now: Ground) -> tuple[StatedCheck, ...]:
    return tuple(_now.facts.columns.checks)


def corrections() -> Mapping[str, tuple[CorrectionNote, ...]]:
    """Return what people set right, by the IRI of the flow, document or thing."""
    return ground().facts.corrections


def things() -> Mapping[str, tuple[Entity, int]]:
    """Return what the flows name, by key, each with how many flows touch it."""
    now = ground()
    return things_in(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def things_in(build_id: str, _now: Ground) -> dict[str, tuple[Entity, int]]:
    return {key: (each.entity, each.flows) for key, each in named_in(build_id, _now).items() if each.flows}


def names_with_kind() -> Mapping[str, str]:
    """Return all that has a page, as "Drive (programme)", by key, those that most flows name first.

    The same words for all visits: each keeps the choices of its boxes.
    """
    now = ground()
    return _names_with_kind(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def _names_with_kind(build_id: str, _now: Ground) -> dict[str, str]:
    known = sorted(named_in(build_id, _now).items(), key=lambda item: -item[1].flows)
    return {key: f"{each.entity.name} ({THING[each.entity.kind].lower()})" for key, each in known}


def names_by_kind() -> Mapping[EntityKind, Mapping[str, str]]:
    """Return the names of what the flows name, by kind and key, in their order."""
    now = ground()
    return _names_by_kind(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def _names_by_kind(build_id: str, _now: Ground) -> dict[EntityKind, dict[str, str]]:
    found: dict[EntityKind, dict[str, str]] = {}
    for key, (entity, _) in sorted(things_in(build_id, _now).items(), key=lambda pair: pair[1][0].name.casefold()):
        found.setdefault(entity.kind, {})[key] = entity.name
    return found


def named() -> Mapping[str, NamedThing]:
    """Return what flows or awards without a sum name, by key: everything that has a page."""
    now = ground()
    return named_in(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def named_in(build_id: str, _now: Ground) -> dict[str, NamedThing]:
    return {thing_key(each.entity): each for each in _now.facts.columns.named()}


def thing_names() -> Mapping[str, str]:
    """Return the names of what the flows name, by key."""
    return _thing_names(ground().id, things())


@st.cache_resource(show_spinner=False, max_entries=2)
def _thing_names(build_id: str, _things: Mapping[str, tuple[Entity, int]]) -> dict[str, str]:
    return {key: entity.name for key, (entity, _) in _things.items()}


def ledger() -> Ledger:
    """Return what counts of the money of every thing."""
    return ground().facts.ledger


def merged_names(thing: Entity) -> tuple[str, ...]:
    """Return the names that people said stand for the same thing."""
    return names_merged_into(thing, ground().build.corrections)


def record(name: str) -> Record | None:
    """Return what was read from the document of that file name, or None."""
    now = ground()
    return _record(now.id, name, now.build)


@st.cache_resource(show_spinner=False, max_entries=50)
def _record(build_id: str, name: str, _build: Build) -> Record | None:
    return _build.record(name)


def document(name: str) -> dict[str, Any] | None:
    """Return the document of that file name with its blocks and offsets, or None."""
    now = ground()
    return _document(now.id, name, now.build)


@st.cache_resource(show_spinner=False, max_entries=20)
def _document(build_id: str, name: str, _build: Build) -> dict[str, Any] | None:
    return _build.document(name)
