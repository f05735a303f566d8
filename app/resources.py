"""What the pages share: the current build and what was read from it. The one place that caches.

Everything is keyed by the build's id, so a new build is seen at the next click. Nothing here is changed by a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from graph.builds.workspace import Build, Workspace
from graph.corrections.merged import names_merged_into
from graph.corrections.notes import CorrectionNote, correction_notes
from graph.model import Entity, Record
from graph.registry import Registry, load_registry
from graph.settings import Settings
from graph.stated.checks import StatedCheck, checks_of
from graph.stated.decisions import DecisionHead, decision_heads
from graph.stated.flows import StatedFlow, all_flows, flows_of
from graph.stated.relations import StatedRelation, all_relations, relations_of
from graph.stated.things import named_things, thing_key
from graph.stores.store import Store

if TYPE_CHECKING:
    from app.links import Asking, Changes
    from app.viewmodels.examples import ExampleGroup
    from app.viewmodels.network import NetworkView
    from app.viewmodels.subject import SubjectView
    from graph.ask import Answer
    from graph.ask.rereading import Change
    from graph.counting.grounds import Grounds
    from graph.names.index import NameIndex
    from graph.networks.network import Network
    from graph.search.index import Filters, Hit


@dataclass(frozen=True)
class Ground:
    """The current build, opened."""

    build: Build
    store: Store
    settings: Settings

    @property
    def id(self) -> str:
        """The build's id."""
        return self.build.id


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Return the settings of the environment that the app was started in."""
    return Settings.from_environment()


def ground() -> Ground:
    """Return the current build; MissingWorkspace or DamagedWorkspace where there is none to open."""
    chosen = settings()
    workspace = Workspace(chosen.workspace, settings=chosen)
    found = _opened(workspace.current_id(), workspace, chosen)
    if not found.build.path.is_dir():
        workspace.current()  # raises, and says what is missing
    return found


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(build_id: str | None, _workspace: Workspace, _settings: Settings) -> Ground:
    build = _workspace.current()
    return Ground(build, build.store(), _settings)


def heads() -> Mapping[str, DecisionHead]:
    """Return every loaded decision, by file name, latest first."""
    now = ground()
    return _heads(now.id, now.store)


@st.cache_resource(show_spinner=False, max_entries=2)
def _heads(build_id: str, _store: Store) -> dict[str, DecisionHead]:
    return decision_heads(_store)


def every_flow() -> tuple[StatedFlow, ...]:
    """Return every flow of the build."""
    now = ground()
    return _every_flow(now.id, now.store)


@st.cache_resource(show_spinner=False, max_entries=2)
def _every_flow(build_id: str, _store: Store) -> tuple[StatedFlow, ...]:
    return all_flows(_store)


def flows(thing: Entity | str) -> tuple[StatedFlow, ...]:
    """Return the flows that touch an entity, or that a decision's IRI makes."""
    now = ground()
    return _flows(now.id, thing if isinstance(thing, str) else thing_key(thing), now.store, thing)


@st.cache_resource(show_spinner=False, max_entries=200)
def _flows(build_id: str, key: str, _store: Store, _thing: Entity | str) -> tuple[StatedFlow, ...]:
    return flows_of(_store, _thing)


def relations(thing: Entity | str) -> tuple[StatedRelation, ...]:
    """Return the relations that name an entity, or that name or stand in the decision of an IRI."""
    now = ground()
    return _relations(now.id, thing if isinstance(thing, str) else thing_key(thing), now.store, thing)


@st.cache_resource(show_spinner=False, max_entries=200)
def _relations(build_id: str, key: str, _store: Store, _thing: Entity | str) -> tuple[StatedRelation, ...]:
    return relations_of(_store, _thing)


def lineage() -> tuple[StatedRelation, ...]:
    """Return what the decisions say of each other."""
    now = ground()
    return _lineage(now.id, now.store)


@st.cache_resource(show_spinner=False, max_entries=2)
def _lineage(build_id: str, _store: Store) -> tuple[StatedRelation, ...]:
    every = _every_relation(build_id, _store)
    return tuple(each for each in every if isinstance(each.subject, str) and isinstance(each.object, str))


@st.cache_resource(show_spinner=False, max_entries=2)
def _every_relation(build_id: str, _store: Store) -> tuple[StatedRelation, ...]:
    return all_relations(_store)


def subject(thing: Entity) -> SubjectView:
    """Return the page of a thing."""
    now = ground()
    return _subject(now.id, thing_key(thing), thing)


@st.cache_resource(show_spinner=False, max_entries=100)
def _subject(build_id: str, key: str, _thing: Entity) -> SubjectView:
    from app.viewmodels.subject import subject_view

    return subject_view(_thing, flows(_thing), relations(_thing), heads(), grounds(), lineage())


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


def checks() -> tuple[StatedCheck, ...]:
    """Return every check of the build, conflicts first."""
    now = ground()
    return _checks(now.id, now.store)


@st.cache_resource(show_spinner=False, max_entries=2)
def _checks(build_id: str, _store: Store) -> tuple[StatedCheck, ...]:
    return checks_of(_store)


def corrections() -> Mapping[str, tuple[CorrectionNote, ...]]:
    """Return what people set right, by the IRI of the flow, document or thing."""
    now = ground()
    return _corrections(now.id, now.store)


@st.cache_resource(show_spinner=False, max_entries=2)
def _corrections(build_id: str, _store: Store) -> dict[str, tuple[CorrectionNote, ...]]:
    return correction_notes(_store)


