"""Escapes from a read-only query are refused, and heavy ones end within their limits of time and memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.memory import most_memory_of_family
from graph.errors import RefusedQuery
from graph.identifiers import graph_iri
from graph.rdf.triples import record_triples
from graph.stores import sparql
from graph.stores.sparql import MEGABYTES, MOST_AT_ONCE, run_read_only
from graph.stores.store import Store, open_disk
from tests.builders import make_flow, make_record

SECRET = "the secret of the file"
SECONDS = 1.5


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("graph")
    opened = open_disk(folder)
    opened.replace_graph(graph_iri("a.md"), record_triples(make_record(*[make_flow(str(n)) for n in range(40)])))
    opened.close()
    opened = open_disk(folder, read_only=True)
    yield opened
    opened.close()


ESCAPES = {
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "silent service": "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service in a subquery": "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
    "service with comments": "SELECT * { SERVICE#\n<http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service in escapes": r"SELECT * { \u0053ERVIC\u0045 <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service of a variable": "SELECT * { VALUES ?s { <http://127.0.0.1:9/> } SERVICE ?s { ?a ?b ?c } }",
    "from a file": "SELECT * FROM <file:{file}> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <file:{file}> { GRAPH ?g { ?s ?p ?o } }",
    "from the net": "SELECT * FROM <http://127.0.0.1:9/x.ttl> { ?s ?p ?o }",
    "from a short name": "PREFIX f: <file:///> SELECT * FROM f:etc { ?s ?p ?o }",
    "from a relative address": "BASE <file:{file}> SELECT * FROM <> { ?s ?p ?o }",
    "load": "LOAD <file:{file}>",
    "load into": "LOAD SILENT <file:{file}> INTO GRAPH <urn:x>",
    "insert": "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "insert where": "INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "with delete": "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "clear after a query": "SELECT * { ?s ?p ?o } ; CLEAR ALL",
    "copy": "COPY DEFAULT TO <urn:x>",
    "create": "CREATE GRAPH <urn:x>",
    "a program's function": "SELECT (<java:java.lang.Runtime.exec>('id') AS ?x) {}",
    "a store's function": "SELECT (<http://jena.apache.org/ARQ/function#readFile>('{file}') AS ?x) {}",
    "a property function": "SELECT ?x { ?x <http://jena.apache.org/ARQ/property#textMatch> '*' }",
    "two queries": "SELECT * { ?s ?p ?o } SELECT * { ?s ?p ?o }",
    "a line of a shell": "SELECT * { ?s ?p ?o } # $(touch {file}.made)\n`id`",
}


@pytest.mark.parametrize("text", ESCAPES.values(), ids=ESCAPES)
def test_an_escape_is_refused_or_finds_nothing(text: str, store: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text(f'<urn:a> <urn:b> "{SECRET}" .', encoding="utf-8")
    try:
        rows = run_read_only(store, text.replace("{file}", str(secret))).rows
    except RefusedQuery as error:
        assert str(error).startswith("query: ") and "\n" not in str(error)
    else:
        assert not any(value for row in rows for value in row)  # a function that nobody knows gives no value
    assert list(tmp_path.iterdir()) == [secret]
    assert not run_read_only(store, "SELECT * { <urn:a> ?p ?o }").rows


PAIRS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r"
DOUBLED = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(60))
HEAVY = {
    "a product": f"SELECT (COUNT(*) AS ?count) {{ {PAIRS} }}",
    "a sorted product": f"SELECT * {{ {PAIRS} }} ORDER BY ?a ?d ?g",
    "distinct rows": f"SELECT DISTINCT * {{ {PAIRS} }} ORDER BY ?r",
    "groups": f"SELECT ?a ?d ?g ?j (COUNT(*) AS ?count) {{ {PAIRS} }} GROUP BY ?a ?d ?g ?j",
    "joined words": f"SELECT (GROUP_CONCAT(?c) AS ?all) {{ {PAIRS} }}",
    "doubled words": f'SELECT * {{ BIND("0123456789" AS ?x0) {DOUBLED} }}',
    "paths": "SELECT * { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>|^!<urn:x>)* ?d . ?e (!<urn:x>)* ?f } ORDER BY ?f",
    "patterns": f'SELECT (COUNT(*) AS ?n) {{ {PAIRS} FILTER(REGEX(CONCAT(STR(?c), STR(?r)), "^(.*a)*@$")) }}',
    "triples made": f"CONSTRUCT {{ ?a ?b ?r }} WHERE {{ {PAIRS} FILTER(STRLEN(CONCAT(STR(?c), STR(?r))) > 9999) }}",
    "what is not": f"SELECT * {{ {PAIRS} FILTER NOT EXISTS {{ ?r ?q ?s . ?s ?t ?u }} FILTER(STR(?a) = STR(?z)) }}",
    "options": "SELECT * { " + "OPTIONAL { ?a ?b ?c } OPTIONAL { ?d ?e ?f } " * 40 + "} ORDER BY ?f ?a",
    "long values": 'SELECT (REPLACE(STR(?a), "", "' + "x" * 5_000 + f'") AS ?long) {{ {PAIRS} }}',
}


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_a_heavy_query_ends_within_its_limits(text: str, store: Store) -> None:
    started = time.monotonic()
    with most_memory_of_family() as most, pytest.raises(RefusedQuery) as caught:
        run_read_only(store, text, timeout_seconds=SECONDS)
    assert time.monotonic() - started < 20 * SECONDS  # a busy machine starts processes slowly
    assert str(caught.value).startswith("query: ") and "\n" not in str(caught.value)
    assert max(most.values(), default=0) < (MEGABYTES + 150) * 1_000_000


def test_what_needs_too_much_memory_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql, "MEGABYTES", 200)
    said = "more than 200 MB of memory; ask for less"
    with most_memory_of_family() as most, pytest.raises(RefusedQuery, match=said):
        run_read_only(store, HEAVY["doubled words"], timeout_seconds=60)
    assert max(most.values()) > 20_000_000  # it is seen what the process holds


def test_only_so_many_run_at_once(store: Store) -> None:
    refused: list[str] = []

    def run() -> None:
        try:
            run_read_only(store, HEAVY["a product"], timeout_seconds=SECONDS)
        except RefusedQuery as error:
            refused.append(str(error))

    threads = [threading.Thread(target=run) for _ in range(3 * MOST_AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == len(threads)
    assert any("not done after" in words for words in refused)
    assert any(f"{MOST_AT_ONCE} others have been running" in words for words in refused)
    assert run_read_only(store, "ASK { ?s ?p ?o }").rows == (("true",),)
