"""Sums of tables: rows, their totals, and rows that only look like one."""

from __future__ import annotations

from told import scope_of

from ingest.extract.sums.sums import Said
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


def test_a_first_row_of_units_says_what_the_columns_count() -> None:
    table = "Area                £000      %\nLocal Lamps        4,414    70%\nOars and Ropes     1,841    30%\n"
    assert [one.amount for one in read_tables(scope_of(f"The money is divided:\n\n{table}"))] == [4414000, 1841000]


def test_a_row_of_odd_sums_that_add_up_the_rows_above_is_a_total_whatever_it_is_called() -> None:
    rows = ("Alby Club | £10,241 | £11,034", "Holt Club | £15,332 | £12,077", "Tranche | £25,573 | £23,111")
    found = marks(*rows, header="Recipient | 2031/32 | 2032/33")
    assert (25573, True) in found and (23111, True) in found


def test_the_date_of_a_row_says_its_year() -> None:
    table = "| Date | Recipient | Amount |\n| --- | --- | --- |\n| 12 Dec 2031 | Alby Club | £3,000 |"
    assert [one.years.value for one in read_tables(scope_of(table))] == [("2031/32",)]
