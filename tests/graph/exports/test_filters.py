"""An export is narrowed to things and years; a name that is not known is said with the nearest ones."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from graph.export import Exported, ExportFormat, Request, exported
from graph.exports.filters import UnknownName, Wanted, YearRange, find_filters, parse_financial_year
from graph.exports.source import Source
from graph.exports.table import read_flows_csv
from graph.identifiers import REGISTRY_GRAPH, entity_iri, flow_iri, graph_iri
from graph.model import Relation, RelationKind
from graph.rdf.triples import record_triples
from graph.rdf.triples_registry import concept_triples
from graph.rdf.validation import violations
from graph.stores.store import Store, open_memory
from graph.vocabulary import WF
from tests.builders import (
    ASHFORD,
    COUNCIL,
    KENT,
    MAYOR,
    TREASURY,
    WARM_HOMES,
    fund,
    make_award,
    make_decision,
    make_evidence,
    make_flow,
    make_record,
    organisation,
    place,
    programme,
)

COOL = programme("Cool Homes")
LEEDS = place("Leeds")
CHARITY = organisation("Boiler Charity")
HEAT_FUND = fund("Heat Fund")


def two_worlds() -> Store:
    """Return a graph of two decisions that have nothing but their funder in common."""
    said = (make_evidence("The council leads."),)
    warm = make_record(
        make_flow("a", amount="900.00"),
        awards=[make_award()],
        relations=[
            Relation(COUNCIL, RelationKind.LEADS, WARM_HOMES, said),
            Relation(CHARITY, RelationKind.PARTNER_IN, WARM_HOMES, said),
        ],
        decision=make_decision(body=MAYOR),
    )
    cool = make_record(
        make_flow(
            "b", amount="50.00", recipient=CHARITY, programmes=[COOL], place=LEEDS, years=["2021/22"], fund=HEAT_FUND
        ),
        make_flow("c", amount="7.00", recipient=CHARITY, programmes=[COOL], place=LEEDS, years=["2020/21", "2021/22"]),
        relations=[Relation(CHARITY, RelationKind.DELIVERS, COOL, said)],
        document="cool.md",
        decision=make_decision(reference="PCD 2", title="Cool", signed="2021-05-01", body=CHARITY),
    )
    store = open_memory()
    store.replace_graphs({graph_iri(record.document): record_triples(record) for record in (warm, cool)})
    within = [(entity_iri(ASHFORD), WF.isWithinTransitively, entity_iri(around)) for around in (ASHFORD, KENT)]
    names = [
        (entity_iri(KENT), SKOS.prefLabel, Literal("Kent")),
        (entity_iri(COUNCIL), SKOS.altLabel, Literal("ABC")),
        (entity_iri(CHARITY), SKOS.altLabel, Literal("Homes & Heat")),
        (entity_iri(COOL), SKOS.altLabel, Literal("Homes")),
        (entity_iri(WARM_HOMES), SKOS.altLabel, Literal("Homes")),
    ]
    store.replace_graph(REGISTRY_GRAPH, [*concept_triples(), *within, *names])
    return store


def made(wanted: Wanted, format: ExportFormat = ExportFormat.CSV) -> Exported:
    return exported(Source(two_worlds()), Request(format, wanted))


@pytest.mark.parametrize(
    ("wanted", "entries"),
    [
        (Wanted(programme="warm homes"), ["900.00", ""]),
        (Wanted(programme="cool-homes"), ["50.00", "7.00"]),
        (Wanted(body="abc"), ["900.00", ""]),
        (Wanted(body="Homes and Heat"), ["50.00", "7.00"]),
        (Wanted(body="Treasury Office"), ["50.00", "7.00", "900.00"]),
        (Wanted(place="Kent"), ["900.00", ""]),
        (Wanted(place="Leeds"), ["50.00", "7.00"]),
        (Wanted(fund="heat fund"), ["50.00"]),
        (Wanted(fund="Heat Fund", programme="Warm-Homes"), []),
        (Wanted(years=YearRange("2021/22", "2021/22")), ["50.00", "7.00"]),
        (Wanted(years=YearRange("2022/23")), ["900.00", ""]),
        (Wanted(years=YearRange(last="2020/21")), ["7.00"]),
        (Wanted(programme="Cool Homes", place="Kent"), []),
    ],
    ids=[
        *("programme", "id", "body", "body-and", "funder", "within", "place", "fund", "fund-of-other"),
        *("year", "from", "to", "both"),
    ],
)
def test_an_export_holds_what_was_asked_for(wanted: Wanted, entries: list[str]) -> None:
    files = made(wanted)
    assert [row.amount for row in read_flows_csv(files.text)] == entries
    assert any("left out by the filters" in note for note in files.left_out)


def test_sums_are_judged_for_the_one_thing_that_is_asked_for() -> None:
    rows = read_flows_csv(made(Wanted(body="Treasury Office")).text)
    assert {(row.counted_in, row.why_not_in) for row in rows} == {("no", "not given to Treasury Office")}
    assert {row.counted_out for row in rows} == {"yes"}
    assert made(Wanted(body="Treasury Office")).money.whole == 957


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            Wanted(programme="Warm Hoems"),
            "--programme 'Warm Hoems': no programme of that name in this build; .*'Warm Homes'",
        ),
        (Wanted(programme="Homes"), "stands for several things; give one of cool-homes .* or warm-homes"),
        (Wanted(body="Warm Homes"), "no organisation of that name"),
        (Wanted(place="qqqq"), "none is like it"),
        (Wanted(fund="Cool Homes"), "no fund of that name"),
    ],
)
def test_a_name_that_is_not_known_is_said_with_the_nearest(wanted: Wanted, said: str) -> None:
    with pytest.raises(UnknownName, match=said):
        find_filters(two_worlds(), wanted)


def test_an_empty_graph_knows_no_name() -> None:
    with pytest.raises(UnknownName, match="none is like it"):
        find_filters(open_memory(), Wanted(body="x"))


@pytest.mark.parametrize(("text", "year"), [("2023/24", "2023/24"), ("2023-24", "2023/24"), ("2023-2024", "2023/24")])
def test_a_year_is_read_in_several_forms(text: str, year: str) -> None:
    assert parse_financial_year(text) == year


@pytest.mark.parametrize("text", ["2023", "2023/26", "x", ""])
def test_what_is_no_financial_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="give one such as 2023/24"):
        parse_financial_year(text)


@pytest.mark.parametrize(("format", "parser"), [(ExportFormat.TURTLE, "turtle"), (ExportFormat.JSONLD, "json-ld")])
def test_a_narrowed_graph_speaks_of_nothing_else(format: ExportFormat, parser: str) -> None:
    graph = Graph().parse(data=made(Wanted(programme="Cool Homes"), format).text, format=parser)
    about = {str(end) for triple in graph for end in triple}
    assert str(flow_iri("cool.md", "b")) in about
    assert not {iri for iri in about if "pcd-1.md" in iri}
    assert not about & {str(entity_iri(thing)) for thing in (WARM_HOMES, COUNCIL, MAYOR, ASHFORD, KENT)}
    assert (entity_iri(CHARITY), WF.delivers, entity_iri(COOL)) in graph
    assert (entity_iri(CHARITY), SKOS.prefLabel, None) in graph
    ours = "https://w3id.org/whofunds/id/"
    lost = {o for o in graph.objects() if isinstance(o, URIRef) and o.startswith(ours) and (o, None, None) not in graph}
    assert not lost, "an address leads nowhere"
    assert violations(graph) == []


def test_a_narrowed_dataset_has_only_the_graphs_of_its_documents() -> None:
    read = Dataset()
    read.parse(data=made(Wanted(programme="Cool Homes"), ExportFormat.TRIG).text, format="trig")
    graphs = {str(graph.identifier) for graph in read.graphs() if len(graph)}
    assert graphs == {str(graph_iri("cool.md")), str(REGISTRY_GRAPH)}


def test_a_narrowed_network_and_its_payments_speak_of_nothing_else() -> None:
    network = nx.parse_graphml(made(Wanted(programme="Cool Homes"), ExportFormat.GRAPHML).text)
    assert set(network) == {str(entity_iri(TREASURY)), str(entity_iri(CHARITY))}
    lines = made(Wanted(programme="Cool Homes"), ExportFormat.FTM).text.splitlines()
    assert [json.loads(line)["schema"] for line in lines] == ["Organization", "Organization", "Project"] + 2 * [
        "Payment"
    ]
