"""Who pays and who gets a sum, over the forms of sentence that decisions use."""

from __future__ import annotations

import pytest
from told import flows, standings

CASES = {
    "active": ("The Commissioner awarded Hestia £12,500 in 2023/24.", "PCC > Hestia: 12500 2023/24"),
    "passive of the payee": ("Hestia was awarded £12,500 in 2023/24.", "PCC > Hestia: 12500 2023/24"),
    "passive of the sum": ("£12,500 was awarded to Hestia in 2023/24.", "PCC > Hestia: 12500 2023/24"),
    "new name": ("The Commissioner awarded Nelson's Oak £12,500 in 2023/24.", "PCC > Nelson's Oak: 12500 2023/24"),
    "new name, passive": ("£12,500 was awarded to Nelson's Oak in 2023/24.", "PCC > Nelson's Oak: 12500 2023/24"),
    "a grant made": ("A grant of £12,500 has been made to Hestia for 2023/24.", "PCC > Hestia: 12500 2023/24"),
    "we": ("We have agreed to give Hestia £40,000 in 2023/24.", "PCC > Hestia: 40000 2023/24"),
    "noun": ("Payment of £22,000 to Hestia for overtime.", "PCC > Hestia: 22000 2023/24"),
    "agreement": (
        "To enter into a grant agreement with Suffolk County Council to the value of £61,000 for 2023/24.",
        "PCC > Suffolk County Council: 61000 2023/24",
    ),
    "contract": (
        "To approve a contract with Cranstoun worth £450,000 in 2023/24.",
        "PCC > Cranstoun: 450000 2023/24",
    ),
    "paid": ("Cranstoun will be paid £150,000 in 2023/24.", "PCC > Cranstoun: 150000 2023/24"),
    "giver, active": (
        "The Home Office has awarded the Norfolk PCC £310,000 for 2023/24.",
        "Home Office > PCC: 310000 2023/24",
    ),
    "received from": (
        "The OPCC received £310,000 from the Ministry of Justice in 2023/24.",
        "Ministry of Justice > PCC: 310000 2023/24",
    ),
    "allocated by": (
        "The PCC has been allocated £310,000 by the Ministry of Justice for 2023/24.",
        "Ministry of Justice > PCC: 310000 2023/24",
    ),
    "allocation received": (
        "An allocation of £310,000 has been received from the Ministry of Justice.",
        "Ministry of Justice > PCC: 310000 2023/24",
    ),
    "department that no list knows": (
        "The PCC has been awarded £310,000 by the Department for Safer Towns for 2023/24.",
        "Department for Safer Towns > PCC: 310000 2023/24",
    ),
    "match": (
        "Norfolk County Council has committed £25,000 match funding in 2024/25.",
        "Norfolk County Council > ?: 25000 2024/25",
    ),
    "match comes from": (
        "Match funding of £25,000 will come from Breckland Council.",
        "Breckland District Council > ?: 25000 2023/24",
    ),
    "bid": (
        "An application for £600,000 was submitted to the Home Office in May 2023; the outcome is awaited.",
        "Home Office > PCC: 600000 2023/24",
    ),
    "application of another": (
        "The Commissioner decided to support the application by Hestia for £8,750.",
        "PCC > Hestia: 8750 2023/24",
    ),
    "application of a new name": (
        "The application by Oak Charity for £8,750 was approved.",
        "PCC > Oak Charity: 8750 2023/24",
    ),
    "request declined": (
        "To decline the request from Norwich City Council for £18,000.",
        "PCC > Norwich City Council: 18000 2023/24",
    ),
    "grant raised": (
        "Hestia's grant will increase to £95,000 in 2023/24.",
        "PCC > Hestia: 95000 2023/24",
    ),
    "on behalf of": (
        "Norfolk County Council, on behalf of its partners, will receive a one-off payment of £22,000.",
        "PCC > Norfolk County Council: 22000 2023/24",
    ),
    "own costs": ("The OPCC will retain £5,000 for its own costs.", "PCC > PCC: 5000 2023/24"),
    "kept by": ("The sum of £5,000 will be retained by the OPCC for staffing.", "PCC > PCC: 5000 2023/24"),
    "open": ("To approve expenditure of up to £75,000 in 2023/24 on a helpline.", "PCC > ?: 75000 2023/24"),
    "new body by its last word": (
        "£9,000 was awarded to the Fenland Marine Board in 2023/24.",
        "PCC > Fenland Marine Board: 9000 2023/24",
    ),
    "short form": (
        "The Broads Advice Centre (BAC) helps victims of fraud. The PCC will give BAC £7,000 in 2023/24.",
        "PCC > Broads Advice Centre: 7000 2023/24",
    ),
}
LISTS = {
    "split": (
        "£90,000 is to be split between Cranstoun (£60,000) and Hestia (£30,000).",
        ["PCC > Cranstoun: 60000 2023/24", "PCC > Hestia: 30000 2023/24"],
    ),
    "of the sum": (
        "Of the £90,000, £60,000 will go to Cranstoun and £30,000 to Hestia.",
        ["PCC > Cranstoun: 60000 2023/24", "PCC > Hestia: 30000 2023/24"],
    ),
    "after a colon": (
        "Approve grants totalling £41,200 to the following: Oak Trust £20,000; Hestia £15,000; Elm CIC £6,200.",
        ["PCC > Elm CIC: 6200 2023/24", "PCC > Hestia: 15000 2023/24", "PCC > Oak Trust: 20000 2023/24"],
    ),
    "with dashes": (
        "The following were supported: Oak Trust - £20,000, Hestia - £15,000.",
        ["PCC > Hestia: 15000 2023/24", "PCC > Oak Trust: 20000 2023/24"],
    ),
    "applications": (
        "Applications from Oak Trust (£8,750) and Hestia (£4,200) were approved.",
        ["PCC > Hestia: 4200 2023/24", "PCC > Oak Trust: 8750 2023/24"],
    ),
    "two years": (
        "The Home Office has awarded the Norfolk PCC £310,000 for 2023/24 and £295,000 for 2024/25.",
        ["Home Office > PCC: 295000 2024/25", "Home Office > PCC: 310000 2023/24"],
    ),
    "a year": (
        "Cranstoun will be paid £150,000 a year in 2023/24 and 2024/25.",
        ["PCC > Cranstoun: 150000 2023/24", "PCC > Cranstoun: 150000 2024/25"],
    ),
    "passed on": (
        "Ministry of Justice funding of £310,000 will be passed on to Norfolk County Council.",
        ["Ministry of Justice > PCC: 310000 2023/24", "PCC > Norfolk County Council: 310000 2023/24"],
    ),
}
NOTHING = {
    "limit": "The decision is below the £50,000 limit of the Chief Executive's delegated authority.",
    "threshold": "Contracts of £100,000 and above are reserved to the Commissioner.",
    "price for each": "The scheme costs £3,000 per victim.",
    "no sum": "Hestia will run the service with the grant of the Home Office.",
    "nought": "Hestia asked for £0 in 2023/24.",
}


