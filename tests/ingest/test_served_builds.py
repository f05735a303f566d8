"""Builds in a SPARQL server: published beside each other, stopped without harm, rolled back like those on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Literal

from graph.builds.build import Build
from graph.builds.served import FILE, NotServed
from graph.builds.workspace import Workspace
from graph.settings import Settings
from graph.stores.endpoint import EndpointStore, EndpointUnavailable
from graph.stores.store import Store
from ingest.pipeline import ingest
from tests.graph.stores import SERVERS

pytestmark = pytest.mark.usefixtures("without_model")
DECISION = """# PCD {number}: Drive

- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2 April 2024

## Executive summary
MOPAC will award £{amount} to SafeLives for Drive in 2024/25 in Croydon.
"""
AMOUNTS = "SELECT ?amount WHERE { ?flow a wf:FundingFlow ; wf:amount ?amount }"


@pytest.fixture(scope="module", params=SERVERS)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with SERVERS[request.param](tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture
def settings(address: tuple[str, str], tmp_path: Path) -> Settings:
    return Settings(workspace=tmp_path / "workspace", endpoint=address[0], endpoint_update=address[1])


def write(folder: Path, number: int, amount: str) -> Path:
    """Write a decision that awards an amount."""
    folder.mkdir(exist_ok=True)
    (folder / f"pcd-{number}.md").write_text(DECISION.format(number=number, amount=amount), encoding="utf-8")
    return folder


def amounts(build: Build) -> list[str]:
    """Return the amounts of all flows, as the server says them."""
    store = build.store()
    try:
        return sorted(f"{Decimal(str(row['amount'])):.2f}" for row in store.select(AMOUNTS))
    finally:
        store.close()


def values(store: Store) -> set[tuple[str, str, object]]:
    """Return the triples with values of Python: a server may write a number otherwise, Virtuoso with six digits."""
    found = ((str(s), str(p), o.toPython() if isinstance(o, Literal) else str(o)) for s, p, o in store.triples())
    return {(s, p, round(o, 5) if isinstance(o, float) else o) for s, p, o in found}


def test_a_build_is_read_from_the_server_and_rolled_back_there(settings: Settings, tmp_path: Path) -> None:
    workspace = Workspace(settings.workspace, settings=settings)
    ingest([write(tmp_path / "papers", 1, "30,000")], settings, workers=1)
    assert amounts(workspace.current()) == ["30000.00"]
    ingest([write(tmp_path / "papers", 2, "45,500")], settings, workers=1)
    assert amounts(workspace.current()) == ["30000.00", "45500.00"]
    embedded = Build(workspace.current().path, replace(settings, endpoint="", endpoint_update=""))
    store, served = embedded.store(), workspace.current().store()
    assert values(served) == values(store)
    assert served.graphs() == store.graphs()
    store.close()
    assert amounts(workspace.rollback()) == ["30000.00"]


def test_a_load_that_is_stopped_leaves_the_answers_as_before_and_goes_on(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(settings.workspace, settings=settings)
    ingest([write(tmp_path / "papers", 1, "30,000")], settings, workers=1)
    before = workspace.current_id()
    send, sent = EndpointStore.update, 0

    def stopped(server: EndpointStore, text: str) -> None:
        nonlocal sent
        sent += 1
        if sent == 3:
            raise EndpointUnavailable("the server went away")
        send(server, text)

    with monkeypatch.context() as patch:
        patch.setattr(EndpointStore, "update", stopped)
        with pytest.raises(EndpointUnavailable):
            ingest([write(tmp_path / "papers", 2, "45,500")], settings, workers=1)
    assert workspace.current_id() == before
    assert amounts(workspace.current()) == ["30000.00"]
    again: list[str] = []
    monkeypatch.setattr(EndpointStore, "update", lambda server, text: (again.append(text), send(server, text))[1])
    ingest([tmp_path / "papers"], settings, workers=1)
    assert amounts(workspace.current()) == ["30000.00", "45500.00"]


def test_a_build_that_is_not_in_the_server_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    alone = replace(settings, endpoint="", endpoint_update="")
    ingest([write(tmp_path / "papers", 1, "30,000")], alone, workers=1)
    workspace = Workspace(settings.workspace, settings=settings)
    with pytest.raises(NotServed, match="WHOFUNDS_ENDPOINT_UPDATE"):
        workspace.current().store()
    assert ingest([tmp_path / "papers"], settings, workers=1).published
    assert amounts(workspace.current()) == ["30000.00"]


def test_a_draft_that_is_not_loaded_does_not_speak_of_its_base_s_graphs(settings: Settings, tmp_path: Path) -> None:
    ingest([write(tmp_path / "papers", 1, "30,000")], settings, workers=1)
    workspace = Workspace(settings.workspace, settings=settings)
    assert json.loads((workspace.current().path / FILE).read_text(encoding="utf-8"))["endpoint"] == settings.endpoint
    only_read = replace(settings, endpoint_update="")
    ingest([write(tmp_path / "papers", 2, "45,500")], only_read, workers=1)
    assert not (workspace.current().path / FILE).exists()
    with pytest.raises(NotServed):
        workspace.current().store()
