"""Rows of lists and what other documents state: the same money is told from new money."""

from __future__ import annotations

import pytest

from graph.lists import AWARDS, PAYMENTS
from graph.model import FlowKind, FlowLink, FlowStatus, FundingFlow, Record
from ingest.reconcile import reconcile
from tests.builders import (
    MAYOR,
    TREASURY,
    fund,
    make_decision,
    make_evidence,
    make_flow,
    make_record,
    programme,
)

DATED = "03/04/2024 Ashford Council 1,000"


def row(quote: str = DATED, id: str = "flow-1", **given: object) -> FundingFlow:
    return make_flow(id, funder=MAYOR, programmes=(), evidence=(make_evidence(quote),), **given)  # type: ignore[arg-type]


def listed(document: str, record_type: str, *flows: FundingFlow) -> Record:
    return make_record(*flows, document=document, decision=make_decision(None, record_type=record_type, body=MAYOR))


def decided(*flows: FundingFlow) -> Record:
    return make_record(*flows, document="award.md", decision=make_decision("PCD 1", body=MAYOR))


def links(*records: Record) -> list[tuple[str, str, FlowLink, str]]:
    found = reconcile(records)
    assert found == reconcile(records[::-1])
    return [(*judgement.subject, judgement.link, judgement.object[0]) for judgement in found.judgements]


def test_a_payment_that_stands_in_two_lists_is_one() -> None:
    year, month = (listed(name, PAYMENTS, row()) for name in ("2024.csv", "april.csv"))
    assert links(year, month) == [("april.csv", "flow-1", FlowLink.RESTATES, "2024.csv")]


def test_two_equal_rows_of_a_list_are_two_in_the_other_too() -> None:
    year = listed("2024.csv", PAYMENTS, row(), row(id="flow-2"))
    month = listed("april.csv", PAYMENTS, row(), row(id="flow-2"), row(id="flow-3"))
    assert [subject for _, subject, _, _ in links(year, month)] == ["flow-1", "flow-2"]


@pytest.mark.parametrize(
    "other",
    [row("04/05/2024 Ashford Council 1,000"), row(amount="2000.00"), row(recipient=TREASURY)],
    ids=["another day", "another sum", "another payee"],
)
def test_other_payments_are_new_money(other: FundingFlow) -> None:
    assert links(listed("april.csv", PAYMENTS, row()), listed("may.csv", PAYMENTS, other)) == []


def test_equal_payments_without_a_date_are_not_taken_for_one() -> None:
    plain = row("Ashford Council 1,000")
    assert links(listed("april.csv", PAYMENTS, plain), listed("may.csv", PAYMENTS, plain)) == []


def test_a_row_of_awards_is_the_award_that_a_decision_states() -> None:
    found = links(decided(make_flow(funder=MAYOR)), listed("grants.csv", AWARDS, row("Ashford Council 1,000")))
    assert found == [("grants.csv", "flow-1", FlowLink.RESTATES, "award.md")]


def test_of_two_equal_awards_of_a_list_one_is_that_of_the_decision() -> None:
    grants = listed("grants.csv", AWARDS, row("A"), row("B", id="flow-2"))
    assert len(links(decided(make_flow(funder=MAYOR)), grants)) == 1


def test_awards_that_two_lists_state_for_one_purpose_are_one() -> None:
    first, second = (
        listed(name, AWARDS, row(name, purpose="Outreach")) for name in ("grants-2023.csv", "grants-2024.csv")
    )
    assert [link for _, _, link, _ in links(first, second)] == [FlowLink.RESTATES]
    other = listed("grants-2024.csv", AWARDS, row("x", purpose="Mentoring"))
    assert links(first, other) == []


def test_payments_are_paid_out_of_the_award_while_it_lasts() -> None:
    award = decided(make_flow(funder=MAYOR, amount="2500.00"))
    payments = [row(f"0{day}/04/2024", id=f"flow-{day}") for day in (1, 2, 3)]
    assert links(award, listed("april.csv", PAYMENTS, *payments)) == [
        ("april.csv", "flow-1", FlowLink.PART_OF, "award.md"),
        ("april.csv", "flow-2", FlowLink.PART_OF, "award.md"),
    ]


@pytest.mark.parametrize(
    "payment",
    [
        row(years=("2025/26",)),
        row(years=()),
        row(recipient=TREASURY),
        row(amount="9000.00"),
        row(kind=FlowKind.OWN_COST),
        row(status=FlowStatus.UNSUCCESSFUL),
        make_flow(funder=MAYOR, programmes=(programme("Other"),)),
        make_flow(funder=MAYOR, programmes=(), fund=fund("Other Fund")),
    ],
    ids=[
        "another year",
        "no year",
        "another payee",
        "larger",
        "own cost",
        "refused",
        "another programme",
        "another fund",
    ],
)
def test_a_payment_that_an_award_cannot_hold_is_new_money(payment: FundingFlow) -> None:
    award = decided(make_flow(funder=MAYOR, amount="2500.00", fund=fund("Safer Streets")))
    assert links(award, listed("april.csv", PAYMENTS, payment)) == []


def test_a_long_list_is_compared_in_a_second() -> None:
    import time

    flows = [row(f"{n} 03/04/2024", id=f"flow-{n}", amount=f"{n % 50 + 1}.00") for n in range(5_000)]
    started = time.process_time()
    reconcile([decided(make_flow(funder=MAYOR)), listed("a.csv", PAYMENTS, *flows), listed("b.csv", PAYMENTS, *flows)])
    assert time.process_time() - started < 5
