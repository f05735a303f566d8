"""The ontology keeps its promises: each competency question, on every store, over small data with expected rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rdflib import Literal, URIRef
from rdflib.term import Node

from graph.columns.out_of_records import everything_in
from graph.identifiers import (
    CITATIONS_GRAPH,
    REGISTRY_GRAPH,
    concept_iri,
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
from graph.model import (
    Band,
    Evidence,
    FlowKind,
    FlowLink,
    FlowRelation,
    FlowStatus,
    NewName,
    Record,
    Relation,
    RelationKind,
    Unread,
)
from graph.rdf.citations import citation_triples
from graph.rdf.triples import record_triples
from graph.registry import Registry
from graph.settings import PROJECT
from graph.stores.store import Store
from graph.stores.terms import Bindable
from graph.vocabulary import WF
from tests.builders import (
    ASHFORD,
    COUNCIL,
    KENT,
    MAYOR,
    WARM_HOMES,
    fund,
    make_award,
    make_check,
    make_decision,
    make_doubt,
    make_evidence,
    make_flow,
    make_record,
    make_total,
    organisation,
)

FOLDER = PROJECT / "ontologies" / "questions"
POT = fund("Warm Pot")
HELPERS = organisation("Ashford Helpers", verified=False)
ROW = make_evidence("Ashford: £1,000", locator="table 1, row 1")


def first() -> Record:
    return make_record(
        make_flow("grant", amount="1000.00", fund=POT, evidence=[ROW]),
        make_flow(
            "award", amount="400.50", funder=COUNCIL, recipient=HELPERS, fund=POT, kind=FlowKind.SUB_GRANT,
            band=Band.CHECK, doubts=[make_doubt("recipient", HELPERS.name, 0.6, ("", 0.1), ("Ashford Council", 0.3))],
        ),
        make_flow("span", amount="50.00", recipient=MAYOR, years=["2022/23", "2023/24"], place=KENT),
        flow_relations=[FlowRelation("award", FlowLink.PASSES_ON, "grant")],
        totals=[make_total("1100.00", parts=["grant", "span"])],
        checks=[make_check("1000", "50", "1100", message="1,000 and 50 do not make 1,100.")],
        relations=[
            Relation(COUNCIL, RelationKind.LEADS, WARM_HOMES, (make_evidence(),)),
            Relation(WARM_HOMES, RelationKind.DELIVERED_IN, ASHFORD, (make_evidence(),)),
            Relation(WARM_HOMES, RelationKind.STARTS, "2023-04", (make_evidence(),)),
            Relation(WARM_HOMES, RelationKind.FUNDED_FROM, POT, (make_evidence(),)),
        ],
        unread=Unread(11, (Evidence("4", "£5 for tea"), Evidence("5", "£6"))),
    )


def second() -> Record:
    return make_record(
        make_flow("old", status=FlowStatus.SUPERSEDED, amount="70.00", years=["2024/25"]),
        make_flow("new", recipient=HELPERS, amount="70.00", years=["2024/25"]),
        document="pcd-2.md",
        decision=make_decision("PCD 2", title="Warm Homes again", signed="2024-02", aliases=["DMPCD 2016 79"]),
        flow_relations=[FlowRelation("new", FlowLink.REPLACES, "old")],
        relations=[
            Relation("PCD 2", RelationKind.MODIFIES, "PCD1", (make_evidence(),)),
            Relation("PCD 2", RelationKind.REFERS_TO, "PCD 900", (make_evidence(),)),
            Relation(HELPERS, RelationKind.DELIVERS, WARM_HOMES, (make_evidence(),)),
        ],
        awards=[make_award("bare", recipient=HELPERS, years=["2025/26"], purpose="a warm room")],
    )


@dataclass(frozen=True)
class Case:
    """A question, what is bound, and the rows that must come back, as short text in the order of `columns`."""

    name: str
    columns: str
    rows: list[tuple[str, ...]]
    bindings: dict[str, Bindable] | None = None


FLOW = {id: flow_iri("pcd-1.md", id) for id in ("grant", "award", "span")}
WARM = entity_iri(WARM_HOMES)
CASES = [
    Case(
        "cq01-who-funds-a-programme",
        "funder currency total",
        [("treasury-office", "GBP", "1120"), ("ashford-council", "GBP", "400.5")],
        {"programme": WARM},
    ),
    Case(
        "cq02-who-receives-money-under-a-programme",
        "recipient year",
        [
            ("ashford-council", "2023/24"),
            ("ashford-council", "2024/25"),
            ("mayor-of-ashford", "2022/23"),
            ("mayor-of-ashford", "2023/24"),
            ("new-ashford-helpers", "2023/24"),
            ("new-ashford-helpers", "2024/25"),
            ("new-ashford-helpers", "2025/26"),
        ],
        {"programme": WARM},
    ),
    Case(
        "cq03-who-funds-a-programme-in-a-place",
        "funder where",
        [
            ("ashford-council", "ashford"),
            ("mayor-of-ashford", "ashford"),
            ("treasury-office", "ashford"),
            ("treasury-office", "kent"),
        ],
        {"programme": WARM, "place": entity_iri(KENT)},
    ),
    Case(
        "cq04-how-much-in-a-year",
        "year total",
        [("2023/24", "1400.5")],
        {"programme": WARM, "year": year_iri("2023/24")},
    ),
    Case(
        "cq05-which-words-prove-a-figure",
        "amount document locator quote",
        [("1000", "pcd-1.md", "table 1, row 1", "Ashford: £1,000")],
        {"flow": FLOW["grant"]},
    ),
    Case(
        "cq06-which-decisions-changed-a-decision",
        "later how",
        [("pcd-2", "modifies")],
        {"decision": decision_iri(MAYOR.id, "PCD 1")},
    ),
    Case(
        "cq07-which-money-is-counted-once",
        "flow how other",
        [("award", "passesOn", "grant"), ("new", "replaces", "old")],
    ),
    Case(
        "cq08-which-figures-conflict",
        "decision message figures",
        [("pcd-1", "1,000 and 50 do not make 1,100.", "1000 50 1100")],
    ),
    Case(
        "cq09-who-works-with-whom",
        "organisation how",
        [("ashford-council", "leads"), ("new-ashford-helpers", "delivers")],
        {"programme": WARM},
    ),
    Case(
        "cq10-which-decisions-did-a-body-take",
        "reference signed",
        [("PCD 1", "2023-07-06"), ("PCD 2", "2024-02")],
        {"body": entity_iri(MAYOR)},
    ),
    Case(
        "cq11-which-decision-has-a-reference",
        "decision title",
        [("pcd-2", "Warm Homes again")],
        {"key": "DMPCD 2016-79"},
    ),
    Case("cq12-what-replaced-a-flow", "before after recipient", [("old", "new", "new-ashford-helpers")]),
    Case(
        "cq13-what-comes-out-of-a-fund",
        "programme funder recipient amount",
        [
            ("warm-homes", "ashford-council", "new-ashford-helpers", "400.5"),
            ("warm-homes", "treasury-office", "ashford-council", "1000"),
        ],
        {"fund": entity_iri(POT)},
    ),
    Case("cq14-do-stated-totals-add-up", "stated sum", [("1100", "1050")]),
    Case(
        "cq15-which-decisions-are-known-by-reference-only",
        "decision reference citing",
        [("pcd-900", "PCD 900", "pcd-2")],
    ),
    Case("cq16-which-names-need-review", "label context", [("Ashford Helpers", "Ashford Helpers gets £400.50.")]),
    Case(
        "cq17-where-is-a-programme-delivered",
        "how place around",
        [("isDeliveredIn", "ashford", "ashford"), ("isDeliveredIn", "ashford", "kent")],
        {"programme": WARM},
    ),
    Case("cq18-which-document-says-so", "document", [("pcd-1.md",)], {"thing": FLOW["award"]}),
    Case(
        "cq19-which-awards-name-no-sum",
        "decision award funder recipient programme purpose",
        [("pcd-2", "bare", "mayor-of-ashford", "new-ashford-helpers", "warm-homes", "a warm room")],
    ),
    Case("cq20-how-sure-is-the-money", "band total", [("check", "400.5"), ("sure", "1120")], {"programme": WARM}),
    Case(
        "cq21-what-else-may-it-be",
        "slot read other probability",
        [
            ("recipient", "Ashford Helpers", "Ashford Council", "0.3"),
            ("recipient", "Ashford Helpers", "None", "0.1"),
        ],
        {"flow": FLOW["award"]},
    ),
    Case(
        "cq22-when-does-a-programme-run",
        "how value",
        [("isFundedFrom", "warm-pot"), ("startDate", "2023-04")],
        {"programme": WARM},
    ),
    Case("cq23-what-was-not-read", "name figures locator quote", [("pcd-1.md", "11", "4", "£5 for tea")]),
]


@pytest.fixture
def filled(store: Store) -> Store:
    named = replace(first(), new_names=(NewName(HELPERS, "Ashford Helpers gets £400.50.", "2.1"),))
    nesting = (entity_iri(ASHFORD), WF.isWithinTransitively, entity_iri(KENT))
    records = (named, second())
    store.replace_graphs({graph_iri(record.document): record_triples(record) for record in records})
    store.replace_graph(REGISTRY_GRAPH, [nesting])
    stated = everything_in(records, (), Registry({}, {}, {}, {}))
    store.replace_graph(CITATIONS_GRAPH, citation_triples(stated.relations, stated.heads.values(), stated.keys))
    return store


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_competency_question_is_answered(filled: Store, case: Case) -> None:
    rows = filled.select((FOLDER / f"{case.name}.rq").read_text(), case.bindings)
    assert [tuple(short(row.get(name)) for name in case.columns.split()) for row in rows] == case.rows


def test_every_question_has_a_test() -> None:
    files = sorted(file.stem for file in FOLDER.glob("*.rq"))
    assert len(files) >= 12
    assert files == sorted(case.name for case in CASES)


@pytest.mark.parametrize("folder", [FOLDER, PROJECT / "graph" / "queries"], ids=["questions", "queries"])
def test_every_query_begins_with_its_question(folder: Path) -> None:
    for file in folder.glob("*.rq"):
        first_line = file.read_text().splitlines()[0]
        assert first_line.startswith("# ") and first_line.endswith("?"), file.name


def test_kinds_are_bound_as_concepts(filled: Store) -> None:
    query = "SELECT ?flow ?kind WHERE { ?flow wf:hasKind ?kind }"
    rows = filled.select(query, {"kind": concept_iri(FlowKind.SUB_GRANT)})
    assert [row["flow"] for row in rows] == [FLOW["award"]]


def short(value: Node | None) -> str:
    """Return an id, year, term or plain text, so that expected rows can be read."""
    text: Any = value.toPython() if isinstance(value, Literal) else value
    if not isinstance(value, URIRef):
        return f"{text.normalize():f}" if isinstance(text, Decimal) else str(value)
    known = entity_id(value)
    if known:
        return known[0]
    return year_of(value) or document_name(value) or part_id(value).removeprefix("ontology#")
