"""A record becomes triples and comes back the same."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, XSD

from graph.identifiers import award_iri, decision_iri, entity_iri, flow_iri, iri_of_decision
from graph.model import (
    Alternative,
    Award,
    Band,
    Basis,
    Check,
    Decision,
    Doubt,
    Entity,
    EntityKind,
    Evidence,
    FlowKind,
    FlowLink,
    FlowRelation,
    FlowStatus,
    FundingFlow,
    NewName,
    Record,
    Relation,
    RelationKind,
    StatedTotal,
    Unread,
    Verdict,
)
from graph.rdf.triples import record_triples
from graph.rdf.triples_back import canonical, record_of_triples
from graph.vocabulary import RELATION, WF
from tests.builders import COUNCIL, WARM_HOMES, make_award, make_decision, make_flow, make_record

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
anything = st.one_of(st.just(""), words)
amounts = st.decimals(min_value=0, max_value=10**9, places=2)
dates = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda day: f"{day:%Y-%m}" if day.year > 999 else "2021-11"),
    st.integers(1900, 2100).map(str),
)
years = st.lists(st.integers(1990, 2050), max_size=4, unique=True).map(
    lambda starts: tuple(f"{start}/{(start + 1) % 100:02d}" for start in sorted(starts))
)


@st.composite
def entities(draw: st.DrawFn, kind: EntityKind) -> Entity:
    # one id has one name: what a graph says of an entity stands once
    id = draw(words)
    return Entity(id, f"The {id}", kind, verified=not id.startswith("n"))


def of_kind(kind: EntityKind) -> st.SearchStrategy[Entity | None]:
    return st.none() | entities(kind)


one_evidence = st.builds(
    Evidence,
    locator=anything,
    quote=anything,
    page=st.none() | st.integers(1, 99),
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
)
evidence = st.lists(one_evidence, min_size=1, max_size=3).map(tuple)
others = st.builds(Alternative, value=anything, probability=st.floats(0, 1))
doubts = st.builds(
    Doubt, slot=words, value=anything, probability=st.floats(0, 1), alternatives=st.lists(others, max_size=2).map(tuple)
)
programmes = st.lists(entities(EntityKind.PROGRAMME), max_size=3).map(tuple)
flows = st.builds(
    FundingFlow,
    id=words,
    funder=of_kind(EntityKind.ORGANISATION),
    recipient=of_kind(EntityKind.ORGANISATION),
    recipient_words=anything,
    amount=amounts,
    basis=st.sampled_from(Basis),
    years=years,
    programmes=programmes,
    place=of_kind(EntityKind.PLACE),
    fund=of_kind(EntityKind.FUND),
    kind=st.sampled_from(FlowKind),
    status=st.sampled_from(FlowStatus),
    evidence=evidence,
    confidence=st.floats(0, 1),
    purpose=anything,
    per_year=st.booleans(),
    currency=st.just("GBP"),
    band=st.sampled_from(Band),
    doubts=st.lists(doubts, max_size=2).map(tuple),
    awaits_payee=st.booleans(),
    in_summary=st.booleans(),
    in_table=st.booleans(),
)
awards = st.builds(
    Award,
    id=words,
    funder=of_kind(EntityKind.ORGANISATION),
    recipient=of_kind(EntityKind.ORGANISATION),
    recipient_words=anything,
    years=years,
    programmes=programmes,
    place=of_kind(EntityKind.PLACE),
    fund=of_kind(EntityKind.FUND),
    kind=st.sampled_from(FlowKind),
    status=st.sampled_from(FlowStatus),
    evidence=evidence,
    confidence=st.floats(0, 1),
    purpose=anything,
    band=st.sampled_from(Band),
    doubts=st.lists(doubts, max_size=2).map(tuple),
)
unread = st.builds(Unread, figures=st.integers(0, 99), examples=st.lists(one_evidence, max_size=2).map(tuple))
decisions = st.builds(
    Decision,
    reference=st.none() | words,
    title=anything,
    body=of_kind(EntityKind.ORGANISATION),
    decided_by=st.none() | words,
    signed=st.none() | dates,
    record_type=words,
    source=st.none() | words | st.just("https://example.org/a b?c=<d>") | st.just("https://example.org/é"),
    aliases=st.lists(words, max_size=2).map(tuple),
    summary=anything,
    dates=st.lists(st.tuples(words, dates), max_size=2).map(tuple),
    titled=st.sampled_from(["", "2023-07-06", "2021-11", "2021/22"]),
)
totals = st.builds(
    StatedTotal,
    id=words,
    amount=amounts,
    years=years,
    programmes=programmes,
    payer=of_kind(EntityKind.ORGANISATION),
    label=anything,
    parts=st.lists(words, max_size=2).map(tuple),
    evidence=evidence,
)
things = st.one_of(words, entities(EntityKind.ORGANISATION), entities(EntityKind.PROGRAMME))
relations = st.builds(
    Relation, subject=things, kind=st.sampled_from(RelationKind), object=things, evidence=evidence, detail=anything
)
checks = st.builds(
    Check,
    verdict=st.sampled_from(Verdict),
    figures=st.lists(amounts, max_size=4).map(tuple),
    message=anything,
    evidence=evidence,
    kind=words,
)
new_names = st.builds(NewName, entity=entities(EntityKind.ORGANISATION), context=anything, locator=anything)


@st.composite
def records(draw: st.DrawFn) -> Record:
    listed = draw(st.lists(flows, max_size=3, unique_by=lambda flow: flow.id))
    ids = st.sampled_from([flow.id for flow in listed]) if listed else st.nothing()
    link = st.builds(FlowRelation, ids, st.sampled_from(FlowLink), ids)
    links = st.lists(link, max_size=2 if listed else 0)
    return Record(
        document=draw(words),
        digest=draw(words),
        decision=draw(decisions),
        flows=tuple(listed),
        flow_relations=tuple(draw(links)),
        totals=tuple(draw(st.lists(totals, max_size=2, unique_by=lambda total: total.id))),
        relations=tuple(draw(st.lists(relations, max_size=2))),
        checks=tuple(draw(st.lists(checks, max_size=2))),
        new_names=tuple(draw(st.lists(new_names, max_size=2))),
        issues=tuple(draw(st.lists(words, max_size=2))),
        awards=tuple(draw(st.lists(awards, max_size=2, unique_by=lambda award: award.id))),
        unread=draw(unread),
    )


@settings(max_examples=60, deadline=None)
@given(records())
def test_a_record_comes_back_from_its_triples(record: Record) -> None:
    assert record_of_triples(reversed(record_triples(record))) == canonical(record)


def test_the_same_record_makes_the_same_triples() -> None:
    assert record_triples(make_record()) == record_triples(make_record())


def test_an_amount_is_a_decimal_with_its_pence() -> None:
    triples = record_triples(make_record(make_flow("a", amount="1234.50")))
    assert (flow_iri("pcd-1.md", "a"), WF.amount, Literal("1234.50", datatype=XSD.decimal)) in triples


@pytest.mark.parametrize(
    ("signed", "datatype"),
    [("2023-07-06", XSD.date), ("2021-11", XSD.gYearMonth), ("2021", XSD.gYear), ("20230706", None), ("soon", None)],
)
def test_a_date_keeps_its_precision(signed: str, datatype: URIRef | None) -> None:
    record = make_record(decision=make_decision(signed=signed))
    values = [value for _, predicate, value in record_triples(record) if predicate == WF.signed]
    assert values == [Literal(signed, datatype=datatype)]


def test_a_relation_stands_as_a_triple_and_as_a_statement_with_its_words() -> None:
    statement = Relation(COUNCIL, RelationKind.PARTNER_IN, WARM_HOMES, make_flow().evidence)
    triples = record_triples(make_record(relations=[statement]))
    assert [p for _, p, _ in triples if p == WF.isPartnerIn] == [WF.isPartnerIn]
    assert any(p == WF.hasRelationKind and o == WF.isPartnerIn for _, p, o in triples)


def test_a_relation_that_names_its_own_decision_means_it() -> None:
    decision = make_decision("PCD 1460", aliases=["DMPC Decision 1460"])
    statement = Relation("PCD1460", RelationKind.MODIFIES, "PCD 1307", make_flow().evidence)
    record = make_record(decision=decision, relations=[statement])
    cited = decision_iri("mayor-of-ashford", "PCD 1307")
    assert (iri_of_decision(decision, record.document), WF.modifies, cited) in record_triples(record)


def test_an_award_without_a_sum_has_no_amount() -> None:
    triples = record_triples(make_record(awards=[make_award("a")]))
    about = {predicate for subject, predicate, _ in triples if subject == award_iri("pcd-1.md", "a")}
    assert WF.hasRecipient in about and WF.hasBand in about
    assert not about & {WF.amount, WF.currency, WF.hasBasis}


@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [
        (RelationKind.STARTS, "2024-04", Literal("2024-04", datatype=XSD.gYearMonth)),
        (RelationKind.NUMBER_OF_AWARDS, "12", Literal("12")),
        (RelationKind.SHARE, "40 per cent", Literal("40 per cent")),
        (RelationKind.DECLINED, "PCD 900", Literal("PCD 900")),
    ],
)
def test_a_fact_in_words_is_a_value_and_cites_no_decision(kind: RelationKind, words: str, value: Literal) -> None:
    triples = record_triples(make_record(relations=[Relation(WARM_HOMES, kind, words, make_flow().evidence)]))
    assert (entity_iri(WARM_HOMES), RELATION[kind], value) in triples
    assert not [o for _, p, o in triples if p == WF.hasObject]
    assert not [o for _, _, o in triples if "decision/mayor-of-ashford/" in str(o) and not str(o).endswith("pcd-1")]


def test_an_address_with_spaces_is_kept_as_words() -> None:
    record = make_record(decision=make_decision(source="https://example.org/a b"))
    values = [value for _, predicate, value in record_triples(record) if predicate == DCTERMS.source]
    assert values == [Literal("https://example.org/a b")]


def test_a_lone_surrogate_becomes_a_question_mark() -> None:
    record = replace(make_record(), issues=("bad \ud800 byte",))
    assert any(value == Literal("bad ? byte") for _, _, value in record_triples(record))


def test_a_large_amount_is_written_out() -> None:
    record = make_record(replace(make_flow(), amount=Decimal("1E+6")))
    assert any(str(value) == "1000000" for _, _, value in record_triples(record))


def test_triples_of_two_documents_are_no_record() -> None:
    both = record_triples(make_record()) + record_triples(make_record(document="other.md"))
    with pytest.raises(ValueError, match="these are of 2"):
        record_of_triples(both)
