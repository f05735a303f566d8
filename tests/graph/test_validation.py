"""Triples that break a shape are told in sentences; pyshacl finds the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SH, XSD
from rdflib.term import Node

from graph.errors import InvalidReference
from graph.identifiers import award_iri, flow_iri, iri_of_decision
from graph.model import NewName, Record, Relation, RelationKind, Unread
from graph.rdf.shapes import load_shapes
from graph.rdf.triples import Triple, record_triples
from graph.rdf.validation import DOCUMENT_SHAPES, SHAPES, validate, violations
from graph.vocabulary import WF
from tests.builders import (
    COUNCIL,
    WARM_HOMES,
    fund,
    make_award,
    make_check,
    make_doubt,
    make_evidence,
    make_flow,
    make_record,
    make_total,
    organisation,
)

FLOW = flow_iri("pcd-1.md", "flow-1")


def rich_record() -> Record:
    """One of everything."""
    record = make_record(
        make_flow(
            "flow-1", fund=fund("Pot"),
            doubts=[make_doubt("recipient", "A", 0.5, ("C", 0.1, "second reader"), ("B", 0.25))],
        ),
        make_flow("flow-2", evidence=[make_evidence(page=2)]),
        totals=[make_total(payer=COUNCIL)],
        relations=[Relation(COUNCIL, RelationKind.LEADS, WARM_HOMES, (make_evidence(),))],
        checks=[make_check("1", "2")],
        awards=[make_award()],
        unread=Unread(2, (make_evidence(),)),
    )
    return replace(record, new_names=(NewName(organisation("Helpers", verified=False), "words", "2.1"),))


TRIPLES = record_triples(rich_record())
DECISION = iri_of_decision(rich_record().decision, "pcd-1.md")
VALUES: list[Node] = [
    Literal(""),
    Literal("x"),
    Literal(-1),
    Literal(7),
    Literal(Decimal("-0.5")),
    Literal("abc", datatype=XSD.decimal),
    Literal("2", datatype=XSD.double),
    URIRef("https://example.org/x"),
    WF.FundingFlow,
]


@cache
def shapes_graph() -> Graph:
    return Graph().parse(SHAPES).parse(DOCUMENT_SHAPES)


def found_by_pyshacl(triples: list[Any]) -> set[tuple[str, str, str]]:
    import pyshacl

    data = Graph()
    for triple in triples:
        data.add(triple)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes_graph(), inference="none")
    assert isinstance(report, Graph)
    return {
        (
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultPath)),
            str(report.value(result, SH.sourceConstraintComponent)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def found_by_us(triples: list[Any]) -> set[tuple[str, str, str]]:
    found = violations(triples, shapes=(SHAPES, DOCUMENT_SHAPES))
    return {(str(v.focus), str(v.shape.path), str(v.constraint)) for v in found}


def test_a_good_record_conforms() -> None:
    assert validate(TRIPLES, "pcd-1.md") == []
    assert found_by_pyshacl(list(TRIPLES)) == set()


@settings(max_examples=15, deadline=None)
@given(
    dropped=st.sets(st.integers(0, len(TRIPLES) - 1), max_size=6),
    changed=st.lists(st.tuples(st.integers(0, len(TRIPLES) - 1), st.sampled_from(VALUES)), max_size=8),
)
def test_pyshacl_finds_the_same(dropped: set[int], changed: list[tuple[int, Node]]) -> None:
    triples: list[Any] = [triple for place, triple in enumerate(TRIPLES) if place not in dropped]
    triples += [(TRIPLES[place][0], TRIPLES[place][1], value) for place, value in changed]
    assert found_by_us(triples) == found_by_pyshacl(triples)


def without(predicate: URIRef) -> list[Triple]:
    return [triple for triple in TRIPLES if not (triple[0] == FLOW and triple[1] == predicate)]


def test_a_sentence_names_document_node_and_remedy() -> None:
    (sentence,) = validate(without(WF.hasEvidence), "pcd-1.md")
    assert sentence == (
        "pcd-1.md: flow flow-1: A funding flow rests on at least one piece of evidence; without the words it was read "
        "from it cannot be kept. Found nothing."
    )


def test_a_sentence_shows_what_was_found() -> None:
    triples = [*without(WF.amount), (FLOW, WF.amount, Literal(Decimal("-5")))]
    (sentence,) = validate(triples, "a.md")
    assert sentence.endswith("a decimal that is not below zero. Found '-5'.")


def test_two_funders_are_one_sentence() -> None:
    triples = [*TRIPLES, (FLOW, WF.hasFunder, URIRef("https://example.org/x"))]
    assert len(validate(triples, "a.md")) == 1


def test_an_award_with_an_amount_is_no_award() -> None:
    triples = [*TRIPLES, (award_iri("pcd-1.md", "award-1"), WF.amount, Literal(Decimal("5")))]
    (sentence,) = validate(triples, "a.md")
    assert "An award whose sum is not printed has no amount" in sentence


@pytest.mark.parametrize(
    ("types", "broken"),
    [
        ((WF.RecordedDecision,), set()),
        ((), {SH.QualifiedMinCountConstraintComponent}),
        ((WF.RecordedDecision, WF.CitedDecision), {SH.QualifiedMaxCountConstraintComponent}),
    ],
)
def test_a_decision_is_either_recorded_or_cited(types: tuple[URIRef, ...], broken: set[URIRef]) -> None:
    triples: list[Any] = [triple for triple in TRIPLES if triple != (DECISION, RDF.type, WF.RecordedDecision)]
    triples += [(DECISION, RDF.type, class_) for class_ in types]
    found = found_by_us(triples)
    assert found == found_by_pyshacl(triples)
    assert {constraint for _, path, constraint in found if path == str(RDF.type)} == {str(name) for name in broken}


def test_two_titles_are_one_too_many_for_a_document_and_not_for_several() -> None:
    triples = [*TRIPLES, (DECISION, DCTERMS.title, Literal("Warm Homes, as another file calls it"))]
    (sentence,) = validate(triples, "a.md")
    assert "A decision has at most one title." in sentence
    assert violations(triples) == []


def test_a_constraint_that_is_not_known_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <a:s> sh:targetClass <a:c> ; "
        "sh:property [ sh:path <a:p> ; sh:uniqueLang true ] ."
    )
    with pytest.raises(InvalidReference, match="uniqueLang true is not known"):
        load_shapes(file)


def test_shapes_that_are_no_turtle_are_named(tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text("nonsense")
    with pytest.raises(InvalidReference, match=r"shapes\.ttl: the shapes cannot be read"):
        load_shapes(file)


def test_every_shape_speaks() -> None:
    for shapes in (*load_shapes(SHAPES).values(), *load_shapes(DOCUMENT_SHAPES).values()):
        assert all(shape.message.endswith(".") for shape in shapes)
