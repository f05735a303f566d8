"""Rows of lists become flows: who pays whom, how much, when and for what; totals, refunds and poor rows stay apart."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from list_records import BODY, NORFOLK, csv_of, names, record_of, said, xlsx_of

from graph.lists import AWARDS, PAYMENTS
from graph.model import Band, Basis, EntityKind, FlowKind, FlowLink, FlowStatus, Verdict
from graph.rdf.triples import record_triples
from graph.rdf.triples_back import record_of_triples
from graph.rdf.validation import validate
from ingest.columns.context import decision_of_list
from ingest.columns.flows import mapped_tables, spreadsheet_flows
from ingest.columns.passages import MOST_ROWS
from ingest.columns.rows import read_rows

A, B = "Harbour & Hope CIC", "Northside Youth Trust"
PAYMENT = ("Date", "Supplier", "Expense type", "Net")
SPEND = (f"{BODY} - spend over £500",), ()


def test_a_payment_goes_from_the_body_to_the_supplier_in_its_financial_year() -> None:
    record = record_of(csv_of(*SPEND, PAYMENT, ("03/04/2024", A, "Grant to voluntary body", "1,200.00")))
    (flow,) = record.flows
    assert said(flow) == (A, "1200.00", "2024/25")
    assert flow.funder is not None and flow.funder.name == NORFOLK
    assert (flow.kind, flow.status, flow.purpose) == (
        FlowKind.GRANT, FlowStatus.APPROVED, "Grant to voluntary body"
    )  # fmt: skip
    assert flow.place is not None and flow.place.name == "Norfolk police force area"
    assert flow.evidence[0].locator == "Row 4" and flow.evidence[0].quote.split("\t")[1] == A
    assert record.decision.record_type == PAYMENTS and flow.band is Band.SURE


def test_the_function_for_extraction_gives_flows_totals_issues_and_unread_sums() -> None:
    document = csv_of(
        *SPEND, PAYMENT, ("03/04/2024", A, "Grant", 5), ("03/04/2024", "", "Grant", 7), ("Total", "", "", 12)
    )
    decision = decision_of_list(document, names(), record_type=PAYMENTS)
    flows, totals, issues, unread = spreadsheet_flows(document, decision, names())
    assert [said(flow) for flow in flows] == [(A, "5.00", "2024/25")]
    assert [total.amount for total in totals] == [12]
    assert issues == ("1 row has a sum but no payee (£7); not read. The first: Row 5.",)
    assert unread.figures == 1 and unread.examples[0].locator == "Row 5"


@pytest.mark.parametrize(
    ("expense", "kind"),
    [
        ("Grants to voluntary bodies", FlowKind.GRANT),
        ("Domestic abuse outreach", FlowKind.GRANT),
        ("Stationery", FlowKind.OWN_COST),
        ("IT software", FlowKind.OWN_COST),
        ("Rent", FlowKind.OWN_COST),
        ("Salaries", FlowKind.OWN_COST),
        ("Grant for rent deposits", FlowKind.GRANT),
        ("Travel training grant", FlowKind.GRANT),
    ],
)
def test_running_costs_stay_with_the_body_and_other_payments_reach_the_supplier(expense: str, kind: FlowKind) -> None:
    (flow,) = record_of(csv_of(*SPEND, PAYMENT, ("03/04/2024", A, expense, 5))).flows
    assert flow.kind is kind
    assert (flow.recipient is None) == (kind is FlowKind.OWN_COST)
    assert flow.recipient_words == (A if kind is FlowKind.OWN_COST else "")


def test_a_list_of_awards_has_no_running_costs() -> None:
    (flow,) = record_of(csv_of("Grants 2023/24", ("Recipient", "Project", "Award"), (A, "Travel and rent", 5))).flows
    assert flow.kind is FlowKind.GRANT


def test_a_payment_that_calls_itself_no_grant_is_less_sure() -> None:
    grant, other = record_of(
        csv_of(*SPEND, PAYMENT, ("03/04/2024", A, "Grant", 5), ("03/04/2024", B, "Consultancy", 6))
    ).flows
    assert grant.band is Band.SURE and other.band is Band.LIKELY


def test_awards_of_several_years_are_a_flow_each_with_the_total_apart() -> None:
    rows = [(A, "Outreach", 10, 20, 30), (B, "Mentoring", 5, None, 5)]
    record = record_of(csv_of(f"{BODY} grants", ("Recipient", "Project", "2023/24", "2024/25", "Total"), *rows))
    assert [said(flow) for flow in record.flows] == [
        (A, "10.00", "2023/24"),
        (A, "20.00", "2024/25"),
        (B, "5.00", "2023/24"),
    ]
    (total,) = record.totals
    assert total.amount == 30 and total.parts == tuple(flow.id for flow in record.flows[:2])
    assert record.decision.record_type == AWARDS


def test_totals_at_the_foot_are_totals_and_are_compared() -> None:
    rows = [(A, 10), (B, 20), ("Sub-total", 30), ("C Trust", 5), ("D Trust", 6), ("Grand total", 45)]
    record = record_of(csv_of("Grants 2023/24", ("Recipient", "Award"), *rows))
    assert [flow.amount for flow in record.flows] == [10, 20, 5, 6]
    assert [(total.label, len(total.parts)) for total in record.totals] == [("Sub-total", 2), ("Grand total", 4)]
    assert [check.verdict for check in record.checks] == [Verdict.CONSISTENT, Verdict.CONFLICT]
    assert record.checks[1].message == "The 4 rows of “Award” add up to £41, £4 less than the £45 stated in row 8."


def test_a_row_without_a_name_that_adds_up_the_others_is_their_total() -> None:
    record = record_of(csv_of("Grants 2023/24", ("Recipient", "Award"), (A, 10), (B, 20), (None, 30)))
    assert len(record.flows) == 2 and record.totals[0].amount == 30


def test_a_supplier_called_total_is_no_total() -> None:
    rows = [("03/04/2024", A, "Grant", 10), ("04/04/2024", "Total Support Services Ltd", "Grant", 10)]
    record = record_of(csv_of(*SPEND, PAYMENT, *rows))
    assert [said(flow)[0] for flow in record.flows] == [A, "Total Support Services Ltd"]
    plain = record_of(csv_of("Grants", ("Recipient", "Award"), (A, 10), (B, 5), ("Total Wellbeing CIC", 7)))
    assert len(plain.flows) == 3


def test_refunds_are_said_and_not_counted() -> None:
    rows = [("03/04/2024", A, "Grant", 10), ("04/04/2024", A, "Grant", "(4.00)"), ("Total", "", "", 6)]
    record = record_of(csv_of(*SPEND, PAYMENT, *rows))
    assert [flow.amount for flow in record.flows] == [10]
    assert "1 row has a sum below zero (-£4)" in record.issues[0] and "Row 5" in record.issues[0]
    assert record.checks[0].verdict is Verdict.CONSISTENT


def test_rows_that_say_too_little_are_counted_and_said() -> None:
    rows = [(A, 10), ("", 20), (B, "TBC"), ("C Trust", 0), ("D Trust", 7)]
    record = record_of(csv_of("Grants 2023/24", ("Recipient", "Award"), *rows))
    assert [said(flow)[0] for flow in record.flows] == [A, "D Trust"]
    said_of = " ".join(record.issues)
    assert "1 row has a sum but no payee (£20)" in said_of
    assert "1 row has no sum that can be read; not read. The first: Row 5 (“TBC”)." in said_of
    assert "1 row has a sum of £0" in said_of
    assert record.unread.figures == 1


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Approved", FlowStatus.APPROVED),
        ("Yes", FlowStatus.APPROVED),
        ("Approved subject to funding", FlowStatus.PROVISIONAL),
        ("In principle", FlowStatus.PROVISIONAL),
        ("Pending", FlowStatus.PROPOSED),
        ("Declined", FlowStatus.UNSUCCESSFUL),
        ("Not approved", FlowStatus.UNSUCCESSFUL),
        ("No", FlowStatus.UNSUCCESSFUL),
        ("", FlowStatus.APPROVED),
    ],
)
def test_the_status_of_an_award_is_read_by_its_longest_phrase(status: str, expected: FlowStatus) -> None:
    rows = [(A, "Outreach", 10, status), (B, "Mentoring", 10, "Approved")]
    first = record_of(csv_of("Grants 2023/24", ("Recipient", "Project", "Award", "Decision"), *rows)).flows[0]
    assert first.status is expected
    assert (first.kind is FlowKind.BID) == (expected is FlowStatus.UNSUCCESSFUL)


def test_what_was_asked_for_in_vain_is_a_bid() -> None:
    headings = ("Applicant", "Amount requested", "Amount awarded", "Decision")
    rows = [(A, 100, 80, "Approved"), (B, 50, 0, "Declined"), ("C Trust", 60, "", "Pending")]
    flows = record_of(csv_of("Round 1 2023/24", headings, *rows)).flows
    assert [(said(flow)[1], flow.kind, flow.status) for flow in flows] == [
        ("80.00", FlowKind.GRANT, FlowStatus.APPROVED),
        ("50.00", FlowKind.BID, FlowStatus.UNSUCCESSFUL),
        ("60.00", FlowKind.BID, FlowStatus.PROPOSED),
    ]


def test_payees_are_linked_to_the_registry_and_new_ones_keep_their_whole_name() -> None:
    payees = ("VICTIM SUPPORT", "Victim Support Ltd", "Harbour & Hope CIC", "Camden")
    rows = [("03/04/2024", payee, "Grant", 5) for payee in payees]
    flows = record_of(csv_of(*SPEND, PAYMENT, *rows)).flows
    assert [flow.recipient.name if flow.recipient else "" for flow in flows] == [
        "Victim Support", "Victim Support", "Harbour & Hope CIC", "London Borough of Camden"
    ]  # fmt: skip


@pytest.mark.parametrize("payee", ["Swindon 105.5", "Swindon youth choir", "Camden Arts Centre", "Norwich Foodbank"])
def test_a_longer_name_is_never_cut_to_a_known_one(payee: str) -> None:
    (flow,) = record_of(csv_of(*SPEND, PAYMENT, ("03/04/2024", payee, "Grant", 5))).flows
    assert flow.recipient is not None and flow.recipient.name == payee


def test_one_spelling_stands_for_a_new_name() -> None:
    rows = [("03/04/2024", payee, "Grant", 5) for payee in ("Northside Trust", "NORTHSIDE TRUST")]
    record = record_of(csv_of(*SPEND, PAYMENT, *rows))
    assert {flow.recipient.name for flow in record.flows if flow.recipient} == {"Northside Trust"}
    assert len(record.new_names) == 1
    assert validate(record_triples(record), record.document) == []


@pytest.mark.parametrize("payee", ["REDACTED PERSONAL DATA", "TBC", "Individual", "Various"])
def test_a_name_that_is_withheld_stays_open(payee: str) -> None:
    (flow,) = record_of(csv_of(*SPEND, PAYMENT, ("03/04/2024", payee, "Grant", 5))).flows
    assert flow.recipient is None and flow.recipient_words == payee


STANDARD = (
    "Identifier", "Title", "Amount Awarded", "Award Date", "Planned Dates:Start Date", "Planned Dates:End Date",
    "Recipient Org:Identifier", "Recipient Org:Name", "Funding Org:Identifier", "Funding Org:Name",
    "Grant Programme:Title",
)  # fmt: skip


def test_the_360giving_standard_gives_parties_by_their_identifiers() -> None:
    rows = [
        (
            "360G-1",
            "Helpline",
            500,
            "2024-03-04",
            "2024-04-01",
            "2026-03-31",
            "GB-CHC-298028",
            "VS",
            "",
            BODY,
            "Fund A",
        ),
        ("360G-2", "Outreach", 70, "2024-03-04", "", "", "GB-CHC-9999999", "Hope House", "", BODY, "Fund A"),
        ("360G-3", "Drop-in", 80, "2024-03-04", "", "", "GB-CHC-9999999", "Hope House Trust", "", BODY, "Fund A"),
    ]
    record = record_of(csv_of(STANDARD, *rows))
    assert [said(flow) for flow in record.flows] == [
        ("Victim Support", "500.00", "2024/25-2025/26"),
        ("Hope House", "70.00", "2023/24"),
        ("Hope House", "80.00", "2023/24"),
    ]
    assert {programme.name for flow in record.flows for programme in flow.programmes} == {"Fund A"}
    assert record.decision.body is not None and record.decision.body.name == NORFOLK
    assert all(flow.band is Band.SURE and flow.funder is not None for flow in record.flows)
    assert {name.entity.name: name.org_id for name in record.new_names}["Hope House"] == "GB-CHC-9999999"
    back = record_of_triples(record_triples(record))
    assert {name.org_id for name in back.new_names} == {"", "GB-CHC-9999999"}


def test_what_stands_above_a_table_holds_for_its_rows() -> None:
    lines = ("Home Office Safer Streets Fund Round 4", "Year: 2023/24", "All figures in £000")
    (flow,) = record_of(csv_of(BODY, *lines, ("Recipient", "Award"), (A, "12.5"))).flows
    assert said(flow) == (A, "12500.00", "2023/24")
    assert flow.fund is not None and flow.fund.name.startswith("Safer Streets Fund")


def test_the_day_of_publication_is_no_year_of_money() -> None:
    (flow,) = record_of(csv_of("Grants", "Published: 12 May 2025", ("Recipient", "Award"), (A, 5))).flows
    assert flow.years == ()


def test_each_sheet_has_its_own_year() -> None:
    rows = (("Recipient", "Award"), (A, 5), (B, 6))
    flows = record_of(xlsx_of({"2022-23": rows, "2023-24": rows}, "norfolk-pcc-grants.xlsx")).flows
    assert [flow.years for flow in flows] == [("2022/23",)] * 2 + [("2023/24",)] * 2
    assert {flow.funder.name for flow in flows if flow.funder} == {NORFOLK}


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("list.csv", ("Office of the Police & Crime Commissioner for Norfolk",)),
        ("list.csv", ("OPCC for Norfolk - grants",)),
        ("norfolk_opcc_grants.csv", ()),
        ("NorfolkPCC-grants-2024.csv", ()),
        ("list.csv", ("Grants of the Norfolk Commissioner",)),
    ],
)
def test_the_body_is_named_by_a_title_or_the_file(name: str, lines: tuple[str, ...]) -> None:
    record = record_of(csv_of(*lines, ("Recipient", "Award"), (A, 5), (B, 6), name=name))
    assert record.decision.body is not None and record.decision.body.name == NORFOLK


def test_a_sum_of_each_year_says_so() -> None:
    headings = ("Provider", "Start date", "End date", "Annual value")
    (flow,) = record_of(csv_of("Contracts", headings, (A, "01/04/2022", "31/03/2025", 5))).flows
    assert flow.per_year and len(flow.years) == 3


def test_a_body_that_nothing_names_stays_open() -> None:
    record = record_of(csv_of("Grants 2024/25", ("Recipient", "Award"), (A, 5), (B, 6)))
    assert record.decision.body is None
    assert all(flow.funder is None and flow.band is not Band.SURE for flow in record.flows)
    assert "whose list it is" in record.issues[0]


def test_a_line_above_a_group_of_rows_says_what_they_are_for() -> None:
    rows = [("Domestic abuse",), (A, 5), (B, 6), ("Serious violence",), ("C Trust", 7)]
    flows = record_of(csv_of("Grants 2023/24", ("Recipient", "Award"), *rows)).flows
    assert [flow.purpose for flow in flows] == ["Domestic abuse", "Domestic abuse", "Serious violence"]


def test_a_budget_without_payees_sets_money_aside() -> None:
    rows = [("Victim services", 100), ("Youth diversion", 50)]
    flows = record_of(csv_of("Budget 2024/25", ("Programme", "Budget"), *rows)).flows
    assert {flow.kind for flow in flows} == {FlowKind.ALLOCATION}
    assert [flow.programmes[0].kind for flow in flows] == [EntityKind.PROGRAMME] * 2


def test_ceilings_stay_ceilings() -> None:
    (flow,) = record_of(csv_of("Grants 2024/25", ("Recipient", "Award"), (A, "up to £5,000"))).flows
    assert flow.basis is Basis.CEILING


MONTH = ("Date", "Supplier", "Ref", "Net")
APRIL = [(datetime.date(2024, 4, 3), A, 1, 40), (datetime.date(2024, 4, 9), A, 2, 40)]
MAY = [(datetime.date(2024, 5, 3), A, 3, 40), (datetime.date(2024, 5, 9), B, 4, 7)]


def test_a_sheet_that_repeats_or_sums_up_others_adds_no_money() -> None:
    sheets = {
        "Summary": (("Supplier", "Total"), (A, 120), (B, 7)),
        "April": (MONTH, *APRIL),
        "May": (MONTH, *MAY),
        "All": (MONTH, *APRIL, *MAY),
    }
    record = record_of(xlsx_of(sheets, "norfolk-pcc-payments.xlsx"))
    assert len(record.flows) == 8
    again = {relation.subject for relation in record.flow_relations if relation.link is FlowLink.RESTATES}
    assert {flow.evidence[0].locator.split(",")[0] for flow in record.flows if flow.id in again} == {"All"}
    assert len(again) == 4
    assert [(total.label, total.amount, len(total.parts)) for total in record.totals] == [(A, 120, 3), (B, 7, 1)]


def test_a_long_list_has_a_passage_for_each_payee() -> None:
    rows = [
        ("03/04/2024", (A, B)[number % 2], ("Grant", "Training")[number % 3 > 1], number + 1) for number in range(400)
    ]
    assert len(rows) > MOST_ROWS
    passages = record_of(csv_of(*SPEND, PAYMENT, *rows)).passages
    assert [passage.text for passage in passages if passage.locator == "Row 4"] == [
        f"Supplier: {A}; Expense type: Grant, Training"
    ]
    assert len(passages) == 3


def test_a_record_of_a_list_is_valid_and_survives_the_graph() -> None:
    rows = [("03/04/2024", A, "Grant", 10), ("04/04/2024", B, "Rent", 20), ("Total", "", "", 30)]
    record = record_of(csv_of(*SPEND, PAYMENT, *rows))
    triples = record_triples(record)
    assert validate(triples, record.document) == []
    assert record_of_triples(triples).flows == record.flows


def test_a_table_without_sums_says_how_to_name_one() -> None:
    record = record_of(csv_of(("Name", "Town"), ("Alpha", "Norwich"), ("Beta", "Thetford")))
    assert record.flows == ()
    assert record.issues == ("No column of sums was found; set one with --columns 'Heading=amount', if there is one.",)


def test_years_that_may_be_either_are_left_open_and_said() -> None:
    record = record_of(csv_of("Grants", ("Recipient", "Year", "Award"), (A, "2024", 5), (B, "2023", 6)))
    assert [flow.years for flow in record.flows] == [(), ()]
    assert "years such as “2024” don't say which financial year they are" in record.issues[0]


_WORDS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=15)
_CELLS = st.one_of(st.none(), _WORDS, st.integers(-(10**7), 10**7), st.dates(datetime.date(2000, 1, 1)))
_HEADINGS = st.sampled_from(["Supplier", "Net", "Date", "Total", "2023/24", "Purpose", "Status", "Requested", "", "x"])


@settings(max_examples=80, deadline=None)
@given(st.lists(_HEADINGS, min_size=1, max_size=6), st.lists(st.lists(_CELLS, min_size=1, max_size=6), max_size=8))
def test_any_list_gives_a_valid_record_and_loses_no_sum(headings: list[str], rows: list[list[object]]) -> None:
    document = csv_of("Norfolk PCC", tuple(headings), *rows)
    record = record_of(document)
    assert validate(record_triples(record), record.document) == []
    assert all(flow.amount > 0 for flow in record.flows)
    for flow in record.flows:
        evidence = flow.evidence[0]
        assert document.text[evidence.start : evidence.end] == evidence.quote
    assert record == record_of(document)


_ROWS = st.tuples(st.sampled_from(["", A, B, "Total", "TBC", "Total Care CIC"]), st.integers(-500, 500) | st.none())


@settings(max_examples=100, deadline=None)
@given(st.lists(_ROWS, min_size=1, max_size=9))
@example([("", -6), ("", -1)])  # the last is what the two above come to, and less than nothing
def test_every_sum_is_a_flow_a_total_a_refund_or_said_to_be_unread(rows: list[tuple[str, int | None]]) -> None:
    stated = [(A, 5), *((name, abs(sum_) if name == "Total" else sum_) for name, sum_ in rows if sum_ is not None)]
    document = csv_of("Norfolk PCC grants 2023/24", ("Recipient", "Award"), *stated)
    (table,) = mapped_tables(document, names())
    read = read_rows(table.mapping, table.setting.block.rows)
    found = [one.amount for one in read.sums] + [total.amount for total in read.totals]
    found += [amount for _, amount in (*read.refunds, *read.without_payee)]
    assert sorted(found) == sorted(Decimal(sum_) for _, sum_ in stated if sum_)
