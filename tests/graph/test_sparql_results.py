"""A query's answer as the W3C writes it: the same from a store on disk and in memory, whole or refused."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.query import Result

from graph.errors import RefusedQuery
from graph.identifiers import graph_iri
from graph.rdf.triples import record_triples
from graph.stores import sparql_results
from graph.stores.sparql_results import OF_ROWS, OF_TRIPLES, ResultFormat, formats_for, query_document
from graph.stores.store import Store, open_disk, open_memory
from tests.builders import make_flow, make_record

AMOUNTS = "SELECT ?flow ?amount WHERE { ?flow a wf:FundingFlow ; wf:amount ?amount } ORDER BY ?amount"
PATIENT = 60.0  #: seconds; a busy machine starts processes slowly


@pytest.fixture(params=["memory", "disk"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    flows = [make_flow(str(number), amount=f"{number}.50") for number in range(1, 4)]
    store = open_memory() if request.param == "memory" else open_disk(tmp_path / "graph")
    store.replace_graph(graph_iri("pcd-1.md"), record_triples(make_record(*flows)))
    if request.param == "disk":
        store.close()
        store = open_disk(tmp_path / "graph", read_only=True)
    yield store
    store.close()


def document(store: Store, query: str, format: ResultFormat) -> bytes:
    return query_document(store, query, format, timeout_seconds=PATIENT)


def test_rows_are_typed_terms_in_json(filled: Store) -> None:
    found = json.loads(document(filled, AMOUNTS, ResultFormat.JSON))
    assert found["head"]["vars"] == ["flow", "amount"]
    first = found["results"]["bindings"][0]
    assert first["flow"]["type"] == "uri"
    assert first["amount"] == {
        "type": "literal", "value": "1.5", "datatype": "http://www.w3.org/2001/XMLSchema#decimal",
    }  # fmt: skip


def test_rows_are_plain_values_in_csv(filled: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(document(filled, AMOUNTS, ResultFormat.CSV).decode())))
    assert [row["amount"] for row in rows] == ["1.5", "2.5", "3.5"]


@pytest.mark.parametrize("form", [ResultFormat.JSON, ResultFormat.XML], ids=lambda form: form.name)
def test_other_programs_read_the_rows(filled: Store, form: ResultFormat) -> None:
    read = Result.parse(io.BytesIO(document(filled, AMOUNTS, form)), format=form.value[2])
    assert [float(str(row[1])) for row in read] == [1.5, 2.5, 3.5]  # type: ignore[index]


@pytest.mark.parametrize(("query", "answer"), [("ASK { ?s a wf:FundingFlow }", True), ("ASK { ?s a wf:Fund }", False)])
def test_yes_or_no_is_said(filled: Store, query: str, answer: bool) -> None:
    assert json.loads(document(filled, query, ResultFormat.JSON))["boolean"] is answer
    assert document(filled, query, ResultFormat.CSV) == (b"true" if answer else b"false")


@pytest.mark.parametrize("form", OF_TRIPLES, ids=lambda form: form.name)
def test_triples_are_the_same_in_every_format(filled: Store, form: ResultFormat) -> None:
    query = "CONSTRUCT { ?f wf:amount ?a } WHERE { ?f wf:amount ?a }"
    read = Graph().parse(document(filled, query, form), format=form.value[2])
    known = Graph().parse(document(filled, query, ResultFormat.N_TRIPLES), format="nt")
    assert len(known) == 3
    assert isomorphic(read, known)


def test_an_answer_with_more_than_the_limit_is_refused_not_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_disk(tmp_path / "graph")
    store.replace_graph(graph_iri("pcd-1.md"), record_triples(make_record(make_flow("1"))))
    store.close()
    monkeypatch.setattr(sparql_results, "MOST_BYTES", 10)
    with pytest.raises(RefusedQuery, match="ask for less, or add a LIMIT"):
        document(open_disk(tmp_path / "graph", read_only=True), "SELECT * { ?s ?p ?o }", ResultFormat.JSON)


@pytest.mark.parametrize("query", ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://a.example> { ?s ?p ?o } }"])
def test_what_may_not_be_run_is_refused(filled: Store, query: str) -> None:
    with pytest.raises(RefusedQuery):
        document(filled, query, ResultFormat.JSON)


def test_rows_and_triples_have_formats_of_their_own() -> None:
    assert formats_for("SELECT * { ?s ?p ?o }") == formats_for("ASK {}") == OF_ROWS
    assert formats_for("DESCRIBE <urn:x>") == OF_TRIPLES


def test_a_folder_beside_the_current_one_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_disk(tmp_path / "graph").close()
    monkeypatch.chdir(tmp_path)
    assert document(open_disk(Path("graph"), read_only=True), "ASK {}", ResultFormat.CSV) == b"true"
