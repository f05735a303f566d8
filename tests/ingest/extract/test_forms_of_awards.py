"""Forms in which decisions state awards: labelled records, relative clauses, prices, one award and its one payee."""

from __future__ import annotations

import pytest
from told import flows, names, standings, told

from ingest.extract import extract_record
from ingest.extract.decisions.decision import read_decision
from ingest.extract.decisions.registers import entries_of
from ingest.readers import read_bytes

PAYEES = {
    "who received": (
        "The Lantern Youth Club in Thetford who received £5,900 in 2031/32 for its mentors.",
        ["PCC > Lantern Youth Club: 5900 2031/32"],
    ),
    "from somewhere who received": (
        "Quiet Harbours from Thetford who received £6,000 in 2031/32 for its mentors.",
        ["PCC > Quiet Harbours: 6000 2031/32"],
    ),
    "based somewhere": (
        "Thetford based Lantern Digital C.I.C. who received £1,800 in 2031/32.",
        ["PCC > Lantern Digital C.I.C.: 1800 2031/32"],
    ),
    "each for two before the sum": (
        "Thetford Youth Offending Service (YOS) and Wymondham Youth Offending Service (YOS) have received £60,000 "
        "funding each in 2031/32.",
        [
            "PCC > Thetford Youth Offending Service: 60000 2031/32",
            "PCC > Wymondham Youth Offending Service: 60000 2031/32",
        ],
    ),
    "a place with three words more": (
        "Award £5,000 to Norwich Drug and Alcohol Care for its group in 2031/32.",
        ["PCC > Norwich Drug and Alcohol Care: 5000 2031/32"],
    ),
    "a department with commas": (
        "The Department for Rivers, Harbours and Coasts has allocated funding to the PCC: £20,000 in 2031/32.",
        ["Department for Rivers, Harbours and Coasts > PCC: 20000 2031/32"],
    ),
    "a name after its sum": (
        "£50,000 – Lantern Youth Trust (2031/32)",
        ["PCC > Lantern Youth Trust: 50000 2031/32"],
    ),
    "the Force": ("£30,000 was given to the Force in 2031/32.", ["PCC > Norfolk Constabulary: 30000 2031/32"]),
    "a contract worth so much": (
        "The contract with Refuge is worth £300,000 over three years, £100,000 per annum, in 2031/32.",
        ["PCC > Refuge: 300000 2031/32"],
    ),
    "a contract plus VAT": (
        "Award Refuge a contract of £100,000 plus VAT in 2031/32.",
        ["PCC > Refuge: 100000 2031/32"],
    ),
    "a sum that includes VAT": (
        "Award Refuge £120,000 (including VAT of £20,000) in 2031/32.",
        ["PCC > Refuge: 120000 2031/32"],
    ),
    "projects that relate to people": (
        "Approve the extension in 2031/32 of projects relating to Victims, at a total cost of £54,000.",
        ["PCC > ?: 54000 2031/32"],
    ),
    "a fund is no payee": (
        "Pay £50,000 in 2031/32 to the Tide Act Fund.",
        ["PCC > ?: 50000 2031/32"],
    ),
    "to enable someone known": (
        "To approve £4,599 in 2031/32 to enable Breckland District Council planning engineers to restrict access to "
        "Lantern Hills.",
        ["PCC > Breckland District Council: 4599 2031/32"],
    ),
    "to enable someone new": (
        "To agree £3,050 in 2031/32 to enable Lantern Federation North to deliver its training.",
        ["PCC > Lantern Federation North: 3050 2031/32"],
    ),
    "a donation asked for": (
        "Norfolk Constabulary requested that the PCC donates £250 to the Thetford Mountain Rescue Team in 2031/32.",
        ["PCC > Thetford Mountain Rescue Team: 250 2031/32"],
    ),
    "a commissioner in small letters": (
        "The police and crime commissioner awarded £1,900 to Refuge in 2031/32.",
        ["PCC > Refuge: 1900 2031/32"],
    ),
    "a role is no payee": (
        "Authority is given to the Cabinet Member for Health to use £650,000 in 2031/32.",
        ["? > ?: 650000 2031/32"],
    ),
}
PAYERS = {
    "the intention is to allocate": (
        "The intention for next year is to allocate each partnership £30,000 in 2031/32.",
        ["PCC > ?: 30000 2031/32"],
    ),
    "made available": (
        "In addition, a further £25,000 will be made available in 2031/32 for joint work.",
        ["PCC > ?: 25000 2031/32"],
    ),
    "a contract's value": ("The estimated contract value is £10,400 in 2031/32.", ["PCC > ?: 10400 2031/32"]),
    "groups successful": (
        "In 2031/32 there were 42 applications with 10 groups being successful totalling £184,100.",
        ["PCC > ?: 184100 2031/32"],
    ),
    "just under": ("The PCC granted just under £168,000 in 2031/32 to groups.", ["PCC > ?: 168000 2031/32"]),
    "more than, given": (
        "In total, more than £78,000 was given to community projects in 2031/32.",
        ["PCC > ?: 78000 2031/32"],
    ),
}


