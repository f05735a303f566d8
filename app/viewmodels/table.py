"""A table as display text: cells with links, also as CSV for spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass

from graph.exports.table import csv_text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell."""

    text: str
    href: str = ""  #: where the text leads; "" for nowhere
    note: str = ""  #: small words under the text
    plain: str | None = None  #: what a spreadsheet gets, where it differs from the text (a bare number)
    told: str = ""  #: small words that a spreadsheet gets besides, as the page says them once for all rows
    hint: str = ""  #: words behind a mark beside the text, on hover; a spreadsheet has them among the small words


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()  #: columns of figures, set to the right
    caption: str = ""


def cells(*texts: str | Cell) -> tuple[Cell, ...]:
    """Return a row made of these cells; text becomes a plain cell."""
    return tuple(text if isinstance(text, Cell) else Cell(text) for text in texts)


def table_csv(table: Table) -> str:
    """Return a table as CSV: figures without pound signs and commas, and the small words in a last column."""
    rows = [[cell.text if cell.plain is None else cell.plain for cell in row] for row in table.rows]
    notes = [
        "; ".join(
            f"{column}: {'; '.join(part for part in (cell.told, cell.note, cell.hint) if part)}"
            for column, cell in zip(table.columns, row, strict=True)
            if cell.told or cell.note or cell.hint
        )
        for row in table.rows
    ]
    if not any(notes):
        return csv_text(table.columns, rows)
    return csv_text((*table.columns, "Notes"), [[*row, note] for row, note in zip(rows, notes, strict=True)])
