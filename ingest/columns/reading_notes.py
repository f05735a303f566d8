"""Sentences for people on how a table was read: refunds, incomplete rows, years left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from graph.parse.money import format_pounds
from ingest.columns.mapping import ColumnMapping, Role
from ingest.columns.rows import TableRows
from ingest.document import Row


def notes_on_table(rows: TableRows) -> Iterator[str]:
    """Yield a sentence for each kind of row that was not counted or not read, with the first such row."""
    mapping = rows.mapping
    if not mapping.of(Role.AMOUNT, Role.REQUESTED):
        return
    if rows.refunds:
        total = format_pounds(sum((amount for _, amount in rows.refunds), Decimal(0)))
        first = rows.refunds[0][0]
        yield (
            f"{_rows(rows.refunds, 'has a sum', 'have sums')} below zero ({total}), as refunds and "
            f"reversals do; not counted. The first: {first.locator}."
        )
    if rows.without_payee:
        total = format_pounds(sum((amount for _, amount in rows.without_payee), Decimal(0)))
        missing = "payee" if mapping.one(Role.PAYEE) else "purpose"
        first = rows.without_payee[0][0]
        yield (
            f"{_rows(rows.without_payee, 'has a sum', 'have sums')} but no {missing} ({total}); not read. "
            f"The first: {first.locator}."
        )
    if rows.without_sum:
        yield (
            f"{_rows(rows.without_sum, 'has', 'have')} no sum that can be read; not read. "
            f"The first: {_shown(rows.without_sum[0], mapping)}."
        )
    if rows.zeros:
        first = rows.zeros[0]
        yield f"{_rows(rows.zeros, 'has a sum', 'have sums')} of £0; not read. The first: {first.locator}."
    if rows.calendar_years:
        yield (
            f"{mapping.table}: years such as “2024” don't say which financial year they are; left open for "
            f"{rows.calendar_years} sums."
        )


def _rows(rows: Sequence[object], one: str, several: str) -> str:
    return f"1 row {one}" if len(rows) == 1 else f"{len(rows):,} rows {several}"


def _shown(row: Row, mapping: ColumnMapping) -> str:
    """Return a row's locator with the words that stand in its sum column."""
    columns = mapping.of(Role.AMOUNT)
    texts = [row.cells[column.index].text for column in columns if column.index < len(row.cells)]
    words = ", ".join(f"“{text}”" for text in texts if text)
    return f"{row.locator} ({words})" if words else row.locator
