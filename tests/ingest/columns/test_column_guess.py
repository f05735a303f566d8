"""Which column holds what: by headings in many words, checked against cells; sums that are other money stay apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from list_records import BODY, csv_of, mapping_of, roles, roles_of

from graph.errors import InvalidReference
from ingest.columns.headings import load_headings
from ingest.columns.mapping import ListKind, Role
from ingest.columns.phrases import FOLDER
from ingest.columns.row_words import load_row_words

A, B = "Harbour & Hope CIC", "Northside Youth Trust"


@pytest.mark.parametrize(
    ("heading", "cells", "role"),
    [
        ("Supplier", (A, B), "payee"),
        ("Supplier Name", (A, B), "payee"),
        ("Name of Organisation", (A, B), "payee"),
        ("Recipient organisation name", (A, B), "payee"),
        ("Grantee", (A, B), "payee"),
        ("Supplier ID", ("30012", "30013"), "ignored"),
        ("Supplier Type", ("Charity", "SME"), "ignored"),
        ("Amount", ("100", "200"), "amount"),
        ("Amount (£)", ("100", "200"), "amount"),
        ("Amount Awarded £", ("£1,200.00", "(200)"), "amount"),
        ("Net amount", ("100", "200"), "amount"),
        ("Amount exc. VAT", ("100", "200"), "amount"),
        ("Total inc VAT", ("100", "200"), "amount"),
        ("Grant 2023/24", ("100", "200"), "amount"),
        ("2024-25", ("100", "200"), "amount"),
        ("April 2024", ("100", "200"), "amount"),
        ("Amount", ("Alpha", "Beta"), "ignored"),
        ("Amount requested", ("100", "200"), "requested"),
        ("VAT", ("100", "200"), "ignored"),
        ("Match funding", ("100", "200"), "ignored"),
        ("Number of beneficiaries", ("100", "200"), "ignored"),
        ("Balance", ("100", "200"), "ignored"),
        ("£", ("100", "200"), "amount"),
        ("VAT registration number", ("123", "124"), "ignored"),
        ("Payment date", ("03/04/2024", "04/04/2024"), "date"),
        ("Date of award", ("April 2024", "May 2024"), "date"),
        ("Date", ("45385", "45386"), "date"),
        ("Financial year", ("2023/24", "2024/25"), "year"),
        ("Period", ("Apr-24", "May-24"), "year"),
        ("FY", ("23/24", "24/25"), "year"),
        ("Start date", ("01/04/2024", "01/04/2024"), "start"),
        ("Contract end date", ("31/03/2025", "31/03/2026"), "end"),
        ("Grant programme", ("Drive", "Respect"), "programme"),
        ("Funding stream", ("Community Fund", "Safer Streets"), "fund"),
        ("Project title", ("Football", "Boxing"), "purpose"),
        ("Expense type", ("Travel", "Rent"), "purpose"),
        ("Status", ("Approved", "Declined"), "status"),
        ("Transaction number", ("501222", "501223"), "reference"),
        ("Ward", ("Abbey", "Castle"), "place"),
        ("Charity number", ("1155238", "298028"), "payee-id"),
        ("Funding body", ("Home Office", "Ministry of Justice"), "payer"),
        ("Colour", ("red", "green"), "ignored"),
    ],
)
def test_a_heading_and_its_cells_tell_what_a_column_holds(heading: str, cells: tuple[str, str], role: str) -> None:
    document = csv_of(("Row", heading), *[(f"r{number}", cell) for number, cell in enumerate(cells)])
    assert roles_of(document)[1] == role


def test_every_column_says_how_sure_it_is_and_why() -> None:
    mapping = mapping_of(csv_of(("Supplier", "How much", "Net"), (A, "x", "5.00"), (B, "y", "6.00")))
    supplier, unknown, net = mapping.columns
    assert supplier.confidence > 0.9 and supplier.reasons == ("the heading is “supplier”",)
    assert unknown.confidence < 0.5 and unknown.reasons == ("nothing tells what it holds",)
    assert net.reasons[1] == "100% of its cells are sums"


@pytest.mark.parametrize(
    ("headings", "cells", "expected"),
    [
        (("Supplier", "Net", "VAT", "Gross"), (A, "100", "20", "120"), ("payee", "amount", "ignored", "ignored")),
        (("Supplier", "Gross"), (A, "120"), ("payee", "amount")),
        (("Supplier", "Amount", "Gross amount"), (A, "100", "120"), ("payee", "amount", "ignored")),
        (("Applicant", "Requested", "Awarded"), (A, "100", "80"), ("payee", "requested", "amount")),
        (("Applicant", "Awarded", "Paid to date"), (A, "100", "80"), ("payee", "amount", "ignored")),
        (("Provider", "Paid"), (A, "100"), ("payee", "amount")),
        (("Applicant", "Amount requested"), (A, "100"), ("payee", "requested")),
        (("Provider", "2023/24", "2024/25", "Total"), (A, "10", "20", "30"), ("payee", "amount", "amount", "total")),
        (("Provider", "2023/24", "Total"), (A, "10", "10"), ("payee", "amount", "total")),
        (("Provider", "2023/24", "Contract value"), (A, "10", "50"), ("payee", "amount", "ignored")),
        (("Provider", "Annual value", "Contract value"), (A, "10", "30"), ("payee", "ignored", "amount")),
        (("Provider", "Annual value"), (A, "10"), ("payee", "amount")),
        (("Provider", "Amount", "Value"), (A, "10", "20"), ("payee", "amount", "ignored")),
        (("Provider", "Total cost of project", "Grant"), (A, "90", "20"), ("payee", "ignored", "amount")),
    ],
)
def test_one_sum_of_each_year_counts(
    headings: tuple[str, ...], cells: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert roles_of(csv_of(headings, cells, cells)) == roles(*expected)


def test_a_column_that_adds_up_the_others_is_their_total_whatever_it_is_called() -> None:
    rows = [(A, 10, 20, 30), (B, 1, 2, 3), ("C Trust", 5, 5, 10)]
    document = csv_of(("Provider", "Amount 2023/24", "Amount 2024/25", "Value"), *rows)
    assert roles_of(document) == roles("payee", "amount", "amount", "total")


def test_an_organisation_beside_a_supplier_pays_where_it_is_always_the_same() -> None:
    rows = [("Norfolk PCC", name, 5) for name in (A, B, "C Trust", "D Trust")]
    assert roles_of(csv_of(("Organisation", "Supplier", "Amount"), *rows)) == roles("payer", "payee", "amount")


def test_columns_without_headings_are_told_by_their_cells() -> None:
    rows = [
        (A, "£1,200.00", "03/04/2024"),
        (B, "£700.50", "04/04/2024"),
        ("Ashford Women's Aid", "£9.99", "05/04/2024"),
    ]
    mapping = mapping_of(csv_of(*rows))
    assert [column.role for column in mapping.columns] == [Role.PAYEE, Role.AMOUNT, Role.DATE]
    assert all(column.confidence < 0.7 for column in mapping.columns)


def test_boroughs_are_payees_where_nobody_else_is() -> None:
    rows = [("Camden", 5000), ("Hackney", 6000), ("Islington", 7000)]
    assert roles_of(csv_of(("Borough", "Award"), *rows)) == roles("payee", "amount")
    with_payee = [("Camden", A, 5000), ("Hackney", B, 6000)]
    assert roles_of(csv_of(("Borough", "Provider", "Award"), *with_payee)) == roles("place", "payee", "amount")


STANDARD = ("Identifier", "Title", "Amount Awarded", "Award Date", "Recipient Org:Name", "Funding Org:Name")


def test_the_360giving_standard_is_recognised_whole() -> None:
    cells = ("360G-x-1", "Outreach", "500", "2024-04-01", A, BODY)
    mapping = mapping_of(csv_of(STANDARD, cells, cells))
    assert mapping.kind is ListKind.STANDARD
    assert [c.role for c in mapping.columns] == [
        Role.REFERENCE, Role.PURPOSE, Role.AMOUNT, Role.DATE, Role.PAYEE, Role.PAYER
    ]  # fmt: skip
    numbered = (*STANDARD[:4], "Recipient Org:0:Name", "Funding Org:0:Name")
    assert mapping_of(csv_of(numbered, cells, cells)).kind is ListKind.STANDARD
    assert mapping_of(csv_of(STANDARD[:5], cells[:5], cells[:5])).kind is ListKind.AWARDS


@pytest.mark.parametrize(
    ("title", "headings", "kind"),
    [
        ("", ("Supplier", "Net amount"), ListKind.SPENDING),
        ("", ("Recipient", "Award"), ListKind.AWARDS),
        ("Expenditure over £500", ("Name", "Amount"), ListKind.SPENDING),
        ("Grants awarded", ("Name", "Amount"), ListKind.AWARDS),
        ("", ("Name", "Amount"), ListKind.AWARDS),
    ],
)
def test_headings_and_titles_tell_payments_from_awards(title: str, headings: tuple[str, str], kind: ListKind) -> None:
    assert mapping_of(csv_of(title, headings, (A, "5.00"), (B, "6.00"))).kind is kind


def test_what_a_person_sets_wins_over_the_guess() -> None:
    document = csv_of(("Supplier", "Net", "Gross", "Fund"), (A, 10, 12, "x"), (B, 10, 12, "y"))
    assert roles_of(document, "Gross=amount,Fund=,Supplier=payer") == roles("payer", "ignored", "amount", "ignored")
    gross = mapping_of(document, "Gross=amount").columns[2]
    assert gross.is_set and gross.confidence == 1 and gross.reasons == ("set by a person",)


def test_two_sums_that_a_person_sets_both_count() -> None:
    document = csv_of(("Supplier", "Revenue", "Spend"), (A, 10, 12), (B, 10, 12))
    assert roles_of(document, "Revenue=amount,Spend=amount") == roles("payee", "amount", "amount")


def test_the_word_lists_are_checked_with_file_and_line(tmp_path: Path) -> None:
    for file, row, says in (
        ("columns.csv", "payee,,supplier|supplier\n", "line 2: 'supplier' .* stands twice"),
        ("columns.csv", "payeee,,supplier\n", "line 2: sense 'payeee' is not known"),
        ("columns.csv", "payee,payments,supplier\n", "line 2: list 'payments' is not known"),
        ("rows.csv", "totals,start,total\n", "line 2: 'totals' at 'start' is not known"),
    ):
        head = (FOLDER / file).read_text(encoding="utf-8").splitlines()[0]
        (tmp_path / file).write_text(f"{head}\n{row}", encoding="utf-8")
        load = load_headings if file == "columns.csv" else load_row_words
        load.cache_clear()
        with pytest.raises(InvalidReference, match=says):
            load(tmp_path)
    with pytest.raises(InvalidReference, match=r"restore the folder data/reading"):
        load_headings(tmp_path / "none")
