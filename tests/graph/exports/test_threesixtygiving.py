"""The 360Giving file is valid, counts each grant once, and says what stands beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from rdflib import Literal
from rdflib.namespace import ORG

from graph.export import Exported, ExportFormat, Request, exported
from graph.exports.award_dates import AwardDate, award_date
from graph.exports.filters import Wanted
from graph.exports.org_ids import LISTS, grant_id, registered
from graph.exports.source import Source
from graph.exports.threesixtygiving import Package
from graph.identifiers import REGISTRY_GRAPH, entity_iri, flow_iri, graph_iri
from graph.model import Basis, Decision, FlowKind, FlowLink, FlowRelation, Record
from graph.rdf.triples import record_triples
from graph.rdf.triples_registry import concept_triples
from graph.stated.decisions import DecisionHead
from graph.stores.store import Store, open_memory
from tests.builders import (
    COUNCIL,
    MAYOR,
    TREASURY,
    WARM_HOMES,
    make_decision,
    make_evidence,
    make_flow,
    make_record,
    programme,
)
from tests.graph.exports.standard import code_list, faults_of, needs_standards, organisation_lists

CREATED = "2026-01-31T12:00:00+00:00"


def filled(*records: Record, org_ids: Iterable[tuple[Any, str]] = ()) -> Store:
    store = open_memory()
    store.replace_graphs({graph_iri(record.document): record_triples(record) for record in records})
    known = [(entity_iri(entity), ORG.identifier, Literal(org_id)) for entity, org_id in org_ids]
    store.replace_graph(REGISTRY_GRAPH, [*concept_triples(), *known])
    return store


def made(store: Store, wanted: Wanted | None = None, package: Package | None = None) -> Exported:
    request = Request(ExportFormat.THREESIXTYGIVING, wanted or Wanted(), package=package or Package())
    return exported(Source(store, created=CREATED), request)


def grants_of(store: Store) -> list[dict[str, Any]]:
    grants: list[dict[str, Any]] = json.loads(made(store).text)["grants"]
    return grants


def undated(title: str = "Warm Homes") -> Decision:
    return make_decision(title=title, signed=None)


@needs_standards
def test_the_main_file_is_valid() -> None:
    passed_on = make_flow("b", amount="400.50", funder=COUNCIL, recipient=MAYOR, purpose="Boilers", basis=Basis.CEILING)
    links = [FlowRelation("b", FlowLink.PASSES_ON, "a")]
    store = filled(make_record(make_flow("a"), passed_on, flow_relations=links), org_ids=[(COUNCIL, "GB-CHC-123")])
    package = Package("Kent data", "https://creativecommons.org/licenses/by/4.0/", "https://example.org/grants.json")
    text = made(store, package=package).text
    assert faults_of(json.loads(text)) == []
    assert json.loads(text)["publisher"] == {"name": "Kent data"}


@needs_standards
def test_the_check_against_the_schema_finds_faults() -> None:
    package = json.loads(made(filled(make_record(make_flow()))).text)
    package["grants"][0]["awardDate"] = "July 2023"
    del package["grants"][0]["title"]
    assert len(faults_of(package)) >= 1


@needs_standards
def test_every_list_of_organisations_is_in_the_register() -> None:
    assert organisation_lists() >= LISTS
    assert "GB-PPON" not in organisation_lists()


def test_an_identifier_of_a_list_that_is_not_registered_is_replaced_by_our_own() -> None:
    (grant,) = grants_of(
        filled(make_record(make_flow()), org_ids=[(COUNCIL, "GB-PPON-PTMT-7816"), (TREASURY, "GB-GOR-D1")])
    )
    assert grant["recipientOrganization"][0]["id"] == f"360G-whofunds-organisation-{COUNCIL.id}"
    assert grant["fundingOrganization"][0]["id"] == "GB-GOR-D1"


def test_an_organisation_has_its_charity_and_company_numbers() -> None:
    (grant,) = grants_of(filled(make_record(make_flow()), org_ids=[(COUNCIL, "GB-CHC-123"), (COUNCIL, "GB-COH-09")]))
    assert grant["recipientOrganization"] == [
        {"id": "GB-CHC-123", "name": "Ashford Council", "charityNumber": "123", "companyNumber": "09"}
    ]


@pytest.mark.parametrize(
    ("org_id", "known"),
    [("GB-CHC-1", True), ("XI-LEI-1", True), ("GB-PPON-A-B", False), ("GB-CHC-", False), ("none", False)],
)
def test_only_registered_lists_identify(org_id: str, known: bool) -> None:
    assert bool(registered([org_id])) is known


def head(**values: Any) -> DecisionHead:
    known = {"signed": "", "title": "Warm Homes", "reference": None, "body": None, "decided_by": ""}
    return DecisionHead(iri="d", document="a.md", record_type="news", source="", **{**known, **values})


@pytest.mark.parametrize(
    ("decision", "printed", "expected"),
    [
        (head(signed="2023-07-06"), (("report", "2023-01-01"),), AwardDate("2023-07-06", "signature", "day")),
        (head(signed="2021-11"), (), AwardDate("2021-11-01", "signature", "month")),
        (head(signed="2021"), (), AwardDate("2021-01-01", "signature", "year")),
        (
            head(),
            (("published", "2023-02-03"), ("advice", "2023-01-02")),
            AwardDate("2023-01-02", "advice date", "day"),
        ),
        (head(title="Grant (May 2023)"), (), AwardDate("2023-05-01", "title of the decision", "month")),
        (head(title="Grant 2023/24"), (), None),
        (head(), (("review", "2023-01-02"),), None),
        (None, (), None),
    ],
    ids=["signed", "signed-month", "signed-year", "printed", "titled", "year-alone", "other-date", "no-decision"],
)
def test_the_date_of_award_says_what_it_rests_on(
    decision: DecisionHead | None, printed: tuple[tuple[str, str], ...], expected: AwardDate | None
) -> None:
    assert award_date(decision, printed) == expected


def test_grants_without_a_date_go_to_the_second_file_and_are_said() -> None:
    dated = make_record(make_flow("a", amount="100.10"))
    other = make_record(make_flow("b", amount="50.00", years=["2019/20"]), document="b.md", decision=undated("Other"))
    files = made(filled(dated, other))
    main, rest = json.loads(files.text)["grants"], json.loads(files.rest)["grants"]
    assert [grant["amountAwarded"] for grant in main] == [100.1]
    assert [("awardDate" in grant, grant["amountAwarded"]) for grant in rest] == [(False, 50)]
    said = "not in the main file: 1 grant (£50) without a date of award, which the standard requires"
    assert said in files.left_out


def test_a_figure_said_again_is_no_grant_and_the_files_add_up_to_the_ledger() -> None:
    whole = make_flow("a", amount="900.00")
    part = make_flow("b", amount="300.00", purpose="Boilers")
    onward = make_flow("c", amount="450.25", funder=COUNCIL, recipient=MAYOR)
    links = [FlowRelation("b", FlowLink.PART_OF, "a"), FlowRelation("c", FlowLink.PASSES_ON, "a")]
    store = filled(make_record(whole, part, onward, flow_relations=links))
    files, grants = made(store), grants_of(store)
    assert sum(Decimal(str(grant["amountAwarded"])) for grant in grants) == Decimal("1350.25")
    assert Source(store).ledger.grants().total == Decimal("1350.25")
    assert "left out: 1 sum (£300), part of a sum that is counted" in files.left_out
    passed = next(grant for grant in grants if grant["amountAwarded"] == 450.25)
    assert passed["relatedActivity"] == [grant_id(str(flow_iri("pcd-1.md", "a")))]
    assert (passed["whofundsIsPassedOn"], passed["whofundsCountedWhereItComesIn"]) == (True, "no")
    assert "not to be added to what the funder was given" in passed["description"]


def test_money_passed_on_without_a_link_is_related_to_the_grant_that_it_comes_out_of() -> None:
    came, onward = make_flow("a", amount="900.00"), make_flow("b", amount="400.00", funder=COUNCIL, recipient=MAYOR)
    files = made(filled(make_record(came, onward)))
    grants = {grant["amountAwarded"]: grant for grant in json.loads(files.text)["grants"]}
    assert grants[400]["relatedActivity"] == [grants[900]["id"]]
    assert [grants[each]["whofundsAmountWhereItComesIn"] for each in (900, 400)] == [900, 0]
    assert (
        "£400 of the grants' £1,300 is no new money: 1 (£400), passed on, and counted where it comes in"
        in files.left_out
    )


def test_a_sum_that_is_no_grant_is_related_to_none() -> None:
    aside = make_flow("a", amount="900.00", recipient=None, kind=FlowKind.ALLOCATION)
    links = [FlowRelation("b", FlowLink.PART_OF, "a")]
    (grant,) = grants_of(filled(make_record(aside, make_flow("b", amount="300.00"), flow_relations=links)))
    assert "relatedActivity" not in grant


def test_a_part_of_a_wider_grant_is_a_grant_in_the_file_of_its_programme() -> None:
    wider, part = make_flow("a", amount="900.00", programmes=[]), make_flow("b", amount="300.00")
    store = filled(make_record(wider, part, flow_relations=[FlowRelation("b", FlowLink.PART_OF, "a")]))
    assert [grant["amountAwarded"] for grant in grants_of(store)] == [900]
    narrowed = json.loads(made(store, Wanted(programme="Warm Homes")).text)["grants"]
    assert [grant["amountAwarded"] for grant in narrowed] == [300]
    assert narrowed[0]["whofundsCountedWhereItComesIn"] == "yes"


def test_a_grant_to_the_body_that_spends_it_is_no_part_of_what_it_pays() -> None:
    came, paid = make_flow("a", amount="900.00"), make_flow("b", amount="1000.00", funder=COUNCIL, recipient=MAYOR)
    links = [FlowRelation("a", FlowLink.PART_OF, "b"), FlowRelation("b", FlowLink.PASSES_ON, "a")]
    store = filled(make_record(came, paid, flow_relations=links))
    assert sorted(grant["amountAwarded"] for grant in grants_of(store)) == [900, 1000]


def test_a_sum_for_several_programmes_a_ceiling_and_a_rounded_sum_say_so() -> None:
    joint = make_flow("a", programmes=[WARM_HOMES, programme("Cool Homes")], purpose="Boilers")
    ceiling = make_flow(
        "b", amount="7.00", basis=Basis.CEILING, years=["2020/21"], evidence=[make_evidence("up to £7")]
    )
    rounded = make_flow("c", amount="9.00", basis=Basis.ROUNDED, years=["2018/19"])
    grants = {grant["amountAwarded"]: grant for grant in grants_of(filled(make_record(joint, ceiling, rounded)))}
    assert grants[1000]["whofundsIsJoint"] is True
    assert grants[1000]["description"] == (
        "Boilers. One sum for several programmes together, which the record does not split: Cool Homes, Warm Homes."
    )
    assert (grants[7]["whofundsAmountBasis"], grants[9]["whofundsAmountBasis"]) == ("ceiling", "rounded")
    assert grants[7]["description"] == "up to £7. The sum is a ceiling: the record says at most this much."


def test_a_title_is_short_and_the_whole_one_stands_beside_it() -> None:
    (grant,) = grants_of(filled(make_record(make_flow(), decision=make_decision(title="word " * 60))))
    assert len(grant["title"]) < 140
    assert grant["title"].endswith("…")
    assert len(grant["relatedDocument"][0]["title"]) > 200


def test_the_package_says_when_it_was_made() -> None:
    package = json.loads(made(filled(make_record(make_flow()))).text)
    assert (package["version"], package["modified"], package["issued"]) == ("1.4", CREATED, "2026-01-31")
    assert package["grants"][0]["dateModified"] == CREATED
    assert "license" not in package


def test_without_a_grant_the_file_is_empty_and_says_so() -> None:
    files = made(open_memory())
    assert json.loads(files.text)["grants"] == []
    assert "no grant is left; the standard wants at least one" in files.left_out
    assert files.rest == ""


@needs_standards
def test_places_have_types_of_the_standards_list() -> None:
    from graph.exports.locations import _TYPES

    assert set(_TYPES.values()) <= code_list("geoCodeType")
