"""Tables as CSV: read back by the right library, no cell and no heading a formula."""

from __future__ import annotations

import csv
import io

from app.viewmodels.table import Cell, Table, table_csv
from graph.exports.table import csv_text


def test_a_table_reads_back_with_plain_figures() -> None:
    table = Table(("Name", "Amount"), ((Cell("A, B"), Cell("£1,234", plain="1234.00")), (Cell('"x"'), Cell("-5"))))
    assert list(csv.reader(io.StringIO(table_csv(table)))) == [["Name", "Amount"], ["A, B", "1234.00"], ['"x"', "-5"]]


def test_headings_made_of_names_are_made_safe_too() -> None:
    (heading, _) = csv.reader(io.StringIO(csv_text(["=1+1", "Other"], [["@x", "-2.5"]])))
    assert heading == ["'=1+1", "Other"]
