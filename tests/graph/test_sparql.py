"""SPARQL that a user wrote is run read-only, within this graph and within limits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import RefusedQuery
from graph.identifiers import graph_iri
from graph.rdf.triples import record_triples
from graph.stores.sparql import read_only_query, run_read_only
from graph.stores.store import Store, open_disk, open_memory
from tests.builders import make_flow, make_record

AMOUNTS = "SELECT ?flow ?amount WHERE { ?flow a wf:FundingFlow ; wf:amount ?amount } ORDER BY ?amount"
#: a join with no end: every triple with every triple, four times
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r }"


@pytest.fixture(params=["memory", "disk"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    flows = [make_flow(str(number), amount=f"{number}.50") for number in range(1, 11)]
    triples = record_triples(make_record(*flows))
    store = open_memory() if request.param == "memory" else open_disk(tmp_path / "graph")
    store.replace_graph(graph_iri("pcd-1.md"), triples)
    if request.param == "disk":
        store.close()
        store = open_disk(tmp_path / "graph", read_only=True)
    yield store
    store.close()


def test_a_select_gives_rows_of_text(filled: Store) -> None:
    found = run_read_only(filled, AMOUNTS)
    assert found.form == "SELECT"
    assert found.variables == ("flow", "amount")
    assert found.rows[0][1] == "1.5"
    assert not found.truncated


def test_rows_over_the_limit_are_cut_off_and_said_so(filled: Store) -> None:
    found = run_read_only(filled, AMOUNTS, limit=3)
    assert len(found.rows) == 3
    assert found.truncated


def test_the_other_forms_are_run(filled: Store) -> None:
    assert run_read_only(filled, "ASK { ?flow wf:amount ?amount }").rows == (("true",),)
    made = run_read_only(filled, "CONSTRUCT { ?f wf:amount ?a } WHERE { ?f wf:amount ?a }")
    assert made.variables == ("subject", "predicate", "object")
    assert len(made.rows) == 10
    assert run_read_only(filled, "DESCRIBE ?f WHERE { ?f a wf:FundingFlow }").rows


@pytest.mark.parametrize("filled", ["disk"], indirect=True)
def test_an_endless_query_is_ended(filled: Store) -> None:
    start = time.monotonic()
    with pytest.raises(RefusedQuery, match="not done after 1 s"):
        run_read_only(filled, ENDLESS, timeout_seconds=1)
    assert time.monotonic() - start < 60  # a busy machine ends processes slowly; the query never would


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("DROP ALL", "would change", id="drop"),
        pytest.param("insert data { <a:a> <a:a> <a:a> }", "would change", id="insert"),
        pytest.param("PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }", "would change", id="delete"),
        pytest.param("LOAD <file:///etc/passwd>", "would change", id="load"),
        pytest.param("# SELECT\nCLEAR ALL", "would change", id="behind-a-comment"),
        pytest.param("SELECT * WHERE { ?s ?p ?o } ; DROP ALL", "cannot be run", id="after-a-select"),
        pytest.param("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE", id="service"),
        pytest.param("SELECT * { serVice SILENT ?s { ?s ?p ?o } }", "SERVICE", id="service-variable"),
        pytest.param("SELECT * { \\u0053ERVICE ?s { ?s ?p ?o } }", "SERVICE", id="service-escaped"),
        pytest.param("SELECT * { \\u005cu0053ERVICE ?s { } }", "escaped escapes", id="service-escaped-twice"),
        pytest.param("SELECT * { ''' ' ''' a ?x SERVICE ?s { } }", "SERVICE", id="service-behind-a-string"),
        pytest.param("SELECT * FROM <http://example.org/x> { ?s ?p ?o }", "no graph of ours", id="from"),
        pytest.param("SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", "no graph of ours", id="from-named"),
        pytest.param("", "is no SELECT", id="empty"),
        pytest.param("who funds it?", "is no SELECT", id="words"),
        pytest.param("SELECT ?s WHERE { ?s ?p }", "cannot be run", id="broken"),
        pytest.param("SELECT * { ?s ?p ?o }" + " " * 20_000, "the longest", id="long"),
        pytest.param("ASK " + "{" * 4000 + "}" * 4000, "too deep|cannot be run|not done", id="deep"),
        pytest.param("ASK { ?s a" + "/a" * 4900 + " ?o }", "too deep|not done", id="chain"),
        pytest.param("SELECT * { ?s ?p '\x00' }", "NUL", id="nul"),
        pytest.param("SELECT * { ?s ?p '\\uD800' }", "is no character", id="surrogate"),
    ],
)
def test_a_query_that_does_more_than_read_is_refused(text: str, reason: str) -> None:
    with pytest.raises(RefusedQuery, match=reason):
        read_only_query(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("SELECT ?service WHERE { ?service ?p 'SERVICE LOAD' }", id="variable-and-string"),
        pytest.param("SELECT * { ?s <http://x/SERVICE> ?o } # DROP ALL", id="iri-and-comment"),
        pytest.param("PREFIX service: <http://x/> ASK { ?s service:load service:DROP }", id="prefix"),
        pytest.param("SELECT ?n { ?s wf:amount ?n FILTER(?n < 5 && 7 > ?n) }", id="less-than"),
        pytest.param("SELECT * FROM <https://w3id.org/whofunds/graph/registry> { ?s ?p ?o }", id="our-graph"),
        pytest.param('SELECT * { ?s ?p """a "quoted" word""" }', id="long-string"),
        pytest.param("select (count(*) as ?n) { ?s ?p ?o }", id="lower-case"),
    ],
)
def test_a_query_that_reads_is_run(text: str) -> None:
    assert read_only_query(text).endswith(text)
