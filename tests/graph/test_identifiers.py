"""IRIs are made from ids and names, and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from graph.identifiers import (
    decision_iri,
    document_name,
    entity_id,
    entity_iri,
    flow_iri,
    graph_iri,
    part_id,
    year_iri,
    year_of,
)
from graph.model import Entity, EntityKind
from graph.vocabulary import WF

names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def test_a_misspelt_term_raises() -> None:
    with pytest.raises(AttributeError):
        _ = WF.hasFundr


def test_a_financial_year_has_the_address_of_reference_data() -> None:
    assert year_iri("2023/24") == URIRef("http://reference.data.gov.uk/id/government-year/2023-2024")
    assert year_of(year_iri("1999/00")) == "1999/00"


@pytest.mark.parametrize("text", ["2023", "2023/25", "23/24", ""])
def test_another_form_is_no_financial_year(text: str) -> None:
    with pytest.raises(ValueError, match="not a financial year"):
        year_iri(text)


@given(names)
def test_a_document_name_comes_back_from_its_graph(name: str) -> None:
    assert document_name(graph_iri(name)) == name


def test_another_iri_names_no_document() -> None:
    assert document_name(year_iri("2023/24")) is None
    assert entity_id(graph_iri("a.md")) is None


@given(names, st.sampled_from(EntityKind))
def test_an_id_comes_back_from_its_iri(name: str, kind: EntityKind) -> None:
    assert entity_id(entity_iri(Entity(name, name, kind))) == (name, kind)


@given(names, names)
def test_a_flow_id_comes_back_from_its_iri(document: str, flow: str) -> None:
    assert part_id(flow_iri(document, flow)) == flow


def test_an_id_without_its_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its kind"):
        entity_iri("drive")


@pytest.mark.parametrize("form", ["PCD 1307", "PCD1307", "pcd-1307", "PCD – 1307"])
def test_printed_forms_of_a_reference_name_one_decision(form: str) -> None:
    assert decision_iri("mopac", form) == decision_iri("mopac", "PCD 1307")


def test_one_reference_of_two_bodies_names_two_decisions() -> None:
    assert decision_iri("a", "2024/20") != decision_iri("b", "2024/20")


def test_records_without_reference_and_date_stay_apart_by_document() -> None:
    one, other = (decision_iri("a", None, title="Grants", document=name) for name in ("one.md", "two.md"))
    assert one != other
