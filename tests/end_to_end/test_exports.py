"""The exports of all sample decisions, through the command: other tools read them, and they add up to the ledger."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from frictionless import validate
from openpyxl import load_workbook
from pyarrow import compute, dataset, parquet
from rdflib import Dataset, Graph
from rdflib.namespace import RDF

from app import cli
from bench.parquet_read import differences
from graph.builds.workspace import Workspace
from graph.counting.grounds import grounds_of
from graph.counting.left_out import Reason, is_grant
from graph.counting.likeness import total
from graph.counting.sides import Side
from graph.counting.tally import Tally, tally
from graph.exports.columns import columns_of
from graph.exports.flows import FlatFlow
from graph.exports.source import Source
from graph.exports.table import read_flows_csv
from graph.model import Entity, EntityKind, FlowLink
from graph.rdf.validation import violations
from graph.settings import Settings
from graph.stated.checks import checks_of
from graph.stated.things import named_things
from graph.vocabulary import WF
from tests.graph.exports.standard import faults_of, needs_standards, organisation_lists
from tests.graph.exports.test_followthemoney import faults_of as faults_of_entities
from tests.samples import share_the_samples

pytestmark = [pytest.mark.slow, share_the_samples]


@pytest.fixture(scope="module")
def source(sample_workspace: Path) -> Iterator[Source]:
    build = Workspace(sample_workspace, settings=Settings()).current()
    store = build.store()
    yield Source(store, build.path, build.created)
    store.close()


@pytest.fixture
def export(sample_workspace: Path, tmp_path: Path, source: Source) -> Any:
    """Return a function that runs the command and returns the file that it wrote."""

    def run(form: str, *options: str) -> Path:
        file = tmp_path / f"{form}-{len(list(tmp_path.iterdir()))}"
        assert (
            cli.main(["export", "--format", form, "-o", str(file), *options, "--workspace", str(sample_workspace)]) == 0
        )
        return file

    return run


def rows_of(file: Path) -> list[FlatFlow]:
    return read_flows_csv(file.read_bytes().decode())


def amounts(rows: list[FlatFlow], words: tuple[str, ...], side: Side) -> Decimal:
    pairs = [(r.counted_in, r.amount_in) if side is Side.SOURCES else (r.counted_out, r.amount_out) for r in rows]
    return sum((Decimal(amount) for word, amount in pairs if word in words), Decimal(0))


def adds_up(rows: list[FlatFlow], found: Tally, side: Side) -> bool:
    return (amounts(rows, ("yes", "partly"), side), amounts(rows, ("jointly",), side)) == (
        found.total,
        total(found.joint),
    )


def test_the_table_holds_every_sum_and_adds_up_to_the_ledger(export: Any, source: Source) -> None:
    rows = rows_of(export("csv"))
    counts = Counter(row.entry for row in rows)
    assert counts == {"sum": len(source.flows), "award without a sum": len(source.awards)}
    for side in (Side.SOURCES, Side.DELIVERIES):
        assert adds_up(rows, source.ledger.tally(None, side), side)
    assert all(
        bool(row.why_not_in) is (row.counted_in in ("no", "partly")) for row in rows if row.counted_in != "jointly"
    )


def test_parquet_by_body_and_year_holds_the_same_rows_and_adds_up_to_the_ledger(export: Any, source: Source) -> None:
    folder = export("parquet")
    table = dataset.dataset(folder / "sums", partitioning="hive").to_table()
    kept = {column.name for column in columns_of(FlatFlow)}
    as_text = [
        {name: "" if value is None else str(value) for name, value in row.items() if name in kept}
        for row in table.to_pylist()
    ]
    written = {row.id: {**asdict(row), "confidence": str(float(row.confidence))} for row in rows_of(export("csv"))}
    assert {row["id"]: row for row in as_text} == written
    for side, column in ((Side.SOURCES, "amount_in"), (Side.DELIVERIES, "amount_out")):
        found = source.ledger.tally(None, side)
        assert compute.sum(table[column]).as_py() == found.total + total(found.joint)
    for row in table.select(["body", "year", "years", "decision_body", "document"]).to_pylist():
        head = source.heads[row["document"]]
        assert row["body"] == (head.body.id if head.body else None)
        assert str(row["year"]) == (row["years"] or "None")[:4]
    body, year = "mopac", 2023
    one = dataset.dataset(folder / "sums", partitioning="hive").to_table(
        filter=(dataset.field("body") == body) & (dataset.field("year") == year)
    )
    files = list((folder / "sums" / f"body={body}" / f"year={year}").glob("*.parquet"))
    assert one.num_rows == sum(parquet.read_metadata(file).num_rows for file in files) > 0


def test_duckdb_finds_in_the_parquet_files_what_the_ledger_says(export: Any, source: Source) -> None:
    assert differences(export("parquet"), source) == []


@pytest.mark.parametrize(
    ("option", "kind"),
    [("--programme", EntityKind.PROGRAMME), ("--body", EntityKind.ORGANISATION), ("--place", EntityKind.PLACE)],
)
def test_the_table_of_a_thing_adds_up_to_its_totals(option: str, kind: EntityKind, export: Any, source: Source) -> None:
    things = [named for named in named_things(source.store) if named.entity.kind is kind]
    most = sorted(things, key=lambda named: (-named.flows, named.entity.id))[:3]
    for thing in (named.entity for named in most):
        rows = [row for row in rows_of(export("csv", option, thing.id)) if row.entry == "sum"]
        for side in (Side.SOURCES, Side.DELIVERIES):
            assert adds_up(rows, source.ledger.tally(thing, side), side), (thing, side)


@needs_standards
def test_the_main_file_of_grants_is_valid_and_both_add_up_to_the_ledger(export: Any, source: Source) -> None:
    file = export("360giving")
    package = json.loads(file.read_text(encoding="utf-8"))
    rest = json.loads(file.with_name(f"{file.stem}.rest.json").read_text(encoding="utf-8"))
    assert faults_of(package) == []
    grants = [*package["grants"], *rest["grants"]]
    assert len({grant["id"] for grant in grants}) == len(grants)
    summed = sum((Decimal(str(grant["amountAwarded"])) for grant in grants), Decimal(0))
    counted = tally_of_grants(source)
    assert summed == counted.total + total(counted.joint)
    assert len(grants) == len(counted.flows) + len(counted.joint)
    assert all("awardDate" in grant for grant in package["grants"])
    assert not any("awardDate" in grant for grant in rest["grants"])
    ids = [
        party["id"]
        for grant in grants
        for name in ("recipientOrganization", "fundingOrganization")
        for party in grant[name]
    ]
    lists = organisation_lists()
    assert not [id for id in ids if not id.startswith("360G-whofunds-") and "-".join(id.split("-")[:2]) not in lists]


def tally_of_grants(source: Source) -> Tally:
    """Count the grants anew, by the rule itself and without the ledger that the build keeps."""
    grounds = grounds_of(source.flows, source.heads, source.relations, checks_of(source.store))
    return tally([stated for stated in source.flows if is_grant(stated.flow)], grounds)


def test_the_workbook_has_the_same_sums_and_the_totals_of_the_ledger(export: Any, source: Source) -> None:
    book = load_workbook(io.BytesIO(export("xlsx").read_bytes()))
    heading, *rows = book["flows"].iter_rows(values_only=True)
    at = {name: number for number, name in enumerate(heading)}
    assert len(rows) == len(source.flows) + len(source.awards)
    came = sum((Decimal(str(row[at["amount_in"]])) for row in rows if row[at["amount_in"]]), Decimal(0))
    assert came == source.ledger.tally(None, Side.SOURCES).total
    heading, *totals = book["totals"].iter_rows(values_only=True)
    at = {name: number for number, name in enumerate(heading)}
    programmes = [row for row in totals if row[at["kind"]] == "programme"]
    assert len(programmes) > 50
    for row in programmes:
        thing = Entity(str(row[at["id"]]).rpartition("/")[2], "", EntityKind.PROGRAMME)
        found = source.ledger.tally(thing, Side.SOURCES)
        assert Decimal(str(row[at["total_in"]] or 0)) == found.total
        assert (row[at["total_in"]] is None) is (not found.flows)
    assert not [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


@pytest.mark.parametrize("nodes", ["organisations", "all"])
def test_the_network_has_a_line_for_each_sum_with_both_parties(nodes: str, export: Any, source: Source) -> None:
    network = nx.parse_graphml(export("graphml", "--nodes", nodes).read_text(encoding="utf-8"))
    sums = [values for _, _, values in network.edges(data=True) if values["entry"] == "sum"]
    both = [stated for stated in source.flows if stated.flow.funder and stated.flow.recipient]
    assert len(sums) == len(both)
    kinds = {values["kind"] for _, values in network.nodes(data=True)}
    assert kinds == {"organisation"} if nodes == "organisations" else {"programme", "decision"} < kinds


@pytest.mark.parametrize(("form", "parser"), [("turtle", "turtle"), ("jsonld", "json-ld")])
def test_the_graph_reads_back_with_every_sum(form: str, parser: str, export: Any, source: Source) -> None:
    graph = Graph().parse(str(export(form)), format=parser)
    assert len(set(graph.subjects(RDF.type, WF.FundingFlow))) == len(source.flows)
    assert len(graph) == len(list(source.store.triples()))


def test_the_dataset_reads_back_graph_by_graph(export: Any, source: Source) -> None:
    read = Dataset()
    read.parse(str(export("trig")), format="trig")
    for graph in source.store.graphs():
        assert len(read.graph(graph)) == len(list(source.store.triples(graph))), graph


def test_payments_fit_the_schema_and_are_those_of_the_ledger(export: Any, source: Source) -> None:
    lines = [json.loads(line) for line in export("ftm").read_text(encoding="utf-8").splitlines()]
    assert faults_of_entities(lines) == []
    whole = source.ledger.tally(None, Side.SOURCES)
    onward = [out.flow for out in whole.left_out if out.reason is Reason.PASSED_ON]
    kept = {stated.iri for stated in (*whole.flows, *whole.joint, *onward)}
    ends = {s.iri: (s.flow.funder, s.flow.recipient) for s in source.flows if s.iri in kept}
    paid = {iri: (one, other) for iri, (one, other) in ends.items() if one and other and one != other}
    amounts = {stated.iri: stated.flow.amount for stated in source.flows}
    schemas = Counter(line["schema"] for line in lines)
    payments = [line["properties"] for line in lines if line["schema"] == "Payment"]
    assert len(payments) == len(paid) > 200
    assert sum(Decimal(each["amount"][0]) for each in payments) == sum(amounts[iri] for iri in paid)
    parties = {party for pair in paid.values() for party in pair}
    assert schemas["PublicBody"] + schemas["Organization"] == len(parties)
    programmes = {each for s in source.flows if s.iri in paid for each in s.flow.programmes}
    assert schemas["Project"] == len(programmes)
    assert len({line["id"] for line in lines}) == len(lines)


@pytest.mark.parametrize("table", ["sums", "facts"])
def test_frictionless_reads_the_tables_by_their_dictionary(table: str, export: Any, tmp_path: Path) -> None:
    package = tmp_path / "datapackage.json"
    file = export("csv", "--table", table, "--dictionary", str(package))
    report = validate(str(package))
    assert report.valid, report.flatten(["message"])[:5]
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    assert report.tasks[0].stats.get("rows", 0) == len(rows) - 1 > 300


def test_figures_that_contradict_each_other_are_tied_in_the_table(export: Any, source: Source) -> None:
    rows = rows_of(export("csv"))
    said = {row.id: row.contradicts for row in rows if row.contradicts}
    linked = {
        stated.iri: "; ".join(iri for link, iri in stated.links if link is FlowLink.CONTRADICTS)
        for stated in source.flows
    }
    assert said == {iri: others for iri, others in linked.items() if others}
    assert said


def test_check_says_which_two_figures_of_west_mercia_contradict_each_other(
    sample_workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--json", "--workspace", str(sample_workspace)]) == 0
    checks = json.loads(capsys.readouterr().out)["checks"]
    pair = {Decimal(170_000), Decimal("190331")}
    (found,) = [each for each in checks if {Decimal(str(figure)) for figure in each["figures"]} == pair]
    assert found["verdict"] == "conflict"
    assert any("£170,000" in quote for quote in found["quotes"])


@pytest.mark.parametrize("form", ["turtle", "trig", "jsonld"])
def test_a_graph_of_one_programme_holds_its_sums_alone(form: str, export: Any, source: Source) -> None:
    graph = Dataset()
    parsers = {"turtle": "turtle", "trig": "trig", "jsonld": "json-ld"}
    graph.parse(str(export(form, "--programme", "Drive")), format=parsers[form])
    found = {str(s) for s, _, o, _ in graph.quads() if o == WF.FundingFlow}
    drive = {s.iri for s in source.flows if "drive" in {programme.id for programme in s.flow.programmes}}
    assert found == drive
    assert found
    assert violations((s, p, o) for s, p, o, _ in graph.quads()) == []
