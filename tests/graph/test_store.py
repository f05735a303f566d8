"""What every store does, whatever its engine."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import RDFS, SKOS, XSD

from graph.builds.files import clone_tree
from graph.errors import DamagedWorkspace, RefusedQuery, WhofundsError
from graph.identifiers import concept_iri, entity_iri, graph_iri
from graph.model import FlowStatus
from graph.rdf.triples import record_triples
from graph.rdf.triples_back import canonical, record_of_triples
from graph.stores.oxigraph import OxigraphStore
from graph.stores.store import Store, open_disk, open_endpoint, open_memory
from graph.stores.terms import AnyTriple
from tests.builders import COUNCIL, MAYOR, make_flow, make_record

ONE, OTHER = URIRef("https://example.org/g/1"), URIRef("https://example.org/g/2")
A, B = URIRef("https://example.org/a"), URIRef("https://example.org/b")
SHARED: AnyTriple = (A, RDFS.label, Literal("shared"))
AMOUNTS = "SELECT ?flow ?amount WHERE { ?flow a wf:FundingFlow ; wf:amount ?amount }"


def label(text: str) -> AnyTriple:
    return A, RDFS.label, Literal(text)


def labels(store: Store) -> list[str]:
    return sorted(str(row["label"]) for row in store.select("SELECT ?label WHERE { ?thing rdfs:label ?label }"))


def test_replacing_a_document_twice_leaves_one_copy(store: Store) -> None:
    for _ in range(2):
        store.replace_graph(ONE, [label("x"), label("y")])
    assert labels(store) == ["x", "y"]
    assert store.graphs() == [ONE]


def test_replacing_a_graph_leaves_nothing_of_before(store: Store) -> None:
    store.replace_graph(ONE, [label("before")])
    store.replace_graph(ONE, [label("after")])
    assert labels(store) == ["after"]


def test_what_two_graphs_say_is_read_once(store: Store) -> None:
    store.replace_graphs({ONE: [SHARED, label("x")], OTHER: [SHARED]})
    assert labels(store) == ["shared", "x"]
    assert len(list(store.triples())) == 2


def test_dropping_a_graph_keeps_what_another_says_too(store: Store) -> None:
    store.replace_graphs({ONE: [SHARED, label("x")], OTHER: [SHARED]})
    store.drop_graph(ONE)
    assert labels(store) == ["shared"]
    store.drop_graph(OTHER)
    assert labels(store) == []
    assert store.graphs() == []


def test_dropping_an_unknown_graph_does_nothing(store: Store) -> None:
    store.replace_graph(ONE, [SHARED])
    store.drop_graph(OTHER)
    assert labels(store) == ["shared"]


def test_a_query_can_name_a_graph(store: Store) -> None:
    store.replace_graphs({ONE: [SHARED], OTHER: [SHARED]})
    rows = store.select("SELECT ?graph WHERE { GRAPH ?graph { ?thing rdfs:label ?label } } ORDER BY ?graph")
    assert [row["graph"] for row in rows] == [ONE, OTHER]


def test_a_record_comes_back_from_the_store(store: Store) -> None:
    record = make_record(make_flow(amount="500.50", years=["2022/23", "2023/24"]), document="a b/ü.md")
    store.replace_graph(graph_iri(record.document), record_triples(record))
    assert record_of_triples(store.triples(graph_iri(record.document))) == canonical(record)


@pytest.mark.parametrize("amount", ["0.01", "500.50", "286500", "999999999999.99", "0"])
def test_an_amount_is_the_same_after_the_store(store: Store, amount: str) -> None:
    store.replace_graph(ONE, record_triples(make_record(make_flow(amount=amount))))
    assert [Decimal(str(row["amount"])) for row in store.select(AMOUNTS)] == [Decimal(amount)]


def test_sums_are_exact(store: Store) -> None:
    flows = [make_flow(str(number), amount="0.10") for number in range(30)]
    store.replace_graph(ONE, record_triples(make_record(*flows)))
    rows = store.select("SELECT (SUM(?amount) AS ?total) WHERE { ?flow wf:amount ?amount }")
    assert Decimal(str(rows[0]["total"])) == Decimal("3.00")


@pytest.mark.parametrize(
    "text",
    ['quote " and \\ and \'', "<img onerror=alert(1)>", "line\nbreak\ttab", "£ – ü 中 😀", "} UNION { ?s ?p", "\a", ""],
)
def test_any_text_survives_and_can_be_bound(store: Store, text: str) -> None:
    store.replace_graph(ONE, [label(text), label("another")])
    query = "SELECT ?thing ?label WHERE { ?thing rdfs:label ?label }"
    assert [row["label"] for row in store.select(query, {"label": text})] == [Literal(text)]


def test_several_values_can_be_bound(store: Store) -> None:
    store.replace_graph(ONE, [label("x"), label("y"), (B, RDFS.label, Literal("z"))])
    query = "SELECT ?thing ?label WHERE { ?thing rdfs:label ?label }"
    assert len(store.select(query, {"label": ["x", "z"]})) == 2
    assert len(store.select(query, {"label": ["x", "z"], "thing": A})) == 1
    assert store.select(query, {"label": []}) == []


def test_a_value_is_bound_with_its_type(store: Store) -> None:
    store.replace_graph(ONE, [label("5"), (A, SKOS.notation, Literal(5)), (A, SKOS.note, Literal("5", lang="en"))])
    query = "SELECT ?p WHERE { ?s ?p ?value }"
    assert [row["p"] for row in store.select(query, {"value": 5})] == [SKOS.notation]
    assert [row["p"] for row in store.select(query, {"value": "5"})] == [RDFS.label]
    assert [row["p"] for row in store.select(query, {"value": Literal("5", lang="en")})] == [SKOS.note]


def test_a_marked_place_takes_the_values_or_goes(store: Store) -> None:
    store.replace_graph(ONE, record_triples(make_record(make_flow("a"), make_flow("b", recipient=MAYOR))))
    inner = "SELECT ?flow { VALUES ?to { UNDEF } ?flow wf:hasRecipient ?to }"
    query = f"SELECT ?flow WHERE {{ ?flow a wf:FundingFlow {{ {inner} }} }}"
    assert len(store.select(query)) == 2
    assert len(store.select(query, {"to": entity_iri(COUNCIL)})) == 1


def test_ask_and_construct_take_values(store: Store) -> None:
    store.replace_graph(ONE, [label("x"), label("y")])
    assert store.ask("ASK { ?thing rdfs:label ?label }", {"label": "x"})
    assert not store.ask("ASK { ?thing rdfs:label ?label }", {"label": "z"})
    made = store.construct("CONSTRUCT { ?thing skos:note ?label } WHERE { ?thing rdfs:label ?label }", {"label": "x"})
    assert made == [(A, SKOS.note, Literal("x"))]


def test_a_variable_that_is_not_in_the_query_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="no variable \\?lable"):
        store.select("SELECT ?label WHERE { ?thing rdfs:label ?label }", {"lable": "x"})


def test_an_iri_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="IRI"):
        store.select("SELECT ?s WHERE { ?s ?p ?o }", {"s": URIRef("https://example.org/> } DROP ALL #")})


def test_a_value_that_is_missing_is_left_out_of_the_row(store: Store) -> None:
    store.replace_graph(ONE, [label("x")])
    rows = store.select("SELECT ?label ?note WHERE { ?s rdfs:label ?label OPTIONAL { ?s skos:note ?note } }")
    assert rows == [{"label": Literal("x")}]


def test_a_number_comes_back_typed(store: Store) -> None:
    store.replace_graph(ONE, record_triples(make_record(make_flow(amount="5.25"))))
    (row,) = store.select(AMOUNTS)
    assert row["amount"] == Literal(Decimal("5.25"))
    assert store.select("SELECT (COUNT(?f) AS ?n) WHERE { ?f wf:amount ?a }")[0]["n"] == Literal(1)
    assert isinstance(row["amount"], Literal) and row["amount"].datatype == XSD.decimal


def test_concepts_can_be_bound(store: Store) -> None:
    store.replace_graph(ONE, record_triples(make_record(make_flow("a"), make_flow("b", status=FlowStatus.SUPERSEDED))))
    query = "SELECT ?flow ?status WHERE { ?flow wf:hasStatus ?status }"
    assert len(store.select(query, {"status": concept_iri(FlowStatus.APPROVED)})) == 1


# what only a store on disk does


def filled(path: Path) -> Path:
    store = open_disk(path)
    store.replace_graphs({ONE: [SHARED]})
    store.close()
    return path


def test_a_store_on_disk_is_there_again(folder: Path) -> None:
    path = filled(folder / "graph")
    again = open_disk(path, read_only=True)
    assert labels(again) == ["shared"]
    again.close()


def test_many_processes_read_one_store(folder: Path) -> None:
    path = filled(folder / "graph")
    readers = [open_disk(path, read_only=True) for _ in range(3)]
    code = (
        "import sys, pathlib; from graph.stores.store import open_disk\n"
        "print(len(list(open_disk(pathlib.Path(sys.argv[1]), read_only=True).triples())))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
    assert [labels(reader) for reader in readers] == [["shared"]] * 3


def test_writing_a_clone_leaves_the_first_as_it_was(folder: Path) -> None:
    path = filled(folder / "graph")
    reader = open_disk(path, read_only=True)
    clone_tree(path, folder / "clone")
    clone = open_disk(folder / "clone")
    clone.replace_graph(ONE, [label("changed")])
    assert labels(reader) == ["shared"]
    assert labels(clone) == ["changed"]
    clone.close()
    again = open_disk(path, read_only=True)
    assert labels(again) == ["shared"]


def test_a_folder_that_is_no_store_is_named(folder: Path) -> None:
    with pytest.raises(DamagedWorkspace, match="holds no graph"):
        open_disk(folder, read_only=True)
    (folder / "CURRENT").write_text("nonsense\n")
    with pytest.raises(DamagedWorkspace, match="cannot be opened"):
        open_disk(folder, read_only=True)


def test_a_store_being_written_is_not_opened_again(folder: Path) -> None:
    store = open_disk(folder / "graph")
    with pytest.raises(DamagedWorkspace, match="cannot be opened"):
        open_disk(folder / "graph")
    store.close()


def test_rdflib_sees_the_same_triples() -> None:
    store = open_memory()
    store.replace_graph(ONE, [SHARED])
    assert isinstance(store, OxigraphStore)
    assert [str(value) for value in store.dataset().graph(ONE).objects(A, RDFS.label)] == ["shared"]


# what only an endpoint does


def test_an_endpoint_that_is_not_there_is_named() -> None:
    with pytest.raises(WhofundsError, match=r"127\.0\.0\.1:9/query: cannot be reached"):
        open_endpoint("http://127.0.0.1:9/query").ask("ASK { ?s ?p ?o }")


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(WhofundsError, match="starts with http"):
        open_endpoint("file:///etc/passwd")


def test_an_endpoint_without_updates_is_only_read() -> None:
    with pytest.raises(WhofundsError, match="WHOFUNDS_ENDPOINT_UPDATE"):
        open_endpoint("http://127.0.0.1:9/query").replace_graph(ONE, [SHARED])


def test_a_query_that_a_server_cannot_read_is_refused(store: Store) -> None:
    with pytest.raises((RefusedQuery, SyntaxError)):
        store.select("SELECT ?s WHERE { ?s ?p }")
