"""The statements of the current build: decisions, flows, relations, checks, corrections, things."""

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
from graph.stated.awards import StatedAward
from graph.stated.checks import StatedCheck
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.relations import StatedRelation
from graph.stated.things import NamedThing, thing_key

if TYPE_CHECKING:
    from graph.counting.ledger import Ledger


ENOUGH = 5_000  #: flows, from which examples and suggestions are made


def heads() -> Mapping[str, DecisionHead]:
    """Return the head of every loaded decision, by file name, latest first."""
    return ground().facts.heads


def every_flow() -> tuple[StatedFlow, ...]:
    """Return every flow of the build."""
    now = ground()
    return every_flow_in(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def every_flow_in(build_id: str, _now: Ground) -> tuple[StatedFlow, ...]:
    """Return every flow of a build, cached by the build's id."""
    return tuple(_now.facts.flows.values())


def some_flows_in(now: Ground) -> list[StatedFlow]:
    """Return enough flows for examples and suggestions: all, or a sample across a large build."""
    return now.facts.some_flows(ENOUGH)


def years() -> tuple[str, ...]:
    """Return the financial years of all flows, the latest first."""
    return ground().facts.years


def flows(thing: Entity | str) -> tuple[StatedFlow, ...]:
    """Return the flows that name an entity, or that the decision with an IRI states."""
    now = ground()
    return flows_in(now.id, thing if isinstance(thing, str) else thing_key(thing), now, thing)


@st.cache_resource(show_spinner=False, max_entries=200)
def flows_in(build_id: str, key: str, _now: Ground, _thing: Entity | str) -> tuple[StatedFlow, ...]:
    """Return the flows of an entity or decision, cached by the build's id and `key`."""
    from graph.ask.known.touching import flows_touching

    return flows_touching(_thing, _now.facts)


def awards(thing: Entity | str) -> tuple[StatedAward, ...]:
    """Return the awards without a printed amount that name an entity, or that the decision with an IRI states."""
    now = ground()
    return awards_in(now.id, thing if isinstance(thing, str) else thing_key(thing), now, thing)


@st.cache_resource(show_spinner=False, max_entries=200)
def awards_in(build_id: str, key: str, _now: Ground, _thing: Entity | str) -> tuple[StatedAward, ...]:
    """Return the awards of an entity or decision, cached by the build's id and `key`."""
    from graph.ask.known.touching import awards_touching

    return awards_touching(_thing, _now.facts)


def relations(thing: Entity | str) -> tuple[StatedRelation, ...]:
    """Return the relations that name an entity; or those that name, or are stated in, the decision with an IRI."""
    now = ground()
    return relations_in(now.id, thing if isinstance(thing, str) else thing_key(thing), now, thing)


@st.cache_resource(show_spinner=False, max_entries=200)
def relations_in(build_id: str, key: str, _now: Ground, _thing: Entity | str) -> tuple[StatedRelation, ...]:
    """Return the relations of an entity or decision, cached by the build's id and `key`."""
    from graph.ask.known.touching import relations_touching

    return relations_touching(_thing, _now.facts)


def lineage() -> tuple[StatedRelation, ...]:
    """Return the relations between decisions."""
    now = ground()
    return lineage_in(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def lineage_in(build_id: str, _now: Ground) -> tuple[StatedRelation, ...]:
    """Return the relations between decisions in a build, cached by the build's id."""
    return tuple(_now.facts.relations_between_decisions())


def checks() -> tuple[StatedCheck, ...]:
    """Return every check of the build, conflicts first."""
    now = ground()
    return checks_in(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def checks_in(build_id: str, _now: Ground) -> tuple[StatedCheck, ...]:
    """Return every check of a build, conflicts first, cached by the build's id."""
    return tuple(_now.facts.columns.checks)


def corrections() -> Mapping[str, tuple[CorrectionNote, ...]]:
    """Return notes on corrections, by the IRI of the corrected flow, document or thing."""
    return ground().facts.corrections


def things() -> Mapping[str, tuple[Entity, int]]:
    """Return the entities that flows name, by key, each with its number of flows."""
    now = ground()
    return things_in(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def things_in(build_id: str, _now: Ground) -> dict[str, tuple[Entity, int]]:
    """Return the entities that the flows of a build name with their number of flows, cached by the build's id."""
    return {key: (each.entity, each.flows) for key, each in named_in(build_id, _now).items() if each.flows}


def names_with_kind() -> Mapping[str, str]:
    """Return the label of everything that has a page, such as "Drive (programme)", by key, most frequent first.

    All sessions get the same object, as each session stores the options of its boxes.
    """
    now = ground()
    return _names_with_kind(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def _names_with_kind(build_id: str, _now: Ground) -> dict[str, str]:
    known = sorted(named_in(build_id, _now).items(), key=lambda item: -item[1].flows)
    return {key: f"{each.entity.name} ({THING[each.entity.kind].lower()})" for key, each in known}


def names_by_kind() -> Mapping[EntityKind, Mapping[str, str]]:
    """Return the names of the things that flows name, by kind and key, in the order of names."""
    now = ground()
    return _names_by_kind(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def _names_by_kind(build_id: str, _now: Ground) -> dict[EntityKind, dict[str, str]]:
    found: dict[EntityKind, dict[str, str]] = {}
    for key, (entity, _) in sorted(things_in(build_id, _now).items(), key=lambda pair: pair[1][0].name.casefold()):
        found.setdefault(entity.kind, {})[key] = entity.name
    return found


def named() -> Mapping[str, NamedThing]:
    """Return every thing that has a page, by key: those named by flows or by awards without a printed amount."""
    now = ground()
    return named_in(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def named_in(build_id: str, _now: Ground) -> dict[str, NamedThing]:
    """Return every thing that has a page in a build, cached by the build's id."""
    return {thing_key(each.entity): each for each in _now.facts.columns.named()}


def thing_names() -> Mapping[str, str]:
    """Return the names of the things that flows name, by key."""
    return _thing_names(ground().id, things())


@st.cache_resource(show_spinner=False, max_entries=2)
def _thing_names(build_id: str, _things: Mapping[str, tuple[Entity, int]]) -> dict[str, str]:
    return {key: entity.name for key, (entity, _) in _things.items()}


def ledger() -> Ledger:
    """Return the ledger: which flows count in the totals of each thing."""
    return ground().facts.ledger


def merged_names(thing: Entity) -> tuple[str, ...]:
    """Return the names that corrections merged into a thing."""
    return names_merged_into(thing, ground().build.corrections)


def record(name: str) -> Record | None:
    """Return the record of the document with this file name; None if there is none."""
    now = ground()
    return _record(now.id, name, now.build)


@st.cache_resource(show_spinner=False, max_entries=50)
def _record(build_id: str, name: str, _build: Build) -> Record | None:
    return _build.record(name)


def document(name: str) -> dict[str, Any] | None:
    """Return the document with this file name as JSON values with blocks and offsets; None if there is none."""
    now = ground()
    return _document(now.id, name, now.build)


@st.cache_resource(show_spinner=False, max_entries=20)
def _document(build_id: str, name: str, _build: Build) -> dict[str, Any] | None:
    return _build.document(name)
