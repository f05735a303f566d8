"""A query is kept to the graphs of one build, whatever its form."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from graph.errors import RefusedQuery
from graph.identifiers import GRAPH
from graph.stores.oxigraph import rows_of
from graph.stores.scoped import IN_SERVER, Scope

NEW, OLD = Scope("new"), Scope("old")
A, P = "https://example.org/a", "https://example.org/p"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@pytest.fixture
def store() -> ox.Store:
    """Two builds of one document: the old one says "old", the new one "new {}"."""
    made = ox.Store()
    for scope, word in ((OLD, "old"), (NEW, "new {}")):
        for graph in (scope.whole, scope.inside(f"{GRAPH}document/a.md")):
            made.add(ox.Quad(ox.NamedNode(A), ox.NamedNode(P), ox.Literal(word), ox.NamedNode(graph)))
    return made


def asked(store: ox.Store, query: str) -> list[str]:
    """Return the first value of each row."""
    return [str(row[0].value) for row in store.query(NEW.query(query))]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?o WHERE { ?s ?p ?o }",
        "select ?o { ?s ?p ?o } order by ?o limit 5",
        'SELECT ?o # { a comment\nWHERE { ?s ?p ?o FILTER(?o != "}") }',
        "SELECT ?o WHERE { { SELECT ?o WHERE { ?s ?p ?o } } }",
        "SELECT (MAX(?x) AS ?o) WHERE { ?s ?p ?x } GROUP BY ?s HAVING (COUNT(*) = 1)",
        f"PREFIX e: <https://example.org/> SELECT ?o WHERE {{ VALUES ?s {{ <{A}> }} OPTIONAL {{ ?s e:p ?o }} }}",
        "SELECT ?o WHERE { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?o WHERE { ?s ?p ?o GRAPH ?g { ?s ?p ?o . FILTER NOT EXISTS { ?o ?p ?s } } }",
        f"SELECT ?o WHERE {{ GRAPH <{GRAPH}document/a.md> {{ ?s ?p ?o }} }}",
        f"SELECT ?o FROM <{GRAPH}document/a.md> WHERE {{ ?s ?p ?o }}",
        f"SELECT ?o FROM NAMED <{GRAPH}document/a.md> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    ],
)
def test_only_the_build_s_own_triples_are_found_and_each_once(store: ox.Store, query: str) -> None:
    assert asked(store, query) == ["new {}"]


@pytest.mark.parametrize(
    "query",
    ["CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT {?s ?p ?o} { ?s ?p ?o }"],
)
def test_triples_are_constructed_from_the_build(store: ox.Store, query: str) -> None:
    assert [str(triple.object.value) for triple in store.query(NEW.query(query))] == ["new {}"]


def test_what_another_build_says_is_not_so_here(store: ox.Store) -> None:
    assert not store.query(NEW.query('ASK { ?s ?p "old" }'))
    assert store.query(OLD.query('ASK { ?s ?p "old" }'))


USUAL = f"{GRAPH}document/a.md"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?g WHERE { GRAPH ?g { ?g a ?type } }",
        "SELECT ?g WHERE { ?g a ?type . GRAPH ?g { ?s ?p ?o } }",
        f"SELECT ?g WHERE {{ VALUES ?g {{ <{USUAL}> <{A}> }} GRAPH ?g {{ ?s ?p ?o }} }}",
    ],
)
def test_the_name_of_a_graph_is_that_which_it_has_everywhere(store: ox.Store, query: str) -> None:
    for scope in (OLD, NEW):
        for graph in (scope.whole, scope.inside(USUAL)):
            store.add(ox.Quad(ox.NamedNode(USUAL), RDF_TYPE, ox.NamedNode(P), ox.NamedNode(graph)))
    rows = rows_of(store.query(NEW.query(query)))
    assert {str(NEW.row(row)["g"]) for row in rows} == {USUAL}
    assert not any(name.endswith(IN_SERVER) for row in rows for name in NEW.row(row))


@pytest.mark.parametrize("query", [f"DESCRIBE <{A}>", "SELECT ?o WHERE { ?s ?p ?o"])
def test_a_query_without_a_whole_group_is_refused(query: str) -> None:
    with pytest.raises(RefusedQuery):
        NEW.query(query)
