"""What each decision did with a thing's money, when it belongs, and what it changed."""

from __future__ import annotations

import pytest

from graph.model import FlowKind, FlowStatus, Relation, RelationKind
from graph.parse.titles import date_in_title
from graph.stated.decisions import DecisionHead
from graph.story.chapters import chapters_of, year_of
from graph.story.deeds import deeds_of
from tests.app.view_fixtures import SmallGraph, graph_of, money_passed_on
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


def head(title: str = "Warm homes", signed: str = "") -> DecisionHead:
    return DecisionHead("iri", "a.md", None, title, MAYOR, "", signed, "notice", "", titled=date_in_title(title))


def told(*flows: object) -> list[str]:
    small = graph_of(make_record(*flows))  # type: ignore[arg-type]
    deeds = deeds_of(small.flows, MAYOR)
    return [" ".join(part for part in (deed.verb, f"£{deed.amount:g}", deed.party) if part) for deed in deeds]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"funder": TREASURY, "recipient": MAYOR}, "takes £5 from Treasury Office"),
        ({"funder": MAYOR, "recipient": COUNCIL}, "awards £5 to Ashford Council"),
        ({"funder": MAYOR, "recipient": None, "kind": FlowKind.MATCH}, "adds £5 of its own"),
        ({"funder": MAYOR, "recipient": None, "kind": FlowKind.ALLOCATION}, "sets aside £5"),
        ({"funder": COUNCIL, "recipient": None, "kind": FlowKind.MATCH}, "Ashford Council adds £5"),
        ({"funder": MAYOR, "recipient": MAYOR, "kind": FlowKind.OWN_COST}, "keeps £5 for its own costs"),
        ({"funder": COUNCIL, "recipient": TREASURY, "kind": FlowKind.SUB_GRANT},
         "Ashford Council passes £5 on to Treasury Office"),
        ({"funder": MAYOR, "recipient": COUNCIL, "status": FlowStatus.PROPOSED},
         "proposes to award £5 to Ashford Council"),
        ({"funder": MAYOR, "recipient": COUNCIL, "status": FlowStatus.SUPERSEDED}, "replaces £5 to Ashford Council"),
        ({"funder": TREASURY, "recipient": MAYOR, "kind": FlowKind.BID, "status": FlowStatus.UNSUCCESSFUL},
         "asks for £5 from Treasury Office, without success"),
    ],
)  # fmt: skip
def test_a_flow_is_told_from_the_side_of_the_body_that_decides(given: dict[str, object], said: str) -> None:
    assert told(make_flow("one", amount="5", **given)) == [said]  # type: ignore[arg-type]


def test_flows_of_one_party_are_one_deed_and_joint_sums_stay_apart() -> None:
    both = (WARM_HOMES, programme("Street Light"))
    assert told(
        make_flow("a", amount="5", funder=MAYOR, recipient=COUNCIL, years=("2023/24",)),
        make_flow("b", amount="6", funder=MAYOR, recipient=COUNCIL, years=("2024/25",)),
        make_flow("c", amount="7", funder=MAYOR, recipient=COUNCIL, programmes=both),
    ) == ["awards £11 to Ashford Council", "awards £7 to Ashford Council"]


@pytest.mark.parametrize(
    ("decision", "year"),
    [
        (head(signed="2024-03-31"), "2023/24"),
        (head(signed="2024-04-01"), "2024/25"),
        (head(signed="2024-02-30"), ""),
        (head("Awards (January 2022)"), "2021/22"),
        (head("Commissioning 2023-25"), "2023/24"),
        (head(), ""),
    ],
)
def test_an_unsigned_decision_belongs_to_the_year_of_its_title(decision: DecisionHead, year: str) -> None:
    assert year_of(decision) == year


def test_without_a_year_in_the_title_it_belongs_to_the_first_year_of_its_money() -> None:
    small = graph_of(make_record(make_flow("a", years=("2019/20", "2020/21"))))
    assert year_of(head(), small.flows) == "2019/20"


def story(small: SmallGraph) -> list[tuple[str, list[str], list[tuple[str, bool]]]]:
    documents = [stated.document for stated in small.flows]
    chapters = chapters_of(WARM_HOMES, small.flows, documents, small.relations, small.heads, small.ledger)
    return [(c.head.caption, [d.verb for d in c.deeds], [(t.words, t.forward) for t in c.ties]) for c in chapters]


def test_each_decision_says_what_it_changed_and_what_changed_it() -> None:
    assert [(caption, ties) for caption, _, ties in story(money_passed_on())] == [
        ("PCD 1", [("PCD 2", False)]),
        ("PCD 2", [("PCD 1", True)]),
    ]


def test_money_in_comes_before_money_out_and_what_was_replaced_is_told_last() -> None:
    _, verbs, _ = story(money_passed_on())[1]
    assert verbs[0] == "takes" and verbs[-1] == "replaces"


def test_a_reference_to_another_subject_is_left_out() -> None:
    about = Relation("PCD 2", RelationKind.REFERS_TO, "PCD 77", (make_evidence("PCD 77 was about street lamps."),))
    named = Relation("PCD 2", RelationKind.REFERS_TO, "PCD 78", (make_evidence("PCD 78 began Warm Homes."),))
    record = make_record(make_flow("a"), decision=make_decision("PCD 2"), relations=(about, named), document="b.md")
    small = graph_of(record)
    chapters = chapters_of(WARM_HOMES, small.flows, ["b.md"], small.relations, small.heads, small.ledger)
    assert [tie.words for tie in chapters[0].ties] == ["PCD 78"]
