"""The ontology holds to its house style, to the vocabulary and to the records."""

from __future__ import annotations

import pyshacl
import pytest
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

from graph.exports.turtle import turtle
from graph.identifiers import concept_iri
from graph.model import Band, Basis, FlowKind, FlowStatus, Verdict
from graph.rdf.shapes import load_shapes
from graph.rdf.triples import record_triples
from graph.rdf.triples_registry import concept_triples
from graph.rdf.validation import DOCUMENT_SHAPES, SHAPES
from graph.settings import PROJECT
from graph.vocabulary import PREFIXES, SCHEMA, WF
from tests.builders import make_record
from tests.graph.test_validation import rich_record

FOLDER = PROJECT / "ontologies"
TERMS = sorted(set(WF.__annotations__) - {"_NS", "_fail"})


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(FOLDER / "whofunds.ttl")


def test_the_ontology_holds_to_its_house_style(ontology: Graph) -> None:
    style = Graph().parse(FOLDER / "house-style.ttl")
    conforms, _, text = pyshacl.validate(ontology, shacl_graph=style, inference="none")
    assert conforms, text


def test_the_house_style_is_felt(ontology: Graph) -> None:
    style = Graph().parse(FOLDER / "house-style.ttl")
    without = Graph()
    for triple in ontology:
        if triple[:2] != (WF.amount, SKOS.example):
            without.add(triple)
    conforms, _, text = pyshacl.validate(without, shacl_graph=style, inference="none")
    assert not conforms
    assert "A term has an example." in text


@pytest.mark.parametrize(
    ("term", "predicate", "said"),
    [
        (WF.isMadeBy, RDFS.domain, "A property has a domain"),
        (WF.isMadeBy, RDFS.range, "A relation has a range"),
        (WF.mentions, SCHEMA.rangeIncludes, "A relation has a range"),
        (WF.isVerified, RDFS.comment, "says why they are no domain"),
        (WF.amount, RDFS.range, "A value has a datatype"),
    ],
)
def test_a_property_without_domain_or_range_is_found(
    ontology: Graph, term: URIRef, predicate: URIRef, said: str
) -> None:
    style = Graph().parse(FOLDER / "house-style.ttl")
    without = Graph()
    for triple in ontology:
        if triple[:2] != (term, predicate):
            without.add(triple)
    conforms, _, text = pyshacl.validate(without, shacl_graph=style, inference="none")
    assert not conforms
    assert said in text


def test_an_inverse_has_domain_and_range_the_other_way_round(ontology: Graph) -> None:
    pairs = list(ontology.subject_objects(OWL.inverseOf))
    assert len(pairs) >= 12
    swapped = {
        RDFS.domain: RDFS.range,
        RDFS.range: RDFS.domain,
        SCHEMA.domainIncludes: SCHEMA.rangeIncludes,
        SCHEMA.rangeIncludes: SCHEMA.domainIncludes,
    }
    for inverse, term in pairs:
        for predicate, other in swapped.items():
            assert set(ontology.objects(inverse, predicate)) == set(ontology.objects(term, other)), inverse


def test_an_inverse_is_never_written(ontology: Graph) -> None:
    inverses = set(ontology.subjects(OWL.inverseOf))
    assert not {predicate for _, predicate, _ in record_triples(rich_record())} & inverses


def test_kinds_are_called_the_same_in_the_ontology_and_in_the_graph(ontology: Graph) -> None:
    for subject, predicate, value in concept_triples():
        assert predicate != SKOS.prefLabel or (subject, predicate, value) in ontology


def test_classes_that_are_disjoint_have_no_class_below_both(ontology: Graph) -> None:
    for one, other in ontology.subject_objects(OWL.disjointWith):
        below = [set(ontology.transitive_subjects(RDFS.subClassOf, class_)) for class_ in (one, other)]
        assert not below[0] & below[1], (one, other)


def test_vocabulary_and_ontology_have_the_same_terms(ontology: Graph) -> None:
    ours = str(WF._NS)
    defined = {str(term).removeprefix(ours) for term in ontology.subjects(RDF.type) if str(term).startswith(ours)}
    assert defined == set(TERMS)


def test_every_kind_status_basis_verdict_and_band_is_a_concept(ontology: Graph) -> None:
    for member in (*FlowKind, *FlowStatus, *Basis, *Verdict, *Band):
        assert (concept_iri(member), RDF.type, SKOS.Concept) in ontology


def test_version_and_version_address_agree(ontology: Graph) -> None:
    header = URIRef("https://w3id.org/whofunds/ontology")
    assert str(ontology.value(header, OWL.versionIRI)).endswith(f"/{ontology.value(header, OWL.versionInfo)}")
    assert ontology.value(header, DCTERMS.license)
    assert f"## {ontology.value(header, OWL.versionInfo)}" in (FOLDER / "CHANGES.md").read_text()


def test_the_file_is_written_by_our_serialiser(ontology: Graph) -> None:
    prefixes = {**PREFIXES, "vann": "http://purl.org/vocab/vann/"}
    # to write it anew: whofunds.ttl = turtle(Graph().parse("whofunds.ttl"), prefixes)
    assert (FOLDER / "whofunds.ttl").read_text() == turtle(ontology, prefixes)


def test_shapes_are_for_classes_that_exist(ontology: Graph) -> None:
    shapes = {**load_shapes(SHAPES), **load_shapes(DOCUMENT_SHAPES)}
    ours = [class_ for class_ in shapes if str(class_).startswith(str(WF._NS))]
    assert all((class_, RDF.type, OWL.Class) in ontology for class_ in ours)


def test_every_class_of_the_data_has_a_shape(ontology: Graph) -> None:
    shapes = load_shapes(SHAPES)
    above = {WF.Statement, WF.MoneyStatement, WF.Funding, WF.Reading}  # not used by themselves
    assert {class_ for class_ in ontology.subjects(RDF.type, OWL.Class) if class_ not in shapes} == above


def test_records_use_only_terms_that_are_defined(ontology: Graph) -> None:
    used = {predicate for _, predicate, _ in record_triples(make_record())}
    for predicate in used:
        if str(predicate).startswith(str(WF._NS)):
            assert ontology.value(predicate, RDFS.label), predicate