@pytest.mark.parametrize(("words", "wanted"), PAYEES.values(), ids=PAYEES.keys())
def test_payees_are_those_that_the_words_name(words: str, wanted: list[str]) -> None:
    assert flows(words) == wanted


@pytest.mark.parametrize(("words", "wanted"), PAYERS.values(), ids=PAYERS.keys())
def test_money_from_nobody_named_is_the_deciding_bodys(words: str, wanted: list[str]) -> None:
    assert flows(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "The £60 million Government funding released in 2031 was split between police and councils.",
        "The allocations fit the funding available for this financial year (£74.9m).",
        "The PCC is currently holding £92,800 of partnership funding.",
        "Small grants under or equal to £5,000 are open all year.",
        "The policing precept raises £90m and reserves stand at £12m.",
        "The force is reporting a forecast underspend of £4.0m against the revised budget of £318m.",
        "The OPCC received 42 applications for funding, totalling £1,734,889.",
        "The PCC gave vital funding of up to £5,000 to 41 worthwhile projects.",
    ],
    ids=[
        "government money",
        "funding available",
        "held",
        "a threshold",
        "precept and reserves",
        "a forecast",
        "all that was applied for",
        "a ceiling for each of many",
    ],
)
def test_money_around_a_decision_is_not_its_own(words: str) -> None:
    assert not [one for one in standings(words) if not one.endswith("context")]


def test_the_sum_of_an_award_and_its_match_is_a_total() -> None:
    found = told(
        "The Home Office awarded the PCC £79,500 in 2031/32, in addition to match funding of £23,800, which results in "
        "a total investment, including match funding, of £103,300."
    )
    assert 103300 not in [flow.amount for flow in found.flows]
    assert 103300 in [total.amount for total in found.totals]


def test_a_share_a_year_of_a_stated_whole_is_not_counted_beside_it() -> None:
    assert flows("Approve the allocation of £366,000 (£122,000 per annum) for the work.") == ["PCC > ?: 366000 2023/24"]


@pytest.mark.parametrize(
    ("summary", "payee"),
    [
        (
            "To extend the contract for support with the Lantern rape crisis consortium.",
            "Lantern rape crisis consortium",
        ),
        (
            "To approve the award of a grant to the Thetford Youth Offending Service.",
            "Thetford Youth Offending Service",
        ),
    ],
    ids=["a contract with", "a grant to"],
)
def test_a_decisions_one_award_goes_to_the_one_it_is_for(summary: str, payee: str) -> None:
    assert flows("Approve the allocation of £20,900 for this service in 2031/32.", summary=summary) == [
        f"PCC > {payee}: 20900 2031/32"
    ]


def test_a_supplier_preferred_in_a_procurement_is_not_given_the_whole_budget() -> None:
    words = (
        "Approve £73,000 to deliver the pilot in 2031/32. A framework was used to appoint Refuge as preferred supplier."
    )
    assert [one for one in flows(words) if "Refuge" in one] == []


def test_a_cell_that_describes_a_payee_names_nobody() -> None:
    record = told(
        "| Organisation | 2031/32 |\n|---|---|\n| Refuge | £5,000 |\n"
        "| Support for young people affected by abuse | £7,000 |"
    )
    found = {int(flow.amount): flow for flow in record.flows}
    assert found[7000].recipient is None
    assert found[7000].recipient_words == "Support for young people affected by abuse"
    assert found[5000].recipient is not None


def test_a_title_that_names_a_part_and_the_whole_area_is_about_the_whole() -> None:
    title = "A pilot in Thetford and the extension of the Norfolk mentors"
    flow = told("Approve £10,000 in 2031/32.", title=title).flows[0]
    assert flow.place is not None and flow.place.name.startswith("Norfolk")


def test_labelled_lines_are_read_as_rows() -> None:
    text = (
        "# Norfolk Police and Crime Commissioner\n\nGrants made by the Commissioner for projects in the county.\n\n"
        "Harbour Day 2031\n\nReason: The day brings people together and it is open to all who live near it.\n\n"
        "Recipient: Friends of the Harbour\n\n2031/32 Allocation: £1,500\n\n"
        "Tide Awards\n\nReason: The awards are for volunteers, and it pays for the hall and its trophies.\n\n"
        "Recipient: Lantern Voluntary Development Agency\n\n2031/32 Allocation: £350\n"
    )
    found = extract_record(read_bytes(text.encode(), "grants.md"), names()).flows
    assert {(flow.recipient and flow.recipient.name, int(flow.amount), flow.years) for flow in found} == {
        ("Friends of the Harbour", 1500, ("2031/32",)),
        ("Lantern Voluntary Development Agency", 350, ("2031/32",)),
    }


