"""Notices of contracts: labels on lines of their own or before a colon, and releases of registers in JSON."""

from __future__ import annotations

import json

import pytest
from told import names

from graph.model import FundingFlow
from ingest.extract import extract_record
from ingest.readers import read_bytes

YEARS = ("2031/32", "2032/33", "2033/34")
COPIED = """Harbour Mentors

Buyer Contact Info

Buyer Name: Police and Crime Commissioner for Norfolk

Contact Email: buying@example.org

Status
complete
Procedure
open
Value
275000.0 GBP
Published
10 Dec 2030, 11:34
Contract Start
31 Mar 2031, 23:00
Contract End
31 Mar 2034, 22:59
Category
n/a
CPV
75230000 - Justice services
Region
n/a
Awarded To
Lantern Youth Trust
Official Source
"""
REGISTER = """Contract details notice

Harbour Mentors

Contracting authority
Police and Crime Commissioner for Norfolk
Jubilee House
Wymondham
Type: Public authority

Award 1

{supplier}
Lantern Youth Trust

Total value of contract
£275,000 excluding VAT
£330,000 including VAT

Contract dates (estimated)
1 April 2031 to 31 March 2034
"""


def flows_of(text: str) -> list[FundingFlow]:
    return list(extract_record(read_bytes(text.encode(), "notice.txt"), names()).flows)


def check(flows: list[FundingFlow]) -> None:
    assert [int(flow.amount) for flow in flows] == [275000]
    flow = flows[0]
    assert flow.funder is not None and flow.funder.name == "Police and Crime Commissioner for Norfolk"
    assert flow.recipient is not None and flow.recipient.name == "Lantern Youth Trust"
    assert flow.years == YEARS


def test_a_label_may_stand_on_the_line_above_its_value() -> None:
    check(flows_of(COPIED))


def test_a_notice_is_for_what_its_title_names() -> None:
    assert [one.name for flow in flows_of(COPIED) for one in flow.programmes] == ["Harbour Mentors"]


@pytest.mark.parametrize("supplier", ["Supplier", "Awarded supplier(s)", "Winning bidder:", "Name of supplier"])
def test_a_sum_with_its_tax_is_the_sum_without_it(supplier: str) -> None:
    check(flows_of(REGISTER.format(supplier=supplier)))


def test_lots_have_the_buyer_that_stands_above_them() -> None:
    found = flows_of(
        "Buyer Name: Police and Crime Commissioner for Norfolk\nContact Email: buying@example.org\n"
        "Lot Title: Harbour Mentors\nLot Description: Mentors for those who live by the harbour\n"
        "Lot 1 Value: GBP 449,280\nLot 1 Value (Gross): GBP 539,136\n"
        "Lot Title: Harbour Lamps\nLot 2 Value: GBP 20,000\n"
    )
    assert {(int(flow.amount), flow.funder and flow.funder.name) for flow in found} == {
        (449280, "Police and Crime Commissioner for Norfolk"),
        (20000, "Police and Crime Commissioner for Norfolk"),
    }


def test_a_supplier_that_is_not_named_is_no_payee() -> None:
    found = flows_of(COPIED.replace("Lantern Youth Trust", "n/a"))
    assert [(int(flow.amount), flow.recipient) for flow in found] == [(275000, None)]


def test_a_release_in_json_is_read_like_its_notice() -> None:
    release = {
        "ocid": "ocds-1",
        "buyer": {"name": "Police and Crime Commissioner for Norfolk"},
        "tender": {"title": "Harbour Mentors", "value": {"amount": 300000, "currency": "GBP"}},
        "awards": [{"id": "1", "suppliers": [{"name": "Lantern Youth Trust"}]}],
        "contracts": [
            {
                "awardID": "1",
                "value": {"amount": 275000, "amountGross": 330000, "currency": "GBP"},
                "period": {"startDate": "2031-04-01T00:00:00+01:00", "endDate": "2034-03-31T23:59:59+01:00"},
            }
        ],
    }
    check(flows_of(json.dumps(release, indent=1)))


@pytest.mark.parametrize(
    ("state", "status"), [("planned", "proposed"), ("active", "proposed"), ("complete", "approved")]
)
def test_a_tender_that_still_runs_is_proposed(state: str, status: str) -> None:
    buyer = {"name": "Police and Crime Commissioner for Norfolk"}
    tender = {"title": "Harbour Mentors", "status": state, "value": {"amount": 300000, "currency": "GBP"}}
    found = flows_of(json.dumps({"ocid": "ocds-1", "buyer": buyer, "tender": tender}))
    assert [(int(flow.amount), str(flow.status)) for flow in found] == [(300000, status)]


def test_the_one_contract_of_a_page_has_its_period_for_its_sum() -> None:
    found = flows_of(
        "Norfolk Police and Crime Commissioner\n\nHarbour Mentors\n\nThe Commissioner has brought a procurement to an "
        "end. From 1st April 2031 the contract is to run until 31st March 2034. In the end the contract was awarded "
        "at a value of £275,000 to Lantern Youth Trust.\n"
    )
    assert [(int(flow.amount), flow.years) for flow in found] == [(275000, YEARS)]
