"""Compare a table's stated totals with the sums of their rows."""

from __future__ import annotations

from collections.abc import Iterator

from graph.model import Check, Evidence, Verdict
from ingest.columns.rows import RowTotal, TableRows
from ingest.document import Document, Row
from ingest.extract.checks.figures import compare, sum_message


def total_checks(document: Document, rows: TableRows) -> Iterator[Check]:
    """Yield a check for each total below its rows; for totals elsewhere, only if they disagree with their rows."""
    for total in rows.totals:
        verdict = compare(total.amount, total.added)
        if total.rows > 1 and (total.is_below or verdict is not Verdict.CONSISTENT):
            yield _check(document, total, verdict)


def evidence_of(document: Document, row: Row) -> Evidence:
    """Return a row as evidence: its words, locator and offsets."""
    return Evidence(row.locator, document.text[row.start : row.end], row.page, row.start, row.end)


def place_of_row(locator: str) -> str:
    """Return a row's locator in the form for sentences: "row 12 of “Payments”"."""
    sheet, _, row = locator.rpartition(", ")
    return f"{row} of “{sheet}”" if sheet else row[:1].lower() + row[1:]


def _check(document: Document, total: RowTotal, verdict: Verdict) -> Check:
    what = (
        f"The {total.rows} rows of “{total.column.called}”" if total.is_below else f"The {total.rows} sums of the row"
    )
    message = sum_message(what, total.added, total.amount, place_of_row(total.row.locator))
    figures = (total.added, total.amount)
    return Check(verdict, figures, message, (evidence_of(document, total.row),), "sum")
