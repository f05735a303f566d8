"""A table's stated totals against the rows that they add up."""

from __future__ import annotations

from collections.abc import Iterator

from graph.model import Check, Evidence, Verdict
from ingest.columns.rows import RowTotal, TableRows
from ingest.document import Document, Row
from ingest.extract.checks.figures import compare, sum_message


def total_checks(document: Document, rows: TableRows) -> Iterator[Check]:
    """Yield a comparison for each total below its rows; of totals beside them, only those that don't agree."""
    for total in rows.totals:
        verdict = compare(total.amount, total.added)
        if total.rows > 1 and (total.is_below or verdict is not Verdict.CONSISTENT):
            yield _check(document, total, verdict)


def evidence_of(document: Document, row: Row) -> Evidence:
    """Return a row as evidence."""
    return Evidence(row.locator, document.text[row.start : row.end], row.page, row.start, row.end)


def place_of_row(locator: str) -> str:
    """Return a row's locator as it reads inside a sentence: "row 12 of “Payments”"."""
    sheet, _, row = locator.rpartition(", ")
    return f"{row} of “{sheet}”" if sheet else row[:1].lower() + row[1:]


def _check(document: Document, total: RowTotal, verdict: Verdict) -> Check:
    what = (
        f"The {total.rows} rows of “{total.column.called}”" if total.is_below else f"The {total.rows} sums of the row"
    )
    message = sum_message(what, total.added, total.amount, place_of_row(total.row.locator))
    figures = (total.added, total.amount)
    return Check(verdict, figures, message, (evidence_of(document, total.row),), "sum")
