"""Makes workbooks and separated values for tests, as spreadsheet programs write them."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Mapping, Sequence

Value = str | int | float | datetime.date | None
Rows = Sequence[Sequence[Value]]


def make_xlsx(
    sheets: Mapping[str, Rows],
    *,
    merged: Iterable[str] = (),
    hidden: Iterable[str] = (),
    formats: Mapping[str, str] | None = None,
) -> bytes:
    """Return a workbook.

    Args:
        sheets: The rows of each sheet by its name.
        merged: Ranges of the first sheet, such as "A1:C1".
        hidden: Names of sheets.
        formats: Number format by column letter of the first sheet.
    """
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if title in hidden:
            sheet.sheet_state = "hidden"
    first = book.worksheets[0]
    for letter, number_format in (formats or {}).items():
        for cell in first[letter]:
            cell.number_format = number_format
    for cells in merged:
        first.merge_cells(cells)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def make_csv(rows: Rows, *, separator: str = ",", encoding: str = "utf-8", ending: str = "\r\n") -> bytes:
    """Return separated values; dates stand as British spreadsheets write them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=ending)
    writer.writerows([[_words(value) for value in row] for row in rows])
    return out.getvalue().encode(encoding)


def _words(value: Value) -> str:
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)
