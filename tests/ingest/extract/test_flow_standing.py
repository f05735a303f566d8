"""What kind of money a sum is, how far it got, and for which years."""

from __future__ import annotations

import datetime

import pytest
from told import flows, standings, told

from ingest.extract.scope.periods import ending_period, length_in_months, period_years, years_between

STANDINGS = {
    "grant": ("To award £5,000 to Hestia.", "5000 grant approved"),
    "no payee": ("To allocate £5,000 for a helpline.", "5000 allocation approved"),
    "match": ("Norfolk County Council has committed £25,000 match funding.", "25000 match approved"),
    "own cost": ("The OPCC will keep £5,000 for its administration.", "5000 own-cost approved"),
    "carried forward": ("To carry forward £44,000 into 2024/25.", "44000 carry-forward approved"),
    "underspend carried": (
        "The underspend of £44,000 will be carried forward into 2024/25.",
        "44000 carry-forward approved",
    ),
    "bid": ("The OPCC applied for £60,000 from the Home Office.", "60000 bid proposed"),
    "bid lost": ("The bid to the Home Office for £60,000 was turned down.", "60000 bid unsuccessful"),
    "declined": ("To decline the request from Norwich City Council for £18,000.", "18000 bid unsuccessful"),
    "in principle": ("In principle £20,000 will be awarded to Hestia.", "20000 grant provisional"),
    "subject to": (
        "Subject to confirmation of the settlement, £120,000 will be awarded to Hestia.",
        "120000 grant provisional",
    ),
    "earlier": ("The Commissioner previously approved £80,000 for Hestia.", "80000 envelope context"),
    "elsewhere": ("The £18,000 was approved in Decision 04/2022.", "18000 envelope context"),
    "raised from": ("Hestia's grant will increase from £80,000 to £95,000.", "80000 envelope context"),
    "another's pot": ("The Home Office set aside £7,000 for services like these.", "7000 envelope context"),
    "its own pot": ("The Commissioner set aside £7,000 for a helpline.", "7000 allocation approved"),
    "set aside for it": (
        "The Home Office has set aside £7,000 for the Police and Crime Commissioner for Norfolk.",
        "7000 grant approved",
    ),
    "by another decision": ("Decision 04/2022 approved £80,000 for Hestia.", "80000 envelope context"),
    "in another decision": (
        "In Decision 04/2022 the Commissioner set aside £80,000 for Hestia.",
        "80000 envelope context",
    ),
    "what a rise comes to": (
        "The Commissioner awards a further £20,000 to Hestia, bringing its grant to £80,000.",
        "80000 envelope context",
    ),
    "what next year's is": ("Hestia gets £20,000 in 2023/24, rising to £80,000 in 2024/25.", "80000 grant approved"),
    "match of its own": ("The Home Office awards £80,000, with £20,000 of OPCC match funding.", "20000 match approved"),
    "no earlier award": ("An award of £80,000 to Hestia is approved.", "80000 grant approved"),
    "no bid": ("Hestia's bid was strong. To award £80,000 to Hestia.", "80000 grant approved"),
}
YEARS = {
    "its own": ("To award £5,000 to Hestia in 2024/25.", "PCC > Hestia: 5000 2024/25"),
    "the document's": ("To award £5,000 to Hestia.", "PCC > Hestia: 5000 2023/24"),
    "a span": ("To award £5,000 to Hestia for 2023/24 and 2024/25.", "PCC > Hestia: 5000 2023/24+2024/25"),
    "moved to": ("To carry forward £5,000 from 2022/23 to 2023/24.", "PCC > ?: 5000 2023/24"),
}


@pytest.mark.parametrize(("words", "wanted"), STANDINGS.values(), ids=STANDINGS)
def test_a_sum_has_its_kind_and_status(words: str, wanted: str) -> None:
    assert wanted in standings(words)


@pytest.mark.parametrize(("words", "wanted"), YEARS.values(), ids=YEARS)
def test_a_sum_has_its_years(words: str, wanted: str) -> None:
    assert flows(words) == [wanted]


@pytest.mark.parametrize(
    ("text", "months"),
    [("an 18-month contract", 18), ("for two years", 24), ("nine months", 9), ("twenty-four months", 24), ("", None)],
)
def test_a_length_is_so_many_months(text: str, months: int | None) -> None:
    assert length_in_months(text) == months


def test_years_run_from_april_to_march() -> None:
    assert years_between(datetime.date(2023, 3, 31), datetime.date(2023, 4, 1)) == ("2022/23", "2023/24")
    assert years_between(datetime.date(2023, 4, 1), datetime.date(2024, 3, 31)) == ("2023/24",)
    assert years_between(datetime.date(2024, 1, 1), datetime.date(2023, 1, 1)) == ()


def test_a_start_and_a_length_make_years() -> None:
    assert period_years(["It begins on 1 October 2023.", "It runs for 18 months."]) == ("2023/24", "2024/25")
    assert period_years(["starting 1 October 2023 for 18 months"]) == ("2023/24", "2024/25")
    assert period_years(["It runs for 18 months."]) == ()


def test_a_length_up_to_an_end_makes_years() -> None:
    assert ending_period("for 12 months to 31 March 2024") == ("2023/24",)
    assert ending_period("for 24 months ending March 2025") == ("2023/24", "2024/25")
    assert ending_period("until 31 March 2024") == ()


def test_a_sum_said_twice_is_one_flow() -> None:
    record = told("£5,000 will go to Hestia.", recommendation="1. Award £5,000 to Hestia in 2023/24.")
    assert [flow.amount for flow in record.flows] == [5000]
    assert len(record.flows[0].evidence) == 2


def test_a_rounded_sum_is_the_exact_one_said_again() -> None:
    record = told("About £5k will go to Hestia.", recommendation="1. Award £5,120 to Hestia in 2023/24.")
    assert [flow.amount for flow in record.flows] == [5120]


def test_two_payees_of_one_sum_are_two_flows() -> None:
    record = told("£5,000 will go to Hestia in 2023/24. £5,000 will go to Cranstoun in 2023/24.")
    assert len(record.flows) == 2


def test_a_total_of_parts_is_no_flow() -> None:
    record = told("£90,000 is to be split between Cranstoun (£60,000) and Hestia (£30,000).")
    assert sorted(flow.amount for flow in record.flows) == [30000, 60000]
    assert [total.amount for total in record.totals] == [90000]


def test_money_taken_in_and_paid_out_is_passed_on() -> None:
    record = told("Ministry of Justice funding of £310,000 will be passed on to Norfolk County Council.")
    assert [str(link.link) for link in record.flow_relations] == ["passesOn"]


def test_some_of_it_is_a_part() -> None:
    record = told("The Home Office awarded £80,000; £20,000 of this pays for a coordinator.")
    assert [str(link.link) for link in record.flow_relations] == ["partOf"]


def test_a_total_that_ends_a_paragraph_holds_the_sums_before_it() -> None:
    record = told("Hestia gets £20,000 and Cranstoun gets £10,000. In total £80,000 goes to local services.")
    assert [str(link.link) for link in record.flow_relations] == ["partOf", "partOf"]
