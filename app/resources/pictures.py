"""What is drawn of the current build: pages of things, networks, example questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from app.resources.build import ground
from app.resources.stated import (
    awards_in,
    checks_in,
    every_flow_in,
    every_relation_in,
    flows_in,
    heads_in,
    ledger_in,
    lineage_in,
    relations_in,
)
from graph.builds.workspace import Build
from graph.model import Entity
from graph.stated.things import thing_key
from graph.stores.store import Store

if TYPE_CHECKING:
    from app.viewmodels.examples import ExampleGroup
    from app.viewmodels.network import NetworkView
    from app.viewmodels.subject import SubjectView
    from graph.networks.network import Network


def subject(thing: Entity) -> SubjectView:
    """Return the page of a thing."""
    now = ground()
    return _subject(now.id, thing_key(thing), thing, now.store, now.build)


@st.cache_resource(show_spinner=False, max_entries=100)
def _subject(build_id: str, key: str, _thing: Entity, _store: Store, _build: Build) -> SubjectView:
    from app.viewmodels.subject import Beside, subject_view

    return subject_view(
        _thing,
        flows_in(build_id, key, _store, _thing),
        relations_in(build_id, key, _store, _thing),
        heads_in(build_id, _store),
        ledger_in(build_id, _store, _build),
        Beside(lineage_in(build_id, _store), awards_in(build_id, key, _store, _thing)),
    )


def network() -> Network:
    """Return the whole graph as a network."""
    now = ground()
    return network_in(now.id, now.store, now.build)


@st.cache_resource(show_spinner=False, max_entries=2)
def network_in(build_id: str, _store: Store, _build: Build) -> Network:
    from graph.networks.network import build_network

    every = every_flow_in(build_id, _store)
    return build_network(
        every, every_relation_in(build_id, _store), heads_in(build_id, _store), ledger_in(build_id, _store, _build)
    )


def picture(address: Mapping[str, Sequence[str]]) -> NetworkView | None:
    """Return the network that an address of Explore asks for, placed and in words; None where it joins nothing."""
    now = ground()
    given = tuple((name, tuple(values)) for name, values in sorted(address.items()))
    return _picture(now.id, given, now.store, now.build)


@st.cache_resource(show_spinner=False, max_entries=50)
def _picture(
    build_id: str, address: tuple[tuple[str, tuple[str, ...]], ...], _store: Store, _build: Build
) -> NetworkView | None:
    from app.viewmodels.network import network_view
    from app.viewmodels.network_state import explored, picture_at

    given = dict(address)
    whole = picture_at(network_in(build_id, _store, _build), given)
    if len(whole.nodes) < 2:
        return None
    centre, end = ("".join(given.get(name, ())[:1]) for name in ("around", "to"))
    hidden = explored(given).hidden
    return network_view(whole, heads_in(build_id, _store), centre=centre, end=end if whole.ways else "", hidden=hidden)


def example_groups() -> tuple[ExampleGroup, ...]:
    """Return example questions about what is loaded, by kind."""
    now = ground()
    return _example_groups(now.id, now.store)


@st.cache_resource(show_spinner=False, max_entries=2)
def _example_groups(build_id: str, _store: Store) -> tuple[ExampleGroup, ...]:
    from app.viewmodels.examples import example_groups as groups_of

    return groups_of(
        every_flow_in(build_id, _store),
        heads_in(build_id, _store),
        every_relation_in(build_id, _store),
        checks_in(build_id, _store),
    )