def test_a_sum_in_the_head_of_a_decision_is_read() -> None:
    text = (
        "Norfolk Police and Crime Commissioner\n\nDecision reference: 12/2031\nTitle: Mentoring\n"
        "Recipient: Lantern Youth Trust\nAmount: £20,000\nFunding period: 2031/32\nDate signed: 4 April 2031\n\n"
        "Summary\n\nA grant for mentoring.\n"
    )
    found = extract_record(read_bytes(text.encode(), "head.txt"), names()).flows
    assert [(flow.recipient and flow.recipient.name, int(flow.amount), flow.years) for flow in found] == [
        ("Lantern Youth Trust", 20000, ("2031/32",))
    ]


def test_a_budget_or_a_request_in_the_head_is_no_award() -> None:
    text = "Norfolk Police and Crime Commissioner\n\nTitle: Mentoring\nBudget: £90,000\nAmount requested: £20,000\n"
    assert not extract_record(read_bytes(text.encode(), "head.txt"), names()).flows


def test_a_body_under_the_heading_service_is_the_payee() -> None:
    record = told("| Service | 2031/32 |\n|---|---|\n| Thetford Rape Crisis | £22,500 |\n| Advice line | £4,000 |")
    found = {int(flow.amount): flow for flow in record.flows}
    assert found[22500].recipient is not None and found[22500].recipient.name == "Thetford Rape Crisis"
    assert not found[22500].programmes and found[4000].recipient is None


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "£1m secured, says Suffolk police and crime commissioner\n\nThe police and crime commissioner for Suffolk "
            "has marked his first year in office.\n",
            "Police and Crime Commissioner for Suffolk",
        ),
        (
            "Decision Maker: Portfolio Holder\n\nDecision:\n\nTo accept £7,000 for projects in Breckland.\n",
            "Breckland District Council",
        ),
        (
            "Decision Maker: GM Deputy Mayor\n\nDecision:\n\nTo pay £7,000 more.\n",
            "Greater Manchester Combined Authority",
        ),
    ],
    ids=["small letters", "portfolio holder", "an office of one body"],
)
def test_the_office_that_decides_tells_the_body(text: str, body: str) -> None:
    decided = extract_record(read_bytes(text.encode(), "page.txt"), names()).decision.body
    assert decided is not None and decided.name == body


def test_a_list_of_decisions_is_read_decision_by_decision() -> None:
    text = (
        "Norfolk Police and Crime Commissioner\n\nDecisions\n\n"
        "14/03/2031 - Lights for the harbour ref: 3261    Recommendations Approved\n\n"
        "The lights make the harbour safer for all who walk there at night, and the council asked for them.\n\n"
        "The PCC awards £7,000 to Breckland District Council in 2031/32.\n\n"
        "07/03/2031 - Mentors for schools ref: 3260    Recommendations Approved\n\n"
        "The mentors have worked in schools for years, and the schools would like them to stay on.\n\n"
        "The PCC awards £9,000 to Refuge.\n"
    )
    document = read_bytes(text.encode(), "list.txt")
    entries = entries_of(document, read_decision(document, names()))
    assert [(own.reference, own.title) for _, own in entries] == [
        ("3261", "Lights for the harbour"),
        ("3260", "Mentors for schools"),
    ]
    years = {int(flow.amount): flow.years for flow in extract_record(document, names()).flows}
    assert years == {7000: ("2031/32",), 9000: ()}


def test_decisions_that_are_only_cited_make_no_register() -> None:
    text = "Norfolk Police and Crime Commissioner\n\nRelated decisions\n\n- PCD 1452 Grants\n- PCD 1453 More Grants\n"
    document = read_bytes(text.encode(), "page.txt")
    assert len(entries_of(document, read_decision(document, names()))) == 1


def test_headings_of_a_name_and_a_sum_are_a_list_of_awards_and_one_alone_is_none() -> None:
    headed = "### Lantern Youth Trust – £5,900\n\nIts mentors go on.\n\n### Quiet Harbours – £5,900\n\nIt opens."
    assert flows(headed) == [
        "PCC > Lantern Youth Trust: 5900 2023/24",
        "PCC > Quiet Harbours: 5900 2023/24",
    ]
    assert not flows("### Lantern Youth Trust – £5,900\n\nIts mentors go on.")
