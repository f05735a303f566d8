"""Tables that copying has flattened to lines, or that spaces, dots, bars and tabs set: they are tables again."""

from __future__ import annotations

import pytest

from ingest.document import Block, BlockKind
from ingest.readers import read_bytes

Rows = list[tuple[str, ...]]


def tables(text: str, name: str = "a.txt") -> list[Block]:
    return [block for block in read_bytes(text.encode(), name).blocks if block.kind is BlockKind.TABLE]


def lines(*cells: str, end: str = "", gap: str = "\n") -> str:
    return gap.join(f"{cell}{end}" for cell in cells)


NAMES = ("Purbeck Youth Aid", "Weymouth Town Council", "Bridport Trust")
PLAIN: Rows = [("Purbeck Youth Aid", "£41,200"), ("Weymouth Town Council", "£18,750"), ("Bridport Trust", "£1,000")]
TYPED: Rows = [("Purbeck Youth Aid", "Diversion", "£41,200"), ("Weymouth Town Council", "Safety", "£18,750")]

FLATTENED: dict[str, tuple[str, Rows, Rows]] = {
    "a name and a sum by turns": ("Awards\n" + lines(*sum(PLAIN, ())), [], PLAIN),
    "a blank line between": ("Awards\n\n" + lines(*sum(PLAIN, ()), gap="\n\n"), [], PLAIN),
    "a sum and a name by turns": (
        "Awards in 2024/25\n" + lines(*(cell for name, sum_ in PLAIN for cell in (sum_, name))), [],
        [(sum_, name) for name, sum_ in PLAIN],
    ),
    "three columns, bars at the end": (
        "These are the awards that were made.\n" + lines("Organisation", "Type", "Amount", *sum(TYPED, ()), end=" |"),
        [("Organisation", "Type", "Amount")], TYPED,
    ),
    "sums without a sign below a header with one": (
        lines("Organisation", "Amount (£)", "Purbeck Youth Aid", "41,200", "Bridport Trust", "750"),
        [("Organisation", "Amount (£)")], [("Purbeck Youth Aid", "41,200"), ("Bridport Trust", "750")],
    ),
    "two years, a dash, a total": (
        lines("Organisation", "Project", "2023/24", "2024/25", "Purbeck Youth Aid", "Beds", "£1,200", "£1,300",
              "Bridport Trust", "Advice", "£4,000", "-", "Total", "£5,200", "£1,300"),
        [("Organisation", "Project", "2023/24", "2024/25")],
        [("Purbeck Youth Aid", "Beds", "£1,200", "£1,300"), ("Bridport Trust", "Advice", "£4,000", "-"),
         ("Total", "", "£5,200", "£1,300")],
    ),
    "the sum in the middle, words after it": (
        lines("No", "Organisation", "Award", "Awarded for", "1", "Purbeck Youth Aid", "£41,200",
              "A club. It is open daily.", "2", "Bridport Trust Ltd.", "£750", "Safe beaches", end=" |"),
        [("No", "Organisation", "Award", "Awarded for")],
        [("1", "Purbeck Youth Aid", "£41,200", "A club. It is open daily."),
         ("2", "Bridport Trust Ltd.", "£750", "Safe beaches")],
    ),
    "heads of groups, a cell missing": (
        "Awards by district\n" + lines("Organisation", "Purpose", "Amount", "North", "Alby Club", "Boxing", "£3,000",
                                       "Holt Club", "£3,100", "South", "Cley Radio", "Radio course", "£3,200",
                                       "Total", "£9,300"),
        [("Organisation", "Purpose", "Amount")],
        [("North", "", ""), ("Alby Club", "Boxing", "£3,000"), ("Holt Club", "", "£3,100"), ("South", "", ""),
         ("Cley Radio", "Radio course", "£3,200"), ("Total", "", "£9,300")],
    ),
    "a label before each value": (
        lines("Organisation", "Alby Club", "Amount", "£3,000", "Project", "Boxing", "Organisation", "Holt Club",
              "Amount", "£3,100", "Project", "Chess"),
        [("Organisation", "Amount", "Project")], [("Alby Club", "£3,000", "Boxing"), ("Holt Club", "£3,100", "Chess")],
    ),
    "spaces": (
        "Organisation             Type        Amount\nPurbeck Youth Aid        Diversion  £41,200\n"
        "Weymouth Town Council    Safety     £18,750\n", [("Organisation", "Type", "Amount")], TYPED,
    ),
    "spaces and wrapped cells": (
        "Date         Decision            Detail\n"
        "12-Dec-31    Station             It is put on the market, jointly with\n"
        "                                 the county council.\n11-Dec-31    Terms of            They are agreed.\n"
        "             reference\n",
        [("Date", "Decision", "Detail")],
        [("12-Dec-31", "Station", "It is put on the market, jointly with the county council."),
         ("11-Dec-31", "Terms of reference", "They are agreed.")],
    ),
    "dots": ("Alby Club ............ £3,000\nHolt Club ............ £3,100\n", [],
             [("Alby Club", "£3,000"), ("Holt Club", "£3,100")]),
    "bars between": ("Organisation | Amount\nAlby Club | £3,000\nHolt Club | £3,100\n", [("Organisation", "Amount")],
                     [("Alby Club", "£3,000"), ("Holt Club", "£3,100")]),
    "bars between, a rule below the header": (
        "Organisation | Amount\n--- | ---\nAlby Club | £3,000\nHolt Club | £3,100\n", [("Organisation", "Amount")],
        [("Alby Club", "£3,000"), ("Holt Club", "£3,100")],
    ),
    "as many tabs as it takes": ("Organisation\t\tAmount\nAlby Club and Friends\t£3,000\nHolt\t\t\t£3,100\n",
                                 [("Organisation", "Amount")],
                                 [("Alby Club and Friends", "£3,000"), ("Holt", "£3,100")]),
    "a unit below each year": (
        lines("2030/31", "£", "2031/32", "£", "Alby", "1,500", "1,600", "Holt", "2,500", "2,600"),
        [("", "2030/31 £", "2031/32 £")], [("Alby", "1,500", "1,600"), ("Holt", "2,500", "2,600")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "header", "rows"), FLATTENED.values(), ids=FLATTENED)
def test_flattened_tables_are_tables(text: str, header: Rows, rows: Rows) -> None:
    (table,) = tables(text)
    assert [row.texts for row in table.header] == header
    assert [row.texts for row in table.rows] == rows


def test_cells_stand_at_their_place_and_the_text_around_stays() -> None:
    text = (
        "Awards\n\n" + lines(*sum(PLAIN, ())) + "\n\nThe fund opens again in May for all who did not apply in time.\n"
    )
    document = read_bytes(text.encode(), "a.txt")
    first, table, last = document.blocks
    assert (first.text, last.text[:8]) == ("Awards", "The fund")
    for row in table.rows:
        assert [document.text[cell.start : cell.end] for cell in row.cells] == list(row.texts)


NO_TABLES = {
    "labels of a head": "Reference\nPCD 2901\nDate signed\n12 May 2031\nTotal cost\n£45,000\nDecision by\nA Person\n",
    "numbers of paragraphs": "1.1\nThe first one\n1.2\nThe second one\n1.3\nThe third one\n",
    "sentences": "It gave £5,000 to a club.\nIt gave £6,000 to a school.\nIt gave £7,000 to a choir.\n",
    "a list": "- Alby Club - £3,000\n- Holt Club - £3,100\n",
    "labelled records": "Organisation: Alby Club\nAmount: £3,000\n\nOrganisation: Holt Club\nAmount: £3,100\n",
    "justified prose": "The   fund is open to all who   live there.\nIt  gives £5,000   to each   of them in May.\n",
}


@pytest.mark.parametrize("text", NO_TABLES.values(), ids=NO_TABLES)
def test_other_lines_are_no_table(text: str) -> None:
    assert tables(text) == []


def test_cells_of_a_page_that_sets_them_as_paragraphs_are_a_table() -> None:
    page = "".join(f"<div>{cell}</div>" for row in PLAIN for cell in row)
    (table,) = tables(f"<main><h1>Awards</h1>{page}</main>", "a.html")
    assert [row.texts for row in table.rows] == PLAIN