def things() -> Mapping[str, tuple[Entity, int]]:
    """Return what the flows name, by key, each with how many flows touch it."""
    now = ground()
    return _things(now.id, now.store)


@st.cache_resource(show_spinner=False, max_entries=2)
def _things(build_id: str, _store: Store) -> dict[str, tuple[Entity, int]]:
    return {thing_key(named.entity): (named.entity, named.flows) for named in named_things(_store)}


def thing_names() -> Mapping[str, str]:
    """Return the names of what the flows name, by key."""
    return _thing_names(ground().id, things())


@st.cache_resource(show_spinner=False, max_entries=2)
def _thing_names(build_id: str, _things: Mapping[str, tuple[Entity, int]]) -> dict[str, str]:
    return {key: entity.name for key, (entity, _) in _things.items()}


def network() -> Network:
    """Return the whole graph as a network."""
    now = ground()
    return _network(now.id, now.store)


@st.cache_resource(show_spinner=False, max_entries=2)
def _network(build_id: str, _store: Store) -> Network:
    from graph.networks.network import build_network

    every = _every_flow(build_id, _store)
    return build_network(every, _every_relation(build_id, _store), _heads(build_id, _store), _grounds(build_id, _store))


def picture(address: Mapping[str, Sequence[str]]) -> NetworkView | None:
    """Return the network that an address of Explore asks for, placed and in words; None where it joins nothing."""
    now = ground()
    given = tuple((name, tuple(values)) for name, values in sorted(address.items()))
    return _picture(now.id, given, now.store)


@st.cache_resource(show_spinner=False, max_entries=50)
def _picture(build_id: str, address: tuple[tuple[str, tuple[str, ...]], ...], _store: Store) -> NetworkView | None:
    from app.viewmodels.network import network_view
    from app.viewmodels.network_state import explored, picture_at

    given = dict(address)
    whole = picture_at(_network(build_id, _store), given)
    if len(whole.nodes) < 2:
        return None
    centre, end = ("".join(given.get(name, ())[:1]) for name in ("around", "to"))
    hidden = explored(given).hidden
    return network_view(whole, _heads(build_id, _store), centre=centre, end=end if whole.ways else "", hidden=hidden)


@st.cache_resource(show_spinner=False)
def registry() -> Registry:
    """Return the registry of names."""
    return load_registry(settings().data / "registry")


@st.cache_resource(show_spinner=False)
def names() -> NameIndex:
    """Return the index that links names in questions."""
    from graph.names.index import NameIndex

    return NameIndex(registry())


def grounds() -> Grounds:
    """Return what counting needs to know besides the flows."""
    now = ground()
    return _grounds(now.id, now.store)


@st.cache_resource(show_spinner=False, max_entries=2)
def _grounds(build_id: str, _store: Store) -> Grounds:
    from graph.counting.grounds import grounds_of

    every = _every_flow(build_id, _store)
    return grounds_of(every, _heads(build_id, _store), _every_relation(build_id, _store), _checks(build_id, _store))


def answer(asking: Asking) -> Answer:
    """Return the answer to a question, read as its changes say and after the questions before it."""
    return _answer(ground().id, asking)


@st.cache_resource(show_spinner=False, max_entries=200)
def _answer(build_id: str, asking: Asking) -> Answer:
    from graph.ask import answer_question
    from graph.ask.rereading import Before, answer_as_changed

    now = ground()
    if not asking.after and not asking.changes:
        return answer_question(asking.question, now.build, settings=now.settings, names=names())
    return answer_as_changed(
        asking.question, now.build, settings=now.settings, names=names(), changes=_made(asking.changes),
        before=tuple(Before(each.question, _made(each.changes)) for each in asking.after),
    )  # fmt: skip


def _made(changes: Changes) -> dict[str, Change]:
    from graph.ask.rereading import Change

    return {part: Change(part, things()[value][0] if value in things() else value) for part, value in changes}


def search(text: str, limit: int, filters: Filters) -> tuple[Hit, ...]:
    """Return passages by meaning and words; the model loads at the first call."""
    return _search(ground().id, text, limit, filters)


@st.cache_resource(show_spinner=False, max_entries=100)
def _search(build_id: str, text: str, limit: int, filters: Filters) -> tuple[Hit, ...]:
    return tuple(_index(build_id).search(text, limit, filters))


@st.cache_resource(show_spinner=False, max_entries=2)
def _index(build_id: str) -> Any:
    return ground().build.search()


def sparql(query: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the columns and rows of a read-only query; RefusedQuery where it is none."""
    from graph.stores.sparql import run_read_only

    result = run_read_only(ground().store, query)
    return result.variables, tuple(tuple(text or "" for text in row) for row in result.rows)


def version() -> str:
    """Return the version of whofunds that is installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("whofunds")
    except PackageNotFoundError:
        return "not installed"


def export(form: str) -> str:
    """Return the whole graph in one of the formats of `whofunds export`."""
    from app.commands.export import export_text

    now = ground()
    return export_text(form, now.store, now.settings)


def example_groups() -> tuple[ExampleGroup, ...]:
    """Return example questions about what is loaded, by kind."""
    now = ground()
    return _example_groups(now.id, now.store)


@st.cache_resource(show_spinner=False, max_entries=2)
def _example_groups(build_id: str, _store: Store) -> tuple[ExampleGroup, ...]:
    from app.viewmodels.examples import example_groups as groups_of

    return groups_of(
        _every_flow(build_id, _store),
        _heads(build_id, _store),
        _every_relation(build_id, _store),
        _checks(build_id, _store),
    )
