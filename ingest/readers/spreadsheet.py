"""Read Excel workbooks and separated values: each sheet becomes a heading with its lines and tables.

A row's locator is the sheet's name and the row's own number: "Payments, row 12".
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.document import Block, BlockKind, Cell, Document, Row
from ingest.readers.cleaning import clean
from ingest.readers.decoding import decode
from ingest.readers.separated import read_separated
from ingest.readers.sheet_layout import SheetLine, SheetTable, parts_of
from ingest.readers.sheets import Sheet, SheetRow
from ingest.readers.workbook import read_workbook

_LONGEST_KEY = 50
_GAP = "\n\n"


def read(data: bytes, name: str, settings: Settings) -> Document:
    """Return the Document of an Excel workbook, or of values separated by commas, semicolons, tabs or bars.

    Raises:
        UnreadableDocument: The content is binary or damaged.
    """
    if data[:2] == b"PK":
        book = read_workbook(data, name)
        return _document(data, name, "xlsx", book.sheets, book.issues)
    text = decode(data)
    if text is None:
        raise UnreadableDocument(f"{name}: the content is binary, not text; save it as .xlsx or .csv.")
    separated = read_separated(text)
    return _document(data, name, "csv", (separated.sheet,), separated.issues)


def _document(data: bytes, name: str, form: str, sheets: Sequence[Sheet], issues: tuple[str, ...]) -> Document:
    writer = _Writer()
    for sheet in sheets:
        writer.sheet(sheet)
    if not any(sign.isalnum() for block in writer.blocks if block.kind is not BlockKind.HEADING for sign in block.text):
        why = f" ({' '.join(issues)})" if issues else ""
        raise UnreadableDocument(f"{name}: no words in any visible sheet{why}; check that it was saved completely.")
    return Document(name, form, hashlib.sha256(data).hexdigest(), writer.text, tuple(writer.blocks), None, issues)


class _Writer:
    """Writes sheets as text and records the offsets of each block, row and cell."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """All text that was written."""
        return "".join(self._parts)

    def sheet(self, sheet: Sheet) -> None:
        """Write one sheet, with its name as a heading."""
        if sheet.name:
            start = self._put(sheet.name)
            words = clean(sheet.name)
            self.blocks.append(
                Block(BlockKind.HEADING, words, words, sheet.name, start, start + len(sheet.name), level=2)
            )
            self._put(_GAP)
        for part in parts_of(sheet):
            if isinstance(part, SheetLine):
                self._line(sheet, part.row)
            else:
                self._table(sheet, part)

    def _put(self, text: str) -> int:
        """Write text; return its offset."""
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start

    def _line(self, sheet: Sheet, row: SheetRow) -> None:
        """Write a row outside tables: a label with its value as a field, any other as a paragraph."""
        texts = [row.cells[index] for index in row.filled]
        is_field = len(texts) == 2 and len(texts[0]) <= _LONGEST_KEY and texts[0].endswith(":")
        start = self._put("\t".join(texts))
        end = self._length
        if is_field:
            start = end - len(texts[1])
        words = clean(texts[1] if is_field else " ".join(texts))
        if words:
            kind = BlockKind.FIELD if is_field else BlockKind.PARAGRAPH
            key = clean(texts[0]).rstrip(": ") if is_field else ""
            locator = _locator(sheet, row.number)
            self.blocks.append(Block(kind, words, locator, sheet.name, start, end, field_name=key))
        self._put(_GAP)

    def _table(self, sheet: Sheet, table: SheetTable) -> None:
        rows = [*table.header, *table.rows]
        width = max((len(row.cells) for row in rows), default=0)
        columns = [index for index in range(width) if any(row.at(index) for row in rows)]
        start = self._length
        header = tuple(self._row(sheet, row, columns) for row in table.header)
        body = tuple(self._row(sheet, row, columns) for row in table.rows)
        words = "\n".join("\t".join(row.texts) for row in [*header, *body])
        end = self._length - 1
        locator = _locator(sheet, rows[0].number)
        self.blocks.append(Block(BlockKind.TABLE, words, locator, sheet.name, start, end, header=header, rows=body))
        self._put("\n")

    def _row(self, sheet: Sheet, row: SheetRow, columns: Sequence[int]) -> Row:
        cells: list[Cell] = []
        for place, index in enumerate(columns):
            if place:
                self._put("\t")
            raw = row.at(index)
            start = self._put(raw)
            cells.append(Cell(clean(raw), start, start + len(raw)))
        self._put("\n")
        filled = [cell for cell in cells if cell.text] or cells
        return Row(
            tuple(cells), _locator(sheet, row.number), None, min(c.start for c in filled), max(c.end for c in filled)
        )


def _locator(sheet: Sheet, number: int) -> str:
    return f"{sheet.name}, row {number}" if sheet.name else f"Row {number}"
