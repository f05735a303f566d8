"""Exports are sorted, exact, and safe with any text."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal
from rdflib.namespace import ORG

from graph.export import ExportFormat, export
from graph.exports.flows import flat_flows
from graph.exports.table import flows_csv, neutral, plain, read_flows_csv
from graph.exports.turtle import turtle
from graph.identifiers import REGISTRY_GRAPH, entity_iri, graph_iri
from graph.model import FlowKind, FlowStatus, Record
from graph.rdf.triples import record_triples
from graph.rdf.triples_registry import concept_triples
from graph.stores.store import Store, open_memory
from tests.builders import COUNCIL, MAYOR, TREASURY, make_decision, make_evidence, make_flow, make_record, organisation

HOSTILE = ["<img onerror=alert(1)>", "</script>", '=cmd|"/c calc"!A1', 'quote " and \\', "a\x07b\x00c\nd", "[x](js:1)"]


def filled(*records: Record) -> Store:
    store = open_memory()
    store.replace_graphs({graph_iri(record.document): record_triples(record) for record in records})
    identifier = (entity_iri(COUNCIL), ORG.identifier, Literal("GB-LAE-X"))
    store.replace_graph(REGISTRY_GRAPH, [*concept_triples(), identifier])
    return store


def hostile() -> Store:
    flows = [
        make_flow(f"f{number}", recipient=organisation(text, id=f"o{number}"), evidence=[make_evidence(text)])
        for number, text in enumerate(HOSTILE)
    ]
    return filled(make_record(*flows, decision=make_decision(title="<b>Title</b>")))


@pytest.mark.parametrize("format", ExportFormat)
def test_the_same_graph_gives_the_same_text(format: ExportFormat) -> None:
    records = [make_record(document=f"{name}.md") for name in "abc"]
    assert export(filled(*records), format) == export(filled(*reversed(records)), format)


@pytest.mark.parametrize("format", ExportFormat)
def test_hostile_text_and_an_empty_graph_are_exported(format: ExportFormat) -> None:
    assert export(hostile(), format)
    assert export(open_memory(), format)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="xlsx"):
        export(open_memory(), "xlsx")


@pytest.mark.parametrize(("format", "parser"), [("turtle", "turtle"), ("jsonld", "json-ld")])
def test_triples_read_back_are_the_graph(format: str, parser: str) -> None:
    store = hostile()
    read = Graph().parse(data=export(store, format), format=parser)
    assert {tuple(map(str, triple)) for triple in read} == {tuple(map(str, triple)) for triple in store.triples()}
    assert len(read) == len(list(store.triples()))


def test_turtle_puts_types_first_and_sorts_the_rest() -> None:
    text = turtle(record_triples(make_record()))
    block = next(block for block in text.split("\n\n") if " a wf:FundingFlow" in block)
    terms = [line.split()[0] for line in block.splitlines()[1:]]
    assert terms == sorted(terms)


def test_csv_reads_back_the_same() -> None:
    flows = flat_flows(hostile())
    assert [flow.recipient for flow in flows] == HOSTILE
    assert read_flows_csv(flows_csv(flows)) == flows


def test_no_cell_of_csv_is_a_formula() -> None:
    assert "\"'=cmd|" in export(hostile(), "csv")


@given(st.text())
def test_a_neutral_cell_comes_back(cell: str) -> None:
    safe = neutral(cell)
    assert re.fullmatch(r"[+-]?[0-9.]+", safe) or not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert plain(safe) == cell


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("-5.00", "-5.00"),
        ("1234.50", "1234.50"),
        ("-5+cmd|'/c calc'!A1", "'-5+cmd|'/c calc'!A1"),
        ("--5", "'--5"),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        ('=HYPERLINK("http://x","y")', "'=HYPERLINK(\"http://x\",\"y\")"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'twas", "''twas"),
        ("Drive - phase 2", "Drive - phase 2"),
    ],
)
def test_a_cell_is_made_safe_and_a_negative_number_stays_one(cell: str, safe: str) -> None:
    assert neutral(cell) == safe


def test_hostile_names_are_data_in_every_format() -> None:
    store = hostile()
    network = nx.parse_graphml(export(store, "graphml"))
    labels = {values["label"] for _, values in network.nodes(data=True)}
    assert {text for text in HOSTILE if text.isprintable()} <= labels
    grants = json.loads(export(store, "360giving"))["grants"]
    assert {grant["recipientOrganization"][0]["name"] for grant in grants} == set(HOSTILE)
    rows = list(csv.DictReader(io.StringIO(export(store, "csv"), newline="")))
    assert {plain(row["recipient"]) for row in rows} == set(HOSTILE)
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "@"))] == []


def test_a_flow_of_several_years_and_programmes_is_one_row() -> None:
    from tests.builders import programme

    flow = make_flow(amount="5.50", years=["2022/23", "2023/24"], programmes=[programme("B"), programme("A")])
    (row,) = flat_flows(filled(make_record(flow)))
    assert (row.amount, row.years, row.programmes) == ("5.50", "2022/23; 2023/24", "A; B")


def test_graphml_reads_back_parties_and_amounts() -> None:
    network = nx.parse_graphml(export(filled(make_record(make_flow(amount="12.50"))), "graphml"))
    ((funder, recipient, values),) = network.edges(data=True)
    assert (funder, recipient) == (str(entity_iri(TREASURY)), str(entity_iri(COUNCIL)))
    assert values["amount"] == 12.5
    assert network.nodes[recipient]["label"] == "Ashford Council"


def test_360giving_has_the_fields_of_the_standard() -> None:
    store = filled(make_record(make_flow(amount="1234.50", years=["2022/23", "2023/24"], purpose="Boilers")))
    (grant,) = json.loads(export(store, "360giving"))["grants"]
    assert Decimal(str(grant["amountAwarded"])) == Decimal("1234.5")
    assert grant["awardDate"] == "2023-07-06"
    assert grant["recipientOrganization"] == [{"id": "GB-LAE-X", "name": "Ashford Council"}]
    assert grant["fundingOrganization"][0]["name"] == "Treasury Office"
    assert grant["plannedDates"] == [{"startDate": "2022-04-01", "endDate": "2024-03-31", "duration": 24}]
    assert grant["grantProgramme"][0]["title"] == "Warm Homes"
    assert grant["description"] == "Boilers"


@pytest.mark.parametrize(
    "flow",
    [
        make_flow(kind=FlowKind.BID),
        make_flow(kind=FlowKind.OWN_COST, funder=MAYOR, recipient=MAYOR),
        make_flow(status=FlowStatus.SUPERSEDED),
        make_flow(recipient=None),
    ],
    ids=["bid", "own-cost", "superseded", "open-recipient"],
)
def test_what_is_no_award_is_no_grant_of_360giving(flow: object) -> None:
    assert json.loads(export(filled(make_record(flow)), "360giving"))["grants"] == []  # type: ignore[arg-type]
