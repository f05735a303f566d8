"""Cited decisions are joined to those we hold, or known by reference only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDF

from graph.columns.out_of_records import everything_in
from graph.identifiers import CITATIONS_GRAPH, decision_iri, graph_iri
from graph.model import Entity, Record, Relation, RelationKind
from graph.rdf.citations import citation_triples
from graph.rdf.triples import record_triples
from graph.rdf.validation import violations
from graph.registry import Registry
from graph.stores.store import Store
from graph.vocabulary import WF
from tests.builders import MAYOR, make_decision, make_evidence, make_record, organisation

BY_REFERENCE = "SELECT ?decision ?words WHERE { ?decision wf:isKnownByReferenceOnly true ; dcterms:identifier ?words }"
HELD = "SELECT ?from ?to WHERE { ?from wf:modifies ?to . ?to wf:isKnownByReferenceOnly false }"


def paper(reference: str, *, cites: str = "", body: Entity = MAYOR, aliases: Iterable[str] = ()) -> Record:
    decision = make_decision(reference, body=body, aliases=aliases)
    relations = [Relation(reference, RelationKind.MODIFIES, cites, (make_evidence(),))] if cites else []
    return make_record(document=f"{reference}.md", decision=decision, relations=relations)


def load(store: Store, *records: Record) -> int:
    """Load the records, and return how many decisions are known by their reference only."""
    store.replace_graphs({graph_iri(record.document): record_triples(record) for record in records})
    stated = everything_in(records, (), Registry({}, {}, {}, {}))
    store.replace_graph(CITATIONS_GRAPH, citation_triples(stated.relations, stated.heads.values(), stated.keys))
    return len(store.select(BY_REFERENCE))


def iri(reference: str) -> URIRef:
    return decision_iri(MAYOR.id, reference)


def test_a_decision_that_we_lack_is_known_by_reference_only(store: Store) -> None:
    assert load(store, paper("PCD 2", cites="PCD 1"), paper("PCD 3", cites="PCD1")) == 1
    assert [row["decision"] for row in store.select(BY_REFERENCE)] == [iri("PCD 1")]


def test_a_decision_that_is_known_by_reference_only_has_a_shape_of_its_own(store: Store) -> None:
    load(store, paper("PCD 2", cites="PCD 1"))
    triples = list(store.triples())
    assert (iri("PCD 1"), RDF.type, WF.CitedDecision) in triples
    assert violations(triples) == []
    without = [triple for triple in triples if triple[:2] != (iri("PCD 1"), DCTERMS.identifier)]
    (found,) = violations(without)
    assert found.shape.message == "A decision that is cited has the reference by which it is cited."
    recorded = [*triples, (iri("PCD 1"), WF.isRecordedIn, graph_iri("PCD 2.md"))]
    assert [found.focus for found in violations(recorded)] == [iri("PCD 1")]


def test_one_decision_of_two_documents_conforms(store: Store) -> None:
    one, other = paper("PCD 1"), paper("PCD 1", cites="PCD 9")
    other = replace(other, document="copy.md", decision=replace(other.decision, reference="PCD1", title="Other words"))
    load(store, one, other)
    assert len([triple for triple in store.triples() if triple[:2] == (iri("PCD 1"), WF.isRecordedIn)]) == 2
    assert violations(store.triples()) == []


def test_a_decision_that_we_hold_is_not(store: Store) -> None:
    assert load(store, paper("PCD 2", cites="PCD 1"), paper("PCD 1")) == 0
    assert [row["to"] for row in store.select(HELD)] == [iri("PCD 1")]


def test_a_decision_that_arrives_later_is_joined(store: Store) -> None:
    load(store, paper("PCD 2", cites="PCD 1"))
    assert load(store, paper("PCD 2", cites="PCD 1"), paper("PCD 1")) == 0
    assert store.select(BY_REFERENCE) == []


def test_a_decision_of_another_body_is_joined_by_its_reference(store: Store) -> None:
    other = organisation("Other Mayor")
    assert load(store, paper("PCD 2", cites="MD2788"), paper("MD2788", body=other)) == 0
    assert [row["to"] for row in store.select(HELD)] == [decision_iri(other.id, "MD2788")]


def test_a_bare_number_of_another_body_is_not(store: Store) -> None:
    other = organisation("Other Mayor")
    assert load(store, paper("PCD 2", cites="2024/20"), paper("2024/20", body=other)) == 1


def test_another_printed_form_is_the_same_decision(store: Store) -> None:
    assert load(store, paper("PCD 2", cites="DMPCD 2016 79"), paper("PCD 79", aliases=["DMPCD 2016 79"])) == 0
    assert [row["to"] for row in store.select(HELD)] == [iri("PCD 79")]
