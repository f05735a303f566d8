"""Exports are sorted, exact, and safe with any text."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Graph, Literal
from rdflib.namespace import ORG

from graph.export import Exported, ExportFormat, Request, Table, export, exported, unsure_note, write_parquet
from graph.exports.filters import Filters, Wanted
from graph.exports.flows import FlatFlow, flat_awards, flat_flows
from graph.exports.graphml import Nodes
from graph.exports.selection import Selection
from graph.exports.source import Source
from graph.exports.table import FORMULA, flows_csv, neutral, plain, plain_if_written, read_flows_csv
from graph.exports.threshold import parse_threshold
from graph.exports.turtle import turtle
from graph.identifiers import REGISTRY_GRAPH, award_iri, entity_iri, flow_iri, graph_iri
from graph.model import Band, FlowKind, FlowLink, FlowRelation, FlowStatus, Record, Relation, RelationKind
from graph.rdf.triples import record_triples
from graph.rdf.triples_registry import concept_triples
from graph.stores.store import Store, open_memory
from tests.builders import (
    COUNCIL,
    MAYOR,
    TREASURY,
    WARM_HOMES,
    make_award,
    make_decision,
    make_doubt,
    make_evidence,
    make_flow,
    make_record,
    organisation,
)

TEXTS = [form for form in ExportFormat if form not in (ExportFormat.XLSX, ExportFormat.PARQUET)]
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


def made(store: Store, format: ExportFormat | str, least: str = "check", **options: object) -> Exported:
    request = Request(ExportFormat(format), Wanted(threshold=parse_threshold(least)), **options)  # type: ignore[arg-type]
    if request.format is not ExportFormat.PARQUET:
        return exported(Source(store), request)
    with TemporaryDirectory() as folder:
        notes, files = write_parquet(Source(store), request, Path(folder) / "money")
        named = sorted((str(path.relative_to(folder)), path.read_bytes()) for path in files)
    return replace(notes, content=b"".join(name.encode() + content for name, content in named))


def sums_in(store: Store) -> list[FlatFlow]:
    selection = Selection(Source(store), Filters())
    return flat_flows(selection.source, selection.flows, selection.verdicts)


@pytest.mark.parametrize("format", TEXTS)
def test_the_same_graph_gives_the_same_text(format: ExportFormat) -> None:
    records = [make_record(document=f"{name}.md") for name in "abc"]
    assert export(filled(*records), format) == export(filled(*reversed(records)), format)


@pytest.mark.parametrize("format", ExportFormat)
def test_hostile_text_and_an_empty_graph_are_exported(format: ExportFormat) -> None:
    assert made(hostile(), format).content
    assert made(open_memory(), format).content or format in (ExportFormat.FTM, ExportFormat.PARQUET)


def test_a_folder_is_not_returned_as_one_file() -> None:
    with pytest.raises(ValueError, match="a folder of files"):
        export(open_memory(), "parquet")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="docx"):
        export(open_memory(), "docx")


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
    flows = sums_in(hostile())
    assert [flow.recipient for flow in flows] == HOSTILE
    assert read_flows_csv(flows_csv(flows)) == flows


def test_no_cell_of_csv_is_a_formula() -> None:
    assert "\"'=cmd|" in export(hostile(), "csv")


@given(st.text())
def test_a_neutral_cell_comes_back(cell: str) -> None:
    safe = neutral(cell)
    assert re.fullmatch(r"[+-]?[0-9.]+", safe) or not safe.startswith(FORMULA)
    assert plain(safe) == cell


@given(st.text())
def test_a_neutral_cell_comes_back_from_a_file_that_people_write_too(cell: str) -> None:
    assert plain_if_written(neutral(cell)) == cell


def test_an_apostrophe_that_a_person_wrote_stays() -> None:
    assert plain_if_written("'Safer Streets' fund") == "'Safer Streets' fund"
    assert plain_if_written("'=900") == "=900"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("-5.00", "-5.00"),
        ("1234.50", "1234.50"),
        ("-5+cmd|'/c calc'!A1", "'-5+cmd|'/c calc'!A1"),
        ("--5", "'--5"),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        ('=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\uff1dSUM(A1)", "'\uff1dSUM(A1)"),
        ("\t=1+1", "'\t=1+1"),
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
    (row,) = sums_in(filled(make_record(flow)))
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


def rich() -> Store:
    """Return a sure sum, one to be checked, an award likely right, and facts."""
    said = (make_evidence("from 1 April 2024"),)
    return filled(
        make_record(
            make_flow("a", amount="900.00"),
            make_flow("b", amount="300.00", years=["2024/25"], band=Band.CHECK, confidence=0.4, doubts=[make_doubt()]),
            awards=[make_award(purpose="=a warm room", band=Band.LIKELY, confidence=0.8)],
            relations=[
                Relation(COUNCIL, RelationKind.PARTNER_IN, WARM_HOMES, said),
                Relation(WARM_HOMES, RelationKind.STARTS, "2024-04-01", said),
                Relation("PCD 1", RelationKind.MODIFIES, "PCD 9", said),
                Relation("PCD 1", RelationKind.MENTIONS, COUNCIL, said),
            ],
        )
    )


def test_csv_has_awards_without_an_amount_and_how_sure_each_row_is() -> None:
    rows = list(csv.DictReader(io.StringIO(export(rich(), "csv"), newline="")))
    assert [(row["entry"], row["amount"], row["band"], row["in_doubt"]) for row in rows] == [
        ("sum", "900.00", "sure", ""),
        ("sum", "300.00", "check", "recipient"),
        ("award without a sum", "", "likely", ""),
    ]
    assert (rows[2]["recipient"], rows[2]["purpose"]) == ("Ashford Council", "'=a warm room")
    source = Source(rich())
    assert read_flows_csv(export(rich(), "csv")) == [*sums_in(rich()), *flat_awards(source, source.awards)]


def test_facts_are_a_table_of_their_own() -> None:
    rows = list(csv.DictReader(io.StringIO(made(rich(), "csv", table=Table.FACTS).text, newline="")))
    assert [(row["subject"], row["relation"], row["object"], row["object_kind"]) for row in rows] == [
        ("Ashford Council", "partnerIn", "Warm Homes", "programme"),
        ("Warm Homes", "starts", "2024-04-01", "words"),
        ("PCD 1", "modifies", "PCD 9", "decision"),
    ]
    assert rows[1]["quote"] == "from 1 April 2024"


def test_graphml_tells_sums_awards_and_facts_apart() -> None:
    network = nx.parse_graphml(made(rich(), "graphml", nodes=Nodes.ALL).text)
    edges = [values for _, _, values in network.edges(data=True)]
    money = [(each["entry"], each.get("amount"), each["band"]) for each in edges if "band" in each]
    assert sorted(money, key=lambda one: one[2]) == [
        ("sum", 300.0, "check"),
        ("award without a sum", None, "likely"),
        ("sum", 900.0, "sure"),
    ]
    assert sorted(values["relation"] for values in edges if values["entry"] == "fact") == ["modifies", "partnerIn"]
    assert network.nodes[str(entity_iri(WARM_HOMES))]["starts"] == "2024-04-01"


def test_a_network_of_organisations_has_no_other_nodes_and_weighs_each_payment_once() -> None:
    again = make_flow("c", amount="900.00", evidence=[make_evidence("again £900.00")], status=FlowStatus.SUPERSEDED)
    store = filled(make_record(make_flow("a", amount="900.00"), again))
    network = nx.parse_graphml(made(store, "graphml").text)
    assert {(values["label"], values["kind"]) for _, values in network.nodes(data=True)} == {
        ("Treasury Office", "organisation"),
        ("Ashford Council", "organisation"),
    }
    assert network.nodes[str(entity_iri(COUNCIL))]["org_id"] == "GB-LAE-X"
    edges = {values["counted_in"]: values for _, _, values in network.edges(data=True)}
    assert (edges["yes"]["weight"], edges["yes"]["amount"]) == (900.0, 900.0)
    assert "weight" not in edges["no"]
    assert edges["no"]["why_not_in"] == "replaced by a later decision"


def test_all_nodes_tie_decisions_to_what_their_sums_name() -> None:
    network = nx.parse_graphml(made(rich(), "graphml", nodes=Nodes.ALL).text)
    ties = {(values["relation"], network.nodes[end]["kind"]) for _, end, values in network.edges(data=True)
            if values["entry"] == "named"}  # fmt: skip
    assert ties == {
        ("names as funder", "organisation"),
        ("names as recipient", "organisation"),
        ("funds", "programme"),
    }


def test_csv_says_whether_a_sum_counts_and_what_stands_in_its_place() -> None:
    whole = make_flow("a", amount="900.00")
    part = make_flow("b", amount="300.00", purpose="Boilers")
    links = [FlowRelation("b", FlowLink.PART_OF, "a")]
    text = export(filled(make_record(whole, part, flow_relations=links)), "csv")
    rows = {row.id: row for row in read_flows_csv(text)}
    one, other = rows[str(flow_iri("pcd-1.md", "a"))], rows[str(flow_iri("pcd-1.md", "b"))]
    assert (one.counted_in, one.amount_in, one.why_not_in) == ("yes", "900.00", "")
    assert (other.counted_in, other.amount_in, other.amount) == ("no", "0.00", "300.00")
    assert (other.why_not_in, other.instead_in, other.part_of) == ("part of a sum that is counted", one.id, one.id)


def test_csv_places_money_without_a_year_by_its_decision() -> None:
    (row,) = sums_in(filled(make_record(make_flow(years=[]))))
    assert (row.years, row.year_basis) == ("2023/24", "signed")
    (stated,) = sums_in(filled(make_record(make_flow(years=["2021/22"]))))
    assert (stated.years, stated.year_basis) == ("2021/22", "stated")


def test_a_sum_that_is_paid_out_in_part_counts_with_its_rest_where_money_ends() -> None:
    came = make_flow("in", amount="100.00", recipient=MAYOR)
    went = make_flow("out", amount="70.00", funder=MAYOR, recipient=COUNCIL)
    rows = read_flows_csv(export(filled(make_record(came, went)), "csv"))
    assert [(row.amount, row.counted_out, row.amount_out) for row in rows] == [
        ("100.00", "partly", "30.00"),
        ("70.00", "yes", "70.00"),
    ]
    assert [(row.counted_in, row.why_not_in) for row in rows][1] == ("no", "passed on, and counted where it comes in")


def test_trig_keeps_each_graph_apart() -> None:
    store = filled(make_record(document="a.md"), make_record(document="b.md"))
    read = Dataset()
    read.parse(data=export(store, "trig"), format="trig")
    assert {str(graph) for graph in store.graphs()} == {str(g.identifier) for g in read.graphs() if len(g)}
    for graph in store.graphs():
        here = {tuple(map(str, triple)) for triple in store.triples(graph)}
        assert {tuple(map(str, triple)) for triple in read.graph(graph)} == here


def test_360giving_leaves_awards_without_a_sum_out_and_says_so() -> None:
    export_of_grants = made(rich(), "360giving")
    grants = json.loads(export_of_grants.text)["grants"]
    assert [(grant["whofundsReadingBand"], grant.get("whofundsReadingInDoubt")) for grant in grants] == [
        ("sure", None),
        ("check", ["recipient"]),
    ]
    assert "left out: 1 award without a sum, as 360Giving needs an amount" in export_of_grants.left_out


def test_an_export_says_how_much_of_its_money_is_not_sure() -> None:
    part = made(rich(), "csv").money
    assert unsure_note(part) == "counted once, the sums come to £1,200, of which £300 is to be checked"
    bounded = "between £900 and £1,200, as sums are in doubt"
    assert unsure_note(part, "csv", bounded).endswith(f"£300 is to be checked; {bounded}")
    sure = made(rich(), "csv", "sure").money
    assert (sure.whole, unsure_note(sure)) == (900, "")


@pytest.mark.parametrize(
    ("least", "sums", "awards"),
    [("sure", 1, 0), ("likely", 1, 1), ("check", 2, 1), ("0", 2, 1), ("0.5", 1, 1), ("0.85", 1, 0), ("1", 0, 0)],
)
@pytest.mark.parametrize("format", ExportFormat)
def test_what_is_less_sure_than_asked_is_left_out_and_counted(
    format: ExportFormat, least: str, sums: int, awards: int
) -> None:
    part, whole = made(rich(), format, least), made(rich(), format)
    has_no_awards = format in (ExportFormat.THREESIXTYGIVING, ExportFormat.FTM)
    assert (part.content == whole.content) is ((sums, awards) == (2, 1) or (has_no_awards and sums == 2))
    said = f"{2 - sums} of 2 sums, {1 - awards} of 1 award without a sum"
    assert any(said in note for note in part.left_out) is ((sums, awards) != (2, 1))
    if format is ExportFormat.CSV:
        assert [row.entry for row in read_flows_csv(part.text)].count("sum") == sums


@pytest.mark.parametrize("format", ["turtle", "jsonld"])
def test_the_graph_without_a_sum_has_no_word_of_it(format: str) -> None:
    parser = {"turtle": "turtle", "jsonld": "json-ld"}[format]
    read = Graph().parse(data=made(rich(), format, "sure").text, format=parser)
    gone = (flow_iri("pcd-1.md", "b"), award_iri("pcd-1.md", "award-1"))
    assert not [triple for triple in read if any(str(end).startswith(gone) for end in (triple[0], triple[2]))]
    assert (flow_iri("pcd-1.md", "a"), None, None) in read
    assert (entity_iri(COUNCIL), None, None) in read


@pytest.mark.parametrize("text", ["", "Sure", "1.5", "-0.1", "nan", "50%"])
def test_what_is_no_confidence_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="give sure, likely, check or a number"):
        parse_threshold(text)
