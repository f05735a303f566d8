"""Builds made before version 3 of the ontology are read as before: statements of a decision, words in place."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef
from rdflib.namespace import DCTERMS, PROV, RDF

from graph.corrections.correction import Action, Correction, CorrectionSet, Field
from graph.corrections.flows import key_of
from graph.corrections.notes import correction_notes
from graph.corrections.values import change_of
from graph.identifiers import CORRECTIONS_GRAPH, flow_iri, graph_iri, iri_of_decision
from graph.rdf.triples import record_triples
from graph.rdf.triples_corrections import correction_iri, correction_triples
from graph.stated.checks import checks_of
from graph.stated.relations import relations_of
from graph.stores.store import Store
from graph.stores.terms import AnyTriple
from graph.vocabulary import WF
from tests.graph.test_validation import rich_record

RECORD = rich_record()
DOCUMENT = graph_iri(RECORD.document)
DECISION = iri_of_decision(RECORD.decision, RECORD.document)
FIX = Correction(
    "c1", Action.FLOW, "A. Reader", "2025-01-31T09:00:00+00:00", "the annex says so",
    flow=key_of(RECORD, RECORD.flows[0]), changes=(change_of(Field.AMOUNT, ["1"]),),
)  # fmt: skip


def of_old(triples: Iterable[AnyTriple]) -> list[AnyTriple]:
    """The triples of a record as version 2 had them."""
    stated = (WF.isStatedIn, WF.inDocument)
    kept = (triple for triple in triples if triple != (DECISION, RDF.type, WF.RecordedDecision))
    return [(s, p, DECISION) if p in stated else (s, p, o) for s, p, o in kept]


def of_old_correction(triples: Iterable[AnyTriple]) -> list[AnyTriple]:
    """The triples of a correction as version 2 had them: its words at the correction itself."""
    correction, words = correction_iri("c1"), URIRef(f"{correction_iri('c1')}/evidence/1")
    moved = [(correction, p, o) for s, p, o in triples if s == words and p in (WF.quote, WF.locator)]
    kept = [t for t in triples if t[0] != words and t[1] not in (PROV.used, DCTERMS.date)]
    return [*kept, *moved]


def test_checks_and_relations_of_a_decision_are_the_same(store: Store) -> None:
    triples = list(record_triples(RECORD))
    store.replace_graph(DOCUMENT, triples)
    now = checks_of(store, str(DECISION)), relations_of(store, str(DECISION)), checks_of(store)
    assert all(now)
    store.replace_graph(DOCUMENT, of_old(triples))
    assert (checks_of(store, str(DECISION)), relations_of(store, str(DECISION)), checks_of(store)) == now


def test_a_correction_keeps_its_words_and_its_day(store: Store) -> None:
    triples = list(correction_triples([RECORD], CorrectionSet((FIX,))))
    store.replace_graph(CORRECTIONS_GRAPH, triples)
    now = correction_notes(store)
    (note,) = now[str(flow_iri(RECORD.document, RECORD.flows[0].id))]
    assert note.when == "2025-01-31" and note.quote
    store.replace_graph(CORRECTIONS_GRAPH, of_old_correction(triples))
    assert correction_notes(store) == now
