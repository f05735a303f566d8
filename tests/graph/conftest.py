"""Fixtures of the graph's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.stores.store import Store
from tests.graph.stores import ENGINES, fresh_store


@pytest.fixture(scope="module", params=ENGINES)
def engine_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of each engine, started once for a module; `store` empties it."""
    with fresh_store(str(request.param), tmp_path_factory.mktemp("store")) as opened:
        yield opened


@pytest.fixture
def store(engine_store: Store) -> Iterator[Store]:
    """An empty store of each engine."""
    yield engine_store
    for graph in engine_store.graphs():
        engine_store.drop_graph(graph)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    return tmp_path
