"""Sums of tables: rows, their totals, and rows that only look like one."""

from __future__ import annotations

from told import scope_of

from ingest.extract.account.sums import Said
from ingest.extract.tables.flows import read_tables


def marks(*rows: str, header: str = "Recipient | Amount") -> list[tuple[int, bool]]:
    """Return each sum of a table with whether it is a total."""
    lines = [header, "--- | ---", *rows]
    table = "\n".join(f"| {line} |" for line in lines)
    return [(int(one.amount), Said.TOTAL in one.said) for one in read_tables(scope_of(table))]


def test_a_row_that_says_so_is_a_total() -> None:
    assert marks("Alby Club | £10,000", "Holt Club | £15,000", "Total | £25,000")[-1] == (25000, True)


def test_a_payee_whose_award_equals_the_rows_above_is_no_total() -> None:
    assert marks("Alby Club | £10,000", "Holt Club | £15,000", "Cley Trust | £25,000")[-1] == (25000, False)


def test_a_row_without_words_that_equals_the_rows_above_is_a_total() -> None:
    assert marks("Alby Club | £10,000", "Holt Club | £15,000", " | £25,000")[-1] == (25000, True)


def test_a_payee_called_total_is_no_total() -> None:
    rows = ("Total Harbour Theatre | £10,000", "Holt Club | £15,000", "Total Marina Sailing | £7,000")
    assert marks(*rows) == [(10000, False), (15000, False), (7000, False)]


def test_the_only_figure_of_a_row_said_again_as_its_total_is_one_sum() -> None:
    found = marks("Alby Club | £10,000 | £10,000", header="Recipient | 2031/32 | Total")
    assert found == [(10000, False)]


def test_rows_of_one_table_are_of_one_series() -> None:
    table = "| Recipient | Amount |\n| --- | --- |\n| Alby Club | £3,000 |\n| Holt Club | £3,000 |"
    assert len({one.spot.series for one in read_tables(scope_of(table))}) == 1
