"""The same money in several decisions is told from new money."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.identifiers import award_iri, flow_iri
from graph.model import Award, Entity, FlowKind, FlowLink, FlowStatus, FundingFlow, Record, Relation, RelationKind
from graph.vocabulary import WF
from ingest.reconcile import reconcile
from tests.builders import (
    COUNCIL,
    MAYOR,
    TREASURY,
    fund,
    make_award,
    make_decision,
    make_evidence,
    make_flow,
    make_record,
    programme,
)

FIRST, SECOND = "first.md", "second.md"


def record(document: str, reference: str, flow: FundingFlow, *, cites: str = "") -> Record:
    """Return a record of one flow that may cite another decision."""
    cited = [Relation(reference, RelationKind.REFERS_TO, cites, (make_evidence(cites),))] if cites else []
    return make_record(flow, document=document, decision=make_decision(reference), relations=cited)


def links(one: FundingFlow, other: FundingFlow, *, cites: bool = True) -> list[FlowLink]:
    """Return how the money of a second decision stands to that of a first which it cites."""
    records = [record(FIRST, "PCD 1", one), record(SECOND, "PCD 2", other, cites="PCD 1" if cites else "")]
    found = reconcile(records)
    assert found == reconcile(records[::-1])
    return [judgement.link for judgement in found.judgements]


INCOME = make_flow(amount="9000.00", funder=TREASURY, recipient=MAYOR)
CASES = {
    "restated": (make_flow(funder=MAYOR), make_flow(funder=MAYOR), [FlowLink.RESTATES]),
    "share of income": (INCOME, make_flow(amount="4000.00", funder=TREASURY, recipient=MAYOR), [FlowLink.PART_OF]),
    "another giver": (INCOME, make_flow(amount="4000.00", funder=COUNCIL, recipient=MAYOR), []),
    "another year": (make_flow(funder=MAYOR), make_flow(funder=MAYOR, years=("2025/26",)), []),
    "another payee": (make_flow(funder=MAYOR), make_flow(funder=MAYOR, recipient=TREASURY), []),
    "share of match": (
        make_flow(amount="9000.00", funder=MAYOR, recipient=None, kind=FlowKind.MATCH),
        make_flow(amount="4000.00", funder=MAYOR, recipient=None, kind=FlowKind.MATCH),
        [FlowLink.PART_OF],
    ),
    "paid out of an open award": (
        make_flow(amount="9000.00", funder=MAYOR, recipient=None),
        make_flow(amount="4000.00", funder=MAYOR),
        [FlowLink.PART_OF],
    ),
    "larger than the open award": (
        make_flow(amount="4000.00", funder=MAYOR, recipient=None),
        make_flow(amount="9000.00", funder=MAYOR),
        [],
    ),
    "context": (
        make_flow(funder=MAYOR, status=FlowStatus.CONTEXT),
        make_flow(funder=MAYOR),
        [],
    ),
}


@pytest.mark.parametrize(("one", "other", "wanted"), CASES.values(), ids=CASES)
def test_money_of_a_cited_decision(one: FundingFlow, other: FundingFlow, wanted: list[FlowLink]) -> None:
    assert links(one, other) == wanted


def test_new_money_is_no_share_of_the_old() -> None:
    new = make_flow(
        amount="4000.00", funder=TREASURY, recipient=MAYOR, evidence=[make_evidence("an additional £4,000")]
    )
    assert links(INCOME, new) == []


@pytest.mark.parametrize(
    ("amount", "wanted"),
    [
        ("190000.00", [FlowLink.RESTATES]),  # 190,331, rounded
        ("170000.00", [FlowLink.CONTRADICTS]),
        ("120000.00", []),
    ],
)
def test_another_figure_of_a_web_page_contradicts_the_decisions_unless_it_is_round(
    amount: str, wanted: list[FlowLink]
) -> None:
    stated = record(FIRST, "PCD 1", make_flow(amount="190331.00", funder=MAYOR))
    said = make_flow(amount=amount, funder=MAYOR, years=())
    page = make_record(said, document=SECOND, decision=make_decision(None, record_type="news"))
    assert [judgement.link for judgement in reconcile([stated, page]).judgements] == wanted


def test_a_decision_that_is_not_cited_has_its_own_income() -> None:
    assert links(INCOME, make_flow(amount="4000.00", funder=TREASURY, recipient=MAYOR), cites=False) == []


AWARD_CASES = {
    "its sum stands there": (make_award(funder=MAYOR), make_flow(funder=MAYOR), True),
    "open where the other is open": (make_award(funder=None, years=(), programmes=()), make_flow(funder=MAYOR), True),
    "another year": (make_award(years=("2025/26",)), make_flow(funder=MAYOR), False),
    "another payee": (make_award(recipient=TREASURY), make_flow(funder=MAYOR), False),
    "another payer": (make_award(funder=TREASURY), make_flow(funder=MAYOR), False),
    "nobody named": (make_award(recipient=None), make_flow(funder=MAYOR, recipient=None), False),
}


@pytest.mark.parametrize(("award", "flow", "wanted"), AWARD_CASES.values(), ids=AWARD_CASES)
def test_an_award_whose_sum_a_cited_decision_states_is_the_same_one(
    award: Award, flow: FundingFlow, wanted: bool
) -> None:
    later = replace(record(SECOND, "PCD 2", make_flow("x", recipient=None), cites="PCD 1"), awards=(award,))
    found = reconcile([record(FIRST, "PCD 1", flow), later])
    said = (award_iri(SECOND, award.id), WF.restates, flow_iri(FIRST, flow.id))
    assert (said in found.triples) is wanted


def test_an_award_in_two_records_of_one_decision_is_one() -> None:
    one, other = (record(name, "PCD 1", make_flow(name)) for name in (FIRST, SECOND))
    both = [replace(each, flows=(), awards=(make_award(),)) for each in (one, other)]
    assert reconcile(both).triples == [(award_iri(SECOND, "award-1"), WF.restates, award_iri(FIRST, "award-1"))]


def test_an_award_of_a_decision_that_is_not_tied_stands() -> None:
    apart = replace(record(SECOND, "PCD 2", make_flow("x", recipient=None)), awards=(make_award(),))
    found = reconcile([record(FIRST, "PCD 1", make_flow(funder=MAYOR)), apart])
    assert not [one for one in found.judgements if one.of_award]


def granted(amount: str = "29409.93", giver: Entity | None = TREASURY, **given: object) -> FundingFlow:
    """Return a grant to the body whose decisions the records hold."""
    given = {"fund": fund("Safety Fund"), "programmes": (), **given}
    return make_flow(amount=amount, funder=giver, recipient=MAYOR, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("giver", [TREASURY, None])
def test_two_decisions_that_use_one_grant_for_two_things_name_one_grant(giver: Entity | None) -> None:
    one = granted(giver=giver, programmes=(programme("Research"),))
    other = granted(giver=giver, programmes=(programme("Equipment"),))
    assert links(one, other, cites=False) == [FlowLink.RESTATES]


@pytest.mark.parametrize(
    "other",
    [
        granted("29409.94"),
        granted(years=("2024/25",)),
        granted(giver=COUNCIL),
        granted(fund=fund("Other Fund")),
        granted(fund=None),
    ],
)
def test_grants_that_differ_are_two(other: FundingFlow) -> None:
    assert links(granted(), other, cites=False) == []


def test_a_round_sum_may_be_granted_twice() -> None:
    assert links(granted("30000.00"), granted("30000.00"), cites=False) == []
