"""What a fund holds stands beside the awards out of it; what a sum leaves is another's."""

from __future__ import annotations

from decimal import Decimal

import pytest
from told import flows, told

AWARD = "1. Award £4,100 to Hestia in 2023/24."
POTS = [
    "The PCC has £80,000 in the Harbour Fund.",
    "The PCC has £80,000 in the Harbour Fund and £60,000 in the Youth Fund.",
    "The budget was £80,000.",
    "The budget for small grants is around £80,000; awards may go beyond it.",
    "The reserve stands at £80,000.",
    "The office made £80,000 of local funding available for local services.",
    "The office has £80,000 available for local groups.",
]
AWARDS = [
    "The PCC set £80,000 aside for a helpline.",
    "The PCC made £80,000 available to Cranstoun.",
    "The budget was raised and Cranstoun gets £80,000.",
]


@pytest.mark.parametrize("words", POTS)
def test_what_a_fund_holds_is_no_award(words: str) -> None:
    read = told(words, recommendation=AWARD)
    assert [flow.amount for flow in read.flows if flow.status.value != "context"] == [Decimal(4100)]


@pytest.mark.parametrize("words", AWARDS)
def test_what_is_set_aside_or_given_is_no_pot(words: str) -> None:
    read = told(words, recommendation=AWARD)
    assert {flow.amount for flow in read.flows if flow.status.value != "context"} == {Decimal(4100), Decimal(80000)}


@pytest.mark.parametrize("rest", ["the rest", "the remainder", "the balance"])
def test_who_has_the_rest_does_not_pay_the_sum(rest: str) -> None:
    words = f"Some £9,000 comes from the PCC's reserves in 2023/24 and {rest} from the Home Office."
    assert all(line.startswith("PCC > ") for line in flows(words))


@pytest.mark.parametrize("label", ["All recipients", "Total", "Total awarded"])
def test_a_total_of_more_than_the_rows_of_its_table_holds_them(label: str) -> None:
    table = f"| Recipient | 2023/24 |\n|---|---|\n| Hestia | £20,000 |\n| Cranstoun | £31,000 |\n| {label} | £90,000 |"
    read = told(table, recommendation="1. Approve £90,000 to partner organisations for 2023/24.")
    whole = next(flow for flow in read.flows if flow.amount == Decimal(90000))
    assert {(str(one.link), one.object) for one in read.flow_relations} == {("partOf", whole.id)}


def test_what_is_accepted_and_what_is_paid_out_of_it_are_two_steps() -> None:
    read = told("", recommendation="1. Accept £31,520 from the Home Office.\n2. Allocate the £31,520 to Hestia.")
    assert [flow.amount for flow in read.flows] == [Decimal(31520)] * 2
