"""The whole graph of the sample decisions holds to the shapes and contradicts no axiom; one with a fault does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyshacl
import pytest
from owlrl import OWLRL_Semantics
from rdflib import OWL, RDF, Graph, Literal
from rdflib.namespace import DCTERMS, PROV, SKOS, XSD

from graph.builds.archive import GRAPH
from graph.corrections.corrected import apply_corrections
from graph.corrections.correction import Action, Correction, CorrectionSet, Field, NamedEntity
from graph.corrections.flows import key_of
from graph.corrections.values import change_of
from graph.identifiers import entity_iri, flow_iri, graph_iri, iri_of_decision
from graph.model import EntityKind, Record
from graph.rdf.one_name import with_one_name
from graph.rdf.triples import entity_triples, record_triples
from graph.rdf.triples_corrections import correction_triples
from graph.rdf.validation import SHAPES, violations
from graph.settings import Settings
from graph.stores.store import open_disk
from graph.stores.terms import AnyTriple
from graph.vocabulary import WF
from ingest.load import load_graph
from ingest.reconcile import reconcile
from tests.builders import COUNCIL, TREASURY
from tests.graph.consistency import AXIOMS, ONTOLOGY, closed, contradictions
from tests.graph.test_validation import rich_record
from tests.samples import share_the_samples

pytestmark = share_the_samples
BY = ("A. Reader", "2025-01-31T09:00:00+00:00", "the annex says so")


@dataclass(frozen=True)
class Whole:
    """All triples of a build of the sample decisions, from all its graphs, each once."""

    triples: tuple[AnyTriple, ...]
    graphs: int


@pytest.fixture(scope="module")
def whole(sample_records: tuple[Record, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """The graph of a build as `whofunds ingest` writes it, corrections included."""
    records = list(sample_records)
    folder = tmp_path_factory.mktemp("build")
    named = with_one_name(records)
    judgements = reconcile(named).judgements
    load_graph(folder, named, judgements, settings=Settings(), corrections=corrected(records))
    store = open_disk(folder / GRAPH, read_only=True)
    yield Whole(tuple(store.triples()), len(store.graphs()))
    store.close()


def corrected(records: list[Record]) -> list[AnyTriple]:
    """Corrections of each sort that is about a flow, one of them undone."""
    record = next(record for record in records if len(record.flows) > 2)
    one, other, third = record.flows[:3]
    fixes = (
        Correction("c1", Action.FLOW, *BY, flow=key_of(record, one), changes=(change_of(Field.AMOUNT, ["1000"]),)),
        Correction("c2", Action.WITHDRAW, *BY, flow=key_of(record, other)),
        Correction("c3", Action.NOTE, BY[0], "2025-01-31", BY[2], flow=key_of(record, third)),
        Correction("c4", Action.UNDO, *BY, undoes="c2"),
    )
    return list(correction_triples(records, CorrectionSet(fixes)))


@pytest.mark.slow
def test_the_whole_graph_conforms_to_the_shapes(whole: Whole) -> None:
    data = Graph()
    for triple in whole.triples:
        data.add(triple)
    assert whole.graphs > 150 and len(data) > 70_000
    shapes = Graph().parse(SHAPES)
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes, ont_graph=Graph().parse(ONTOLOGY), inference="none")
    assert conforms, text
    assert violations(whole.triples) == []


@pytest.mark.slow
def test_the_whole_graph_contradicts_no_axiom(whole: Whole) -> None:
    """The closure under OWL 2 RL is of all triples together; what it concludes holds to the shapes as well."""
    closure, found = closed(whole.triples)
    assert found == []
    assert (None, PROV.wasDerivedFrom, None) in closure and (None, WF.states, None) in closure
    assert violations(closure) == []


RECORD = rich_record()
FLOW = flow_iri(RECORD.document, "flow-1")
DECISION = iri_of_decision(RECORD.decision, RECORD.document)
KENT = entity_iri("kent", EntityKind.PLACE)


def test_a_good_record_contradicts_no_axiom() -> None:
    assert contradictions(record_triples(RECORD)) == []


def test_names_that_people_put_together_contradict_no_axiom() -> None:
    """The merged name stays in the registry's graph with its own preferred name."""
    names = tuple(NamedEntity(each.name, each) for each in (COUNCIL, TREASURY))
    merge = Correction("c1", Action.MERGE, *BY, name=COUNCIL.name, kind=COUNCIL.kind, into=TREASURY.name)
    corrections = CorrectionSet((merge,), names)
    triples = [
        *entity_triples(COUNCIL),
        *(triple for record in apply_corrections([RECORD], corrections).records for triple in record_triples(record)),
        *correction_triples([RECORD], corrections),
    ]
    assert (entity_iri(COUNCIL), DCTERMS.isReplacedBy, entity_iri(TREASURY)) in triples
    assert contradictions(triples) == []
    assert violations(triples) == []


@pytest.mark.parametrize(
    "planted",
    [
        pytest.param((FLOW, PROV.wasDerivedFrom, DECISION), id="an activity that something is derived from"),
        pytest.param((FLOW, WF.isStatedIn, DECISION), id="a statement that stands in a decision"),
        pytest.param((graph_iri(RECORD.document), WF.hasDecisionBody, entity_iri(COUNCIL)), id="a document decides"),
        pytest.param((FLOW, WF.hasBeneficiaryPlace, entity_iri(COUNCIL)), id="a council as a place"),
        pytest.param((FLOW, WF.isFundedUnder, entity_iri(COUNCIL)), id="a council as a programme"),
        pytest.param((FLOW, WF.passesOn, FLOW), id="money that is passed on to itself"),
        pytest.param((FLOW, RDF.type, WF.Award), id="an award with a sum"),
        pytest.param((DECISION, RDF.type, WF.CitedDecision), id="a decision that is held and known by reference only"),
        pytest.param((entity_iri(COUNCIL), SKOS.altLabel, Literal(COUNCIL.name)), id="a name as its own alias"),
        pytest.param((FLOW, WF.position, Literal("x", datatype=XSD.integer)), id="a number that is none"),
        pytest.param((FLOW, OWL.sameAs, DECISION), id="a flow that is a decision"),
    ],
)
def test_a_planted_contradiction_is_found(planted: AnyTriple) -> None:
    assert contradictions([*record_triples(RECORD), planted])


def test_what_the_closure_leaves_out_changes_nothing() -> None:
    """It is owlrl's own closure but for the triples that say that a thing is the same as itself."""
    ours, found = closed(record_triples(RECORD))
    theirs = Graph()
    for triple in record_triples(RECORD):
        theirs.add(triple)
    theirs.parse(ONTOLOGY)
    theirs.parse(AXIOMS)
    OWLRL_Semantics(theirs, axioms=False, daxioms=False).closure()
    assert {t for t in theirs if not (t[1] == OWL.sameAs and t[0] == t[2])} == set(ours)
    assert found == []
