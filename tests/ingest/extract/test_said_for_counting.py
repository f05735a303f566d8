"""What a record says for counting, so that counting reads no words: where figures stand, open roles, a title's date."""

from __future__ import annotations

from decimal import Decimal

from told import told

from graph.model import FundingFlow

TABLE = """
| Recipient | 2023/24 |
| --- | --- |
| Holt Community Trust | £15,250 |
| Heating provider (to be procured) | £9,130 |
"""


def by_amount(words: str, **parts: str) -> dict[Decimal, FundingFlow]:
    return {flow.amount: flow for flow in told(words, **parts).flows}


def test_a_figure_of_a_table_says_so_and_one_of_a_sentence_does_not() -> None:
    flows = by_amount(TABLE, recommendation="To award £7,415 to Alby Club in 2023/24.")
    assert [flows[Decimal(each)].in_table for each in ("15250", "9130", "7415")] == [True, True, False]


def test_a_figure_that_stands_in_the_summary_first_says_so() -> None:
    summary = "The Commissioner awards £6,315 to Alby Club in 2023/24."
    flows = by_amount(TABLE, summary=summary)
    assert [flows[Decimal(each)].in_summary for each in ("6315", "15250")] == [True, False]


def test_a_role_that_is_still_to_be_filled_awaits_its_payee() -> None:
    flows = by_amount(TABLE)
    assert [flows[Decimal(each)].awaits_payee for each in ("15250", "9130")] == [False, True]


def test_a_decision_keeps_the_date_of_its_title() -> None:
    assert told(TABLE, title="Community safety grants 2022/23").decision.titled == "2022/23"
    assert told(TABLE, title="Community safety grants, May 2023").decision.titled == "2023-05"
    assert told(TABLE).decision.titled == ""
