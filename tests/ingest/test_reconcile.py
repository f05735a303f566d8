"""The same money in several decisions is told from new money."""

from __future__ import annotations

import pytest

from graph.model import FlowKind, FlowLink, FlowStatus, FundingFlow, Record, Relation, RelationKind
from ingest.reconcile import reconcile
from tests.builders import COUNCIL, MAYOR, TREASURY, make_decision, make_evidence, make_flow, make_record

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


def test_a_decision_that_is_not_cited_has_its_own_income() -> None:
    assert links(INCOME, make_flow(amount="4000.00", funder=TREASURY, recipient=MAYOR), cites=False) == []
