"""Flows, relations, decisions and checks come back from the graph as they went in."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from graph.identifiers import decision_iri, graph_iri
from graph.model import Band, FlowLink, FlowRelation, Record, Relation, RelationKind, Verdict
from graph.rdf.triples import record_triples
from graph.stated.awards import all_awards, awards_of
from graph.stated.checks import checks_of
from graph.stated.decisions import decision_heads
from graph.stated.flows import all_flows, flows_of
from graph.stated.relations import relations_of
from graph.stated.things import named_things
from graph.stores.store import Store, open_memory
from graph.vocabulary import WF
from tests.builders import (
    ASHFORD,
    COUNCIL,
    MAYOR,
    WARM_HOMES,
    make_award,
    make_check,
    make_decision,
    make_doubt,
    make_evidence,
    make_flow,
    make_record,
    place,
)


def store_of(*records: Record) -> Store:
    store = open_memory()
    for record in records:
        store.replace_graph(graph_iri(record.document), record_triples(record))
    return store


def test_a_flow_comes_back_whole() -> None:
    flow = make_flow(
        years=("2023/24", "2024/25"), purpose="boilers", evidence=[make_evidence(), make_evidence("again")],
        band=Band.LIKELY,
        doubts=[make_doubt("year", "2023/24", 0.5, ("", 0.1, "second reader"), ("2022/23", 0.2)), make_doubt()],
    )  # fmt: skip
    (stated,) = all_flows(store_of(make_record(flow)))
    assert stated.flow == flow
    assert stated.document == "pcd-1.md"


def test_an_award_comes_back_whole_and_is_no_flow() -> None:
    award = make_award(purpose="boilers", band=Band.CHECK, doubts=[make_doubt("funder", "", 0.5, ("Kent", 0.3))])
    store = store_of(make_record(make_flow(recipient=MAYOR), awards=[award]))
    (stated,) = all_awards(store)
    assert (stated.award, stated.document) == (award, "pcd-1.md")
    assert len(all_flows(store)) == 1
    assert flows_of(store, COUNCIL) == ()
    for thing in (COUNCIL, MAYOR, WARM_HOMES, ASHFORD, str(decision_iri(MAYOR.id, "PCD 1"))):
        assert awards_of(store, thing) == (stated,)
    assert awards_of(store, place("Kent")) == ()


def test_what_an_award_alone_names_is_a_named_thing() -> None:
    (named,) = [each for each in named_things(store_of(make_record(make_flow(recipient=MAYOR), awards=[make_award()])))
                if each.entity == COUNCIL]  # fmt: skip
    assert (named.flows, named.awards) == (0, 1)


def test_a_fact_in_words_is_a_relation_with_no_thing_as_object() -> None:
    starts = Relation(WARM_HOMES, RelationKind.STARTS, "2024-04-01", (make_evidence(),))
    (stated,) = relations_of(store_of(make_record(relations=[starts])), WARM_HOMES)
    assert (stated.subject, stated.object, stated.object_words) == (WARM_HOMES, "", "2024-04-01")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.decimals(min_value=0, max_value=10**9, places=2), st.text(max_size=30), st.booleans())
def test_any_amount_and_purpose_survive_the_store(amount: object, purpose: str, per_year: bool) -> None:
    clean = purpose.encode("utf-8", "replace").decode().replace("\x00", "")
    flow = make_flow(amount=f"{amount:.2f}", purpose=clean, per_year=per_year)
    (stated,) = all_flows(store_of(make_record(flow)))
    assert stated.flow.amount == flow.amount
    assert (stated.flow.purpose, stated.flow.per_year) == (clean, per_year)


def test_flows_are_found_by_party_programme_place_fund_and_decision() -> None:
    store = store_of(make_record())
    decision = decision_iri(MAYOR.id, "PCD 1")
    for thing in (WARM_HOMES, COUNCIL, ASHFORD, str(decision)):
        assert len(flows_of(store, thing)) == 1, thing
    assert flows_of(store, place("Elsewhere")) == ()


def test_flows_of_a_place_include_those_of_places_within_it() -> None:
    store = store_of(make_record())
    inner, outer = (URIRef(f"https://w3id.org/whofunds/id/place/{name}") for name in ("ashford", "kent"))
    store.replace_graph(URIRef("https://example.org/places"), [(inner, WF.isWithinTransitively, outer)])
    assert len(flows_of(store, place("Kent"))) == 1


def test_links_between_flows_come_back() -> None:
    record = make_record(make_flow("a"), make_flow("b"), flow_relations=[FlowRelation("b", FlowLink.PASSES_ON, "a")])
    one, other = all_flows(store_of(record))
    assert other.links == ((FlowLink.PASSES_ON, one.iri),)


def test_relations_of_a_decision_name_both_ends() -> None:
    record = make_record(relations=[Relation("PCD 1", RelationKind.MODIFIES, "PCD 0", (make_evidence(),))])
    store = store_of(record)
    (relation,) = relations_of(store, str(decision_iri(MAYOR.id, "PCD 1")))
    assert relation.kind is RelationKind.MODIFIES
    assert (relation.subject_words, relation.object_words) == ("PCD 1", "PCD 0")
    assert relation.evidence[0].locator == "3.1"


def test_conflicts_come_before_roundings() -> None:
    checks = (make_check("1", "2", verdict=Verdict.ROUNDING), make_check("3", "3"))
    assert [stated.check.verdict for stated in checks_of(store_of(make_record(checks=checks)))] == [
        Verdict.CONFLICT,
        Verdict.ROUNDING,
    ]


def test_decisions_come_latest_first() -> None:
    old = make_record(document="a.md", decision=make_decision("PCD 1", signed="2019-01-01"))
    new = make_record(document="b.md", decision=make_decision("PCD 2", signed="2024"))
    assert list(decision_heads(store_of(old, new))) == ["b.md", "a.md"]


def test_things_are_counted_by_the_flows_that_name_them() -> None:
    things = {
        named.entity: named.flows for named in named_things(store_of(make_record(make_flow("a"), make_flow("b"))))
    }
    assert things[WARM_HOMES] == 2
