"""A build opened for other programs: the same figures as elsewhere, and nothing that changes it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import whofunds
from graph.builds.workspace import Workspace
from graph.counting.sides import Side
from graph.exports.filters import UnknownName
from graph.exports.source import Source
from graph.exports.table import COLUMNS
from graph.stores.terms import to_oxigraph
from tests.samples import share_the_samples

pytestmark = share_the_samples


@pytest.fixture(scope="module")
def build(sample_workspace: Path) -> Iterator[whofunds.OpenBuild]:
    with whofunds.open(sample_workspace) as opened:
        yield opened


def test_the_columns_are_those_of_the_csv(build: whofunds.OpenBuild) -> None:
    assert tuple(build.flows().columns) == COLUMNS


def test_what_a_sum_adds_comes_to_the_total_of_the_ledger(build: whofunds.OpenBuild, sample_workspace: Path) -> None:
    current = Workspace(sample_workspace).current()
    store = current.store()
    tally = Source(store, current.path).ledger.tally(None, Side.SOURCES)
    joint = sum((stated.flow.amount for stated in tally.joint), Decimal(0))
    assert build.flows()["amount_in"].sum() == tally.total + joint
    store.close()


def test_sums_are_exact_and_what_is_not_known_is_missing(build: whofunds.OpenBuild) -> None:
    flows = build.flows()
    awards = flows[flows["entry"] == "award without a sum"]
    assert len(awards) > 0
    assert awards["amount"].isna().all()
    assert all(isinstance(amount, Decimal) for amount in flows["amount"].dropna())
    assert not (flows == "").any().any()


def test_flows_are_narrowed_by_names_and_years(build: whofunds.OpenBuild) -> None:
    drive = build.flows(programme="Drive", year="2019/20")
    assert 0 < len(drive) < len(build.flows())
    assert drive["programmes"].str.contains("Drive").all()
    assert drive["years"].str.contains("2019/20").all()


def test_an_unknown_name_is_answered_with_others(build: whofunds.OpenBuild) -> None:
    with pytest.raises(UnknownName, match="the nearest are"):
        build.flows(programme="Drvie")


def test_a_year_that_is_none_is_refused(build: whofunds.OpenBuild) -> None:
    with pytest.raises(ValueError, match="is no financial year"):
        build.flows(year="soon")


def test_the_graph_has_every_triple_and_its_prefixes(build: whofunds.OpenBuild, sample_workspace: Path) -> None:
    graph = build.graph()
    store = Workspace(sample_workspace).current().store()
    known = {tuple(map(to_oxigraph, triple)) for triple in store.triples()}
    store.close()
    written = graph.serialize(format="ox-nt", encoding="utf-8")
    assert {(each.subject, each.predicate, each.object) for each in ox.parse(written, ox.RdfFormat.N_TRIPLES)} == known
    assert dict(graph.namespaces())["wf"] == rdflib.URIRef("https://w3id.org/whofunds/ontology#")


def test_a_change_of_the_graph_stays_with_its_owner(build: whofunds.OpenBuild) -> None:
    mine = build.graph()
    mine.add((rdflib.URIRef("urn:mine"), rdflib.RDFS.label, rdflib.Literal("mine")))
    assert len(build.graph()) == len(mine) - 1


def test_a_query_of_the_graph_counts_as_the_table_does(build: whofunds.OpenBuild) -> None:
    rows = list(build.graph().query("SELECT (COUNT(?f) AS ?n) WHERE { ?f a wf:FundingFlow }"))
    assert int(rows[0][0]) == int((build.flows()["entry"] == "sum").sum())  # type: ignore[index]


def test_weights_of_the_network_add_up_to_payments_once(build: whofunds.OpenBuild) -> None:
    network = build.network()
    assert {kind for _, kind in network.nodes(data="kind")} == {"organisation"}
    weighted = [values for _, _, values in network.edges(data=True) if "weight" in values]
    assert weighted
    assert all(values["weight"] == values["amount"] for values in weighted)
    assert {"programme", "place", "decision"} <= {kind for _, kind in build.network(everything=True).nodes(data="kind")}


def test_a_follow_up_takes_from_the_question_before(build: whofunds.OpenBuild) -> None:
    answer = build.ask("and in 2019/20?", after=["who funds Drive in West Mercia"])
    assert answer.status == "answered"
    assert "2019/20" in answer.text


def test_a_closed_build_says_so(sample_workspace: Path) -> None:
    opened = whofunds.open(sample_workspace)
    assert opened.id in repr(opened)
    opened.close()
    with pytest.raises(ValueError, match=r"open the workspace again with whofunds\.open"):
        opened.flows()
    assert "closed" in repr(opened)


def test_where_nothing_is_published_it_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(whofunds.MissingWorkspace, match="run 'whofunds ingest PATH'"):
        whofunds.open(tmp_path)