@pytest.mark.parametrize(("words", "wanted"), CASES.values(), ids=CASES)
def test_one_sum_has_its_parties(words: str, wanted: str) -> None:
    assert flows(words) == [wanted]


@pytest.mark.parametrize(("words", "wanted"), LISTS.values(), ids=LISTS)
def test_several_sums_have_their_own_parties(words: str, wanted: list[str]) -> None:
    assert flows(words) == wanted


@pytest.mark.parametrize("words", NOTHING.values(), ids=NOTHING)
def test_what_is_no_money_of_the_decision_is_no_flow(words: str) -> None:
    assert flows(words) == []


def test_payers_of_a_cost_pay_their_parts() -> None:
    words = "The service costs £200,000; £120,000 from the OPCC and £80,000 from Norfolk County Council."
    assert flows(words) == ["Norfolk County Council > ?: 80000 2023/24", "PCC > ?: 120000 2023/24"]


def test_what_each_applicant_may_get_is_no_money() -> None:
    assert flows("Each applicant could apply for up to £5,000.") == []


def test_a_list_after_where_money_comes_from_names_its_payers() -> None:
    words = "More match funding comes from districts. For Drive: Leeds City Council £55,000, Kirklees Council £10,476."
    assert flows(words) == ["Kirklees Council > ?: 10476 2023/24", "Leeds City Council > ?: 55000 2023/24"]
    assert standings(words) == ["10476 match approved", "55000 match approved"]
