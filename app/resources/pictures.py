"""Views of the current build: pages of things, networks, example questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from app.resources.across import areas
from app.resources.build import Ground, ground, names
from app.resources.stated import (
    awards_in,
    checks_in,
    flows_in,
    lineage_in,
    named,
    relations_in,
    some_flows_in,
)
from graph.memory import paused_garbage_collection
from graph.model import Entity, EntityKind
from graph.networks.network import DECISION
from graph.stated.things import thing_key

if TYPE_CHECKING:
    from app.viewmodels.examples import ExampleGroup
    from app.viewmodels.network import NetworkView
    from app.viewmodels.subject import SubjectView


def subject(thing: Entity) -> SubjectView:
    """Return the view of a thing's page."""
    now = ground()
    return _subject(now.id, thing_key(thing), thing, now)


@st.cache_resource(show_spinner=False, max_entries=100)
@paused_garbage_collection()
def _subject(build_id: str, key: str, _thing: Entity, _now: Ground) -> SubjectView:
    from app.viewmodels.subject import Beside, subject_view
    from graph.ask.running.stated_facts import partners_by
    from graph.stated.partners import TOGETHER

    facts, partners = _now.facts, []
    if _thing.kind is EntityKind.ORGANISATION:
        partners = partners_by([_thing], facts.relations_where(TOGETHER, ids=[_thing.id]), facts)
    return subject_view(
        _thing,
        flows_in(build_id, key, _now, _thing),
        relations_in(build_id, key, _now, _thing),
        facts.heads,
        facts.ledger,
        Beside(lineage_in(build_id, _now), awards_in(build_id, key, _now, _thing), partners),
    )


def node_name(key: str) -> str:
    """Return the name of a thing or the caption of a decision, given by its key in networks; "" if there is none."""
    kind, _, rest = key.partition("/")
    if kind == DECISION:
        head = ground().facts.heads.get(rest)
        return head.caption if head else ""
    found = named().get(key)
    return found.entity.name if found else ""


def picture(address: Mapping[str, Sequence[str]]) -> NetworkView | None:
    """Return the network view for a URL of the Explore page, with positions; None if it contains no connection."""
    now = ground()
    given = tuple((name, tuple(values)) for name, values in sorted(address.items()))
    return _picture(now.id, given, now)


@st.cache_resource(show_spinner=False, max_entries=50)
@paused_garbage_collection()
def _picture(build_id: str, address: tuple[tuple[str, tuple[str, ...]], ...], _now: Ground) -> NetworkView | None:
    from app.viewmodels.network import network_view
    from app.viewmodels.network_state import explored, picture_at
    from graph.networks.on_demand import NetworkOnDemand

    given = dict(address)
    facts = _now.facts
    network = NetworkOnDemand(facts.columns, facts.heads, facts.ledger, facts.grounds, facts.names_of)
    whole = picture_at(network, given)
    if len(whole.nodes) < 2:
        return None
    centre, end = ("".join(given.get(name, ())[:1]) for name in ("around", "to"))
    hidden = explored(given).hidden
    return network_view(whole, facts.heads, centre=centre, end=end if whole.ways else "", hidden=hidden)


def example_groups() -> tuple[ExampleGroup, ...]:
    """Return example questions about the loaded decisions, by kind."""
    now = ground()
    return _example_groups(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def _example_groups(build_id: str, _now: Ground) -> tuple[ExampleGroup, ...]:
    from app.viewmodels.examples import PARTNERS
    from app.viewmodels.examples import example_groups as groups_of

    relations = _now.facts.relations_where(PARTNERS)
    return groups_of(some_flows_in(_now), _now.facts.heads, relations, checks_in(build_id, _now))


def answered_examples() -> tuple[ExampleGroup, ...]:
    """Return the example questions that have an answer; each is asked once per build."""
    now = ground()
    return _answered_examples(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def _answered_examples(build_id: str, _now: Ground) -> tuple[ExampleGroup, ...]:
    from app.viewmodels.examples import answered_alone
    from graph.ask import Status, answer_question

    def is_answered(question: str) -> bool:
        given = answer_question(question, _now.build, settings=_now.settings, names=names())
        return given.status is Status.ANSWERED

    return answered_alone(_example_groups(build_id, _now), is_answered)


def loaded() -> str:
    """Return a sentence on what is loaded: how many decisions of how many bodies."""
    now = ground()
    return _loaded(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def _loaded(build_id: str, _now: Ground) -> str:
    from app.viewmodels.holdings import loaded_sentence

    return loaded_sentence(_now.facts.heads.values(), areas().names)
