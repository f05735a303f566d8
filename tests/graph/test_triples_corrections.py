"""Corrections in the graph: a named graph of their own, on every store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Literal
from rdflib.namespace import PROV, RDFS

from graph.corrections.corrected import apply_corrections
from graph.corrections.correction import Action, Correction, CorrectionSet, Field, NamedEntity
from graph.corrections.flows import key_of
from graph.corrections.notes import correction_notes
from graph.corrections.values import change_of
from graph.counting.grounds import Grounds
from graph.counting.tally import tally
from graph.identifiers import CORRECTIONS_GRAPH, award_iri, entity_iri, flow_iri, graph_iri
from graph.rdf.triples import record_triples
from graph.rdf.triples_corrections import correction_iri, correction_triples
from graph.rdf.validation import violations
from graph.stated.flows import all_flows
from graph.stores.store import Store
from graph.vocabulary import PREFIXES, WF
from tests.builders import COUNCIL, MAYOR, TREASURY, make_award, make_flow, make_record
from tests.graph.stores import ENGINES, fresh_store

RECORD = make_record(make_flow("a", amount="10000.00"), make_flow("b", amount="7.00"))
BY = ("A. Reader", "2025-01-31T09:00:00+00:00", "the annex says so")
SET = CorrectionSet(
    (
        Correction("c1", Action.FLOW, *BY, flow=key_of(RECORD, RECORD.flows[0]),
                   changes=(change_of(Field.AMOUNT, ["1000"]), change_of(Field.RECIPIENT, ["Mayor of Ashford"]))),
        Correction("c2", Action.WITHDRAW, *BY, flow=key_of(RECORD, RECORD.flows[1])),
        Correction("c3", Action.MERGE, *BY, name="Ashford Council", into="Treasury Office"),
        Correction("c4", Action.UNDO, *BY, undoes="c3"),
    ),
    tuple(NamedEntity(each.name, each) for each in (COUNCIL, MAYOR, TREASURY)),
)  # fmt: skip
ASKED = " ".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("wf", "prov", "rdfs"))


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with fresh_store(request.param, tmp_path) as opened:
        yield opened


def load(store: Store, corrections: CorrectionSet) -> None:
    corrected = apply_corrections([RECORD], corrections)
    store.replace_graphs(
        {
            graph_iri(RECORD.document): record_triples(corrected.records[0]),
            CORRECTIONS_GRAPH: correction_triples([RECORD], corrections),
        }
    )


def test_queries_and_totals_see_the_corrected_value(store: Store) -> None:
    load(store, SET)
    flows = all_flows(store)
    assert [(stated.flow.recipient, stated.flow.amount) for stated in flows] == [(MAYOR, 1000)]
    assert tally(flows, Grounds()).total == 1000
    assert flows[0].flow.evidence == RECORD.flows[0].evidence


def test_the_graph_of_corrections_says_who_when_why_and_what_was_read(store: Store) -> None:
    load(store, SET)
    rows = store.select(
        ASKED
        + "SELECT ?who ?when ?why ?old ?new WHERE { GRAPH ?g { ?c wf:corrects ?flow ; rdfs:comment ?why ;"
        "prov:wasAssociatedWith/rdfs:label ?who ; prov:endedAtTime ?when ; wf:hasChange ?change ."
        "?change wf:changedProperty wf:amount ; wf:originalValue ?old . OPTIONAL { ?change wf:correctedValue ?new } } }"
        "ORDER BY ?old"
    )
    assert [(str(row["who"]), str(row["old"]), str(row.get("new", ""))) for row in rows] == [
        ("A. Reader", "10000.00", "1000.00"),
        ("A. Reader", "7.00", ""),
    ]
    assert str(rows[0]["when"]) in ("2025-01-31T09:00:00+00:00", "2025-01-31T09:00:00Z")


def test_a_reader_of_a_corrected_figure_is_told(store: Store) -> None:
    load(store, SET)
    notes = correction_notes(store)
    (changed,), (withdrawn,) = (notes[str(flow_iri(RECORD.document, flow))] for flow in ("a", "b"))
    assert changed.sentence == (
        "Recipient corrected from Ashford Council to Mayor of Ashford; amount corrected from £10,000 to £1,000 "
        "(A. Reader, 2025-01-31: the annex says so)"
    )
    assert withdrawn.sentence == "Taken out (A. Reader, 2025-01-31: the annex says so)"
    assert withdrawn.quote == "The grant is £7.00."


def test_without_corrections_the_graph_is_as_before(store: Store) -> None:
    load(store, CorrectionSet())
    before = set(store.triples())
    load(store, SET)
    load(store, replace(SET, corrections=()))
    assert set(store.triples()) == before


def test_what_was_undone_is_told_and_has_no_effect() -> None:
    triples = correction_triples([RECORD], SET)
    assert (correction_iri("c3"), WF.isUndoneBy, correction_iri("c4")) in triples
    assert not [triple for triple in triples if triple[0] == entity_iri(COUNCIL)]


def test_a_corrected_flow_points_to_its_correction() -> None:
    triples = correction_triples([RECORD], SET)
    assert (flow_iri(RECORD.document, "a"), PROV.wasInfluencedBy, correction_iri("c1")) in triples
    assert (correction_iri("c1"), RDFS.comment, Literal("the annex says so")) in triples


def test_the_triples_conform_to_the_shapes_and_use_our_terms() -> None:
    triples = correction_triples([RECORD], SET)
    assert violations([*record_triples(RECORD), *triples]) == []
    ours = {predicate for _, predicate, _ in triples if predicate in WF}
    assert {WF.corrects, WF.hasChange, WF.originalValue} <= ours


def test_a_correction_of_an_award_is_about_the_award(store: Store) -> None:
    record = make_record(awards=[make_award("a")])
    fix = Correction("c1", Action.FLOW, *BY, flow=key_of(record, record.awards[0]),
                     changes=(change_of(Field.RECIPIENT, ["Mayor of Ashford"]),))  # fmt: skip
    corrections = CorrectionSet((fix,), (NamedEntity(MAYOR.name, MAYOR),))
    store.replace_graph(CORRECTIONS_GRAPH, correction_triples([record], corrections))
    (note,) = correction_notes(store)[str(award_iri(record.document, "a"))]
    assert note.changes == (("recipient", "Ashford Council", "Mayor of Ashford"),)
