"""The current build, opened, and what it is read with: settings, registry and names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import streamlit as st

from graph.builds.build import Build
from graph.builds.workspace import Workspace
from graph.registry import Registry, load_registry
from graph.settings import Settings
from graph.stores.store import Store

if TYPE_CHECKING:
    from graph.ask.known.facts import Facts
    from graph.names.index import NameIndex


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

    @cached_property
    def facts(self) -> Facts:
        """The facts of the build, read from its columns when needed; one reader for all sessions."""
        from graph.ask import facts_of

        return facts_of(self.build, settings=self.settings, names=names())


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Return the settings from the environment in which the app was started."""
    return Settings.from_environment()


def ground() -> Ground:
    """Return the current build, opened.

    Raises:
        MissingWorkspace: Nothing has been published.
        DamagedWorkspace: The build cannot be opened.
    """
    workspace, newest = _workspace()
    pointed = workspace.pointed()
    if newest.pointed != pointed or newest.ground is None:  # asked some thirty times while one page is drawn
        chosen = settings()
        newest.ground, newest.pointed = _opened(workspace.current_id(), workspace, chosen), pointed
    if not newest.ground.build.path.is_dir():
        workspace.current()  # raises, and says what is missing
    return newest.ground


@dataclass
class _Newest:
    """The last opened build, and the state of the pointer that named it."""

    ground: Ground | None = None
    pointed: object = None


@st.cache_resource(show_spinner=False)
def _workspace() -> tuple[Workspace, _Newest]:
    chosen = settings()
    return Workspace(chosen.workspace, settings=chosen), _Newest()


@st.cache_resource(show_spinner=False, max_entries=2)
def _opened(build_id: str | None, _workspace: Workspace, _settings: Settings) -> Ground:
    build = _workspace.current()
    return Ground(build, build.store(), _settings)


@st.cache_resource(show_spinner=False)
def registry() -> Registry:
    """Return the registry of names."""
    return load_registry(settings().data / "registry")


@st.cache_resource(show_spinner=False)
def names() -> NameIndex:
    """Return the name index that links names in questions."""
    from graph.names.index import NameIndex

    return NameIndex(registry())


def version() -> str:
    """Return the installed version of whofunds."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("whofunds")
    except PackageNotFoundError:
        return "not installed"
