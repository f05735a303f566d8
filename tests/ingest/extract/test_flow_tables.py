"""Tables of any shape: what their columns hold, whom their rows are about, which rows are totals."""

from __future__ import annotations

import pytest
from told import flows, scope_of, told

from ingest.extract.tables.columns import Holds, columns_of


def table(heading: str, *rows: str) -> str:
    """Return a table in Markdown; cells are parted by bars."""
    width = heading.count("|") + 1
    return "\n".join(f"| {line} |" for line in (heading, "|".join(["---"] * width), *rows))


HEADINGS = {
    "Provider": Holds.RECIPIENT,
    "Supplier": Holds.RECIPIENT,
    "Awarded to": Holds.RECIPIENT,
    "Organisation": Holds.RECIPIENT,
    "Name of group": Holds.RECIPIENT,
    "Local authority": Holds.RECIPIENT,
    "Scheme": Holds.PROGRAMME,
    "Workstream": Holds.PROGRAMME,
    "Service name": Holds.PROGRAMME,
    "Funding stream": Holds.FUND,
    "Paid from": Holds.FUND,
    "Funder": Holds.FUNDER,
    "Contributor": Holds.FUNDER,
    "Period": Holds.PERIOD,
}
MONEY = {
    "Award": (Holds.MONEY, 1, ()),
    "2023/24": (Holds.MONEY, 1, ("2023/24",)),
    "Budget 24/25": (Holds.MONEY, 1, ("2024/25",)),
    "£000": (Holds.MONEY, 1000, ()),
    "Norfolk Council": (Holds.MONEY, 1, ()),
    "Grant (£)": (Holds.MONEY, 1, ()),
}
TABLES = {
    "payees": (
        table(
            "Organisation | Project | Award 2023/24 (£)", "Oak Trust | Helpline | 40,000", "Hestia | Refuge | 25,500"
        ),
        ["PCC > Hestia: 25500 2023/24", "PCC > Oak Trust: 40000 2023/24"],
    ),
    "years as columns": (
        table("Supplier | 2023/24 | 2024/25 | Combined", "Cranstoun | £7 | £8 | £15", "Hestia | £5 | £4 | £9"),
        [
            "PCC > Cranstoun: 7 2023/24",
            "PCC > Cranstoun: 8 2024/25",
            "PCC > Hestia: 4 2024/25",
            "PCC > Hestia: 5 2023/24",
        ],
    ),
    "years as rows": (
        table("Year | Award to Hestia", "2023/24 | £5,000", "2024/25 | £6,000"),
        None,
    ),
    "payers as columns": (
        table("Year | Home Office | Norfolk County Council", "2023/24 | £200 | £25", "2024/25 | £210 | £30"),
        [
            "Home Office > PCC: 200 2023/24",
            "Home Office > PCC: 210 2024/25",
            "Norfolk County Council > ?: 25 2023/24",
            "Norfolk County Council > ?: 30 2024/25",
        ],
    ),
    "thousands": (
        table("Contributor | £000", "Norfolk County Council | 80", "Home Office | 300"),
        ["Home Office > PCC: 300000 2023/24", "Norfolk County Council > ?: 80000 2023/24"],
    ),
    "districts": (
        table("District | Amount", "Breckland | £12,000", "Norwich | £20,000"),
        ["PCC > Breckland District Council: 12000 2023/24", "PCC > Norwich City Council: 20000 2023/24"],
    ),
    "asked and given": (
        table("Applicant | Requested | Awarded", "Oak Trust | £12,000 | £10,000", "Hestia | £14,000 | £0"),
        ["PCC > Oak Trust: 10000 2023/24"],
    ),
    "open": (
        table("Item | Cost", "Evaluation (to be procured) | £10,000"),
        ["PCC > ?: 10000 2023/24"],
    ),
    "total by name": (
        table("Organisation | Award", "Hestia | £5,000", "Cranstoun | £6,000", "Total | £11,000"),
        ["PCC > Cranstoun: 6000 2023/24", "PCC > Hestia: 5000 2023/24"],
    ),
    "total by its figure": (
        table("Organisation | Award", "Hestia | £5,000", "Cranstoun | £6,000", " | £11,000"),
        ["PCC > Cranstoun: 6000 2023/24", "PCC > Hestia: 5000 2023/24"],
    ),
    "fund": (
        table("Funding stream | 2022/23 | 2023/24", "Safer Streets Fund | £300,000 | £0"),
        ["Home Office > PCC: 300000 2022/23"],
    ),
    "declined": (
        table("Applicant | Amount | Decision", "Hestia | £14,000 | Declined", "Cranstoun | £9,000 | Approved"),
        ["PCC > Cranstoun: 9000 2023/24", "PCC > Hestia: 14000 2023/24"],
    ),
    "no money": (table("Organisation | Staff", "Hestia | 14", "Cranstoun | 12"), []),
}


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_says_what_its_column_holds(heading: str) -> None:
    scope = scope_of(table(f"{heading} | Award", "Some words | £5,000", "Other words | £6,000"))
    block = next(block for block in scope.document.blocks if block.rows)
    assert columns_of(scope, block)[0].holds is HEADINGS[heading]


@pytest.mark.parametrize("heading", MONEY)
def test_a_column_of_sums_has_unit_and_years(heading: str) -> None:
    scope = scope_of(table(f"Item | {heading}", "Some words | £5,000", "Other words | £6,000"))
    column = columns_of(scope, next(block for block in scope.document.blocks if block.rows))[1]
    assert (column.holds, column.unit, column.years) == MONEY[heading]


@pytest.mark.parametrize(("words", "wanted"), [case for case in TABLES.values() if case[1] is not None])
def test_a_table_gives_its_flows(words: str, wanted: list[str]) -> None:
    assert flows(words) == wanted


def test_rows_are_flows_and_their_sum_is_a_total() -> None:
    record = told(table("Organisation | Award", "Hestia | £5,000", "Cranstoun | £6,000", "Total | £11,000"))
    assert [total.amount for total in record.totals] == [11000]


def test_a_paragraph_says_who_delivers_a_row() -> None:
    words = (
        "Harbour Line – a helpline for victims of fraud. The grant funds two posts in Oak Advice Trust.\n\n"
        + table("Service | 2023/24", "Harbour Line | £40,000", "Other work | £5,000")
    )
    assert "PCC > Oak Advice Trust: 40000 2023/24" in flows(words, title="Harbour Line service funding")
