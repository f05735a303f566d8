"""Builds in a SPARQL server stand beside each other; a load that was stopped is noticed and goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import RDFS

from graph.errors import WhofundsError
from graph.identifiers import graph_iri
from graph.stores import datasets
from graph.stores.datasets import ServerBuilds
from graph.stores.endpoint import EndpointStore, EndpointUnavailable
from graph.stores.scoped import Scope
from graph.stores.terms import AnyTriple
from tests.graph.stores import SERVERS

ONE, TWO = Scope("one"), Scope("two")
A = URIRef("https://example.org/a")
FIRST, SECOND = graph_iri("first document.md"), graph_iri("second.md")


def said(*words: str) -> list[AnyTriple]:
    """Return a triple for each word."""
    return [(A, RDFS.label, Literal(word)) for word in words]


GRAPHS = {FIRST: said("shared", 'a "quoted" line\nand another £5'), SECOND: said("shared", *map(str, range(30)))}


@pytest.fixture(scope="module", params=SERVERS)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Addresses for queries and updates of a fresh server of each kind."""
    with SERVERS[request.param](tmp_path_factory.mktemp("server")) as found:
        yield found


@pytest.fixture
def server(address: tuple[str, str]) -> Iterator[EndpointStore]:
    """An empty server."""
    store = EndpointStore(*address, timeout_seconds=60)
    yield store
    for owner in ("ours", "theirs"):
        ServerBuilds(store, owner).drop_others(set())


def read(server: EndpointStore, address: tuple[str, str], scope: Scope) -> list[str]:
    """Return what a build says, each triple once."""
    store = EndpointStore(address[0], scope=scope, timeout_seconds=60)
    return sorted(str(row["word"]) for row in store.select("SELECT ?word WHERE { ?s rdfs:label ?word }"))


def test_what_is_so_and_what_is_not_is_said_in_words(server: EndpointStore, address: tuple[str, str]) -> None:
    ServerBuilds(server, "ours").load(ONE, {FIRST: [(A, RDFS.label, Literal(True)), (A, RDFS.comment, Literal(False))]})
    store = EndpointStore(address[0], scope=ONE, timeout_seconds=60)
    found = store.select("SELECT ?yes ?no WHERE { ?s rdfs:label ?yes ; rdfs:comment ?no }")
    assert [(str(row["yes"]), str(row["no"])) for row in found] == [("true", "false")]


WANTED = sorted({str(triple[2]) for triples in GRAPHS.values() for triple in triples})


def test_each_build_says_its_own_and_names_its_graphs(server: EndpointStore, address: tuple[str, str]) -> None:
    builds = ServerBuilds(server, "ours")
    assert builds.load(ONE, GRAPHS) == 2
    assert builds.load(TWO, {FIRST: said("other")}) == 1
    assert read(server, address, ONE) == WANTED
    assert read(server, address, TWO) == ["other"]
    store = EndpointStore(address[0], scope=ONE, timeout_seconds=60)
    assert store.graphs() == [FIRST, SECOND]
    assert sorted(store.triples(FIRST)) == sorted(GRAPHS[FIRST])
    assert len(list(store.triples())) == len(WANTED)
    assert {row["g"] for row in store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")} == {FIRST, SECOND}


def test_a_load_that_was_stopped_goes_on_where_it_stopped(
    server: EndpointStore, address: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasets, "TRIPLES", 3)
    builds = ServerBuilds(server, "ours")
    builds.load(TWO, {FIRST: said("current")})
    send, sent = server.update, 0

    def stopped(text: str) -> None:
        nonlocal sent
        sent += 1
        if sent == 6:
            raise EndpointUnavailable("stopped")
        send(text)

    with monkeypatch.context() as patch:
        patch.setattr(server, "update", stopped)
        with pytest.raises(WhofundsError, match="stopped"):
            builds.load(ONE, GRAPHS)
    assert not builds.is_loaded(ONE)
    assert read(server, address, TWO) == ["current"]
    assert builds.load(ONE, GRAPHS) == 1  # the first document was there whole
    assert builds.is_loaded(ONE)
    assert read(server, address, ONE) == WANTED
    assert builds.load(ONE, GRAPHS) == 0


def test_what_no_build_needs_is_dropped_and_other_workspaces_keep_theirs(
    server: EndpointStore, address: tuple[str, str]
) -> None:
    ours, theirs = ServerBuilds(server, "ours"), ServerBuilds(server, "theirs")
    ours.load(ONE, GRAPHS)
    theirs.load(TWO, {FIRST: said("theirs")})
    assert ours.drop_others({"one"}) == ()
    assert ours.drop_others(set()) == ("one",)
    assert read(server, address, ONE) == []
    assert read(server, address, TWO) == ["theirs"]
    assert not ours.is_loaded(ONE)
