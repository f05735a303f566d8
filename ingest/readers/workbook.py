"""Read Excel workbooks into sheets of text; a formula gives the value that was stored with it."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from graph.errors import UnreadableDocument
from ingest.readers.limits import check_parts
from ingest.readers.sheet_marks import SheetMarks, read_marks
from ingest.readers.sheet_values import words_of_value
from ingest.readers.sheets import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_EMPTY_ROWS,
    MOST_ROWS,
    MOST_SHEETS,
    Room,
    Sheet,
    SheetRow,
)
from ingest.readers.tables import is_amount
from ingest.readers.writer import one_line

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

MOST_BYTES_OF_SHEETS = 20_000_000  #: that the sheets of a file unpack to; what lies behind them is not read
MOST_BYTES_BESIDE = 80_000_000  #: that shared texts, styles and the rest unpack to; they are read whole
_LEFT_ALONE = ("xl/media/", "xl/drawings/", "xl/charts/", "xl/externalLinks/", "xl/pivotCache/", "xl/embeddings/")
_DAMAGE = (ParseError, zipfile.BadZipFile, zlib.error, ValueError, KeyError, IndexError, TypeError, EOFError)
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")


@dataclass(frozen=True, slots=True)
class WorkbookRead:
    """The visible sheets of a workbook in order, and sentences on what was not read or is uncertain."""

    sheets: tuple[Sheet, ...]
    issues: tuple[str, ...] = ()


class _TooLong(Exception):
    """A part of the file unpacks to more than may be read."""


class _Limited(io.RawIOBase):
    """A part of the file that raises an error once the bytes allowed for all sheets are used up."""

    def __init__(self, source: IO[bytes], room: list[int]) -> None:
        self._source, self._room = source, room

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self._room[0] -= len(data)
        if self._room[0] < 0:
            raise _TooLong
        return data

    def close(self) -> None:
        self._source.close()
        super().close()


def read_workbook(data: bytes, name: str) -> WorkbookRead:
    """Return the sheets of an Excel file.

    Raises:
        UnreadableDocument: It is encrypted, damaged, not a workbook, or unpacks to far more than a workbook holds.
    """
    with _opened(data, name) as archive:
        _check(archive, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl would lose if it saved the file
        book = _load(data, name)
        try:
            return _Walker(book, name).read()
        finally:
            book.close()


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise UnreadableDocument(f"{name}: the workbook is truncated or damaged; fetch it again.") from error


def _check(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    check_parts(archive)
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableDocument(f"{name}: the file is encrypted; save it without a password.")
    if any(part.filename == "xl/workbook.bin" for part in parts):
        raise UnreadableDocument(f"{name}: a binary workbook (.xlsb); save it as .xlsx.")
    if not any(part.filename.startswith("xl/") for part in parts):
        raise UnreadableDocument(f"{name}: a zip file, but no Excel workbook; save it as .xlsx or .csv.")
    beside = [part for part in parts if not part.filename.startswith(("xl/worksheets/sheet", *_LEFT_ALONE))]
    sizeless = [part for part in parts if part not in beside and _lacks_size(archive, part)]
    if (
        sum(part.file_size for part in beside) > MOST_BYTES_BESIDE
        or sum(part.file_size for part in sizeless) > MOST_BYTES_OF_SHEETS
    ):
        raise UnreadableDocument(f"{name}: unpacks to far more than a workbook holds; it is not read.")


def _lacks_size(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Return True if a large sheet does not state its size, so that openpyxl would read all of it to find out."""
    if not part.filename.startswith("xl/worksheets/") or part.file_size < MOST_BYTES_OF_SHEETS:
        return False
    with archive.open(part) as source:
        return b"<dimension" not in source.read(4096)


def _load(data: bytes, name: str) -> Workbook:
    import openpyxl

    try:
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl raises anything on damaged files
        raise UnreadableDocument(
            f"{name}: the workbook is damaged ({type(error).__name__}); open it in Excel and save it anew."
        ) from error


class _Walker:
    """Reads the sheets one after the other within the limits on a file."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.book, self.name = book, name
        self.room = Room()
        self.bytes_left = [MOST_BYTES_OF_SHEETS]
        self.issues: list[str] = []

    def read(self) -> WorkbookRead:
        """Return all visible sheets."""
        self._say_links()
        hidden = [sheet.title for sheet in self.book.worksheets if sheet.sheet_state != "visible"]
        if hidden:
            quoted = ", ".join(f"'{title}'" for title in hidden[:5])
            self._say(f"{_counted(hidden, 'hidden sheet')} not read: {quoted}. Unhide what should be read.")
        sheets: list[Sheet] = []
        shown = [sheet for sheet in self.book.worksheets if sheet.sheet_state == "visible"]
        for sheet in shown[:MOST_SHEETS]:
            rows = self._rows(sheet)
            if rows:
                sheets.append(self._sheet(sheet, rows))
            if self.room.is_used_up:
                break
        if len(shown) > MOST_SHEETS:
            self._say(f"more than {MOST_SHEETS} sheets; those after '{shown[MOST_SHEETS - 1].title}' were not read.")
        return WorkbookRead(tuple(sheets), tuple(self.issues))

    def _say(self, words: str) -> None:
        self.issues.append(words[:1].upper() + words[1:])

    def _say_of(self, title: str, words: str) -> None:
        self._say(f"the sheet '{title}' {words}")

    def _say_links(self) -> None:
        names = self.book._archive.namelist()  # type: ignore[attr-defined]
        if any(part.startswith("xl/externalLinks/") for part in names):
            self._say(
                "the workbook takes values from other files; the values saved in it were read, "
                "and may be older than those files."
            )

    def _rows(self, sheet: Any) -> list[SheetRow]:
        """Return the rows of a sheet that have words, as far as the limits allow."""
        sheet.reset_dimensions()
        plain_source = sheet._get_source
        sheet._get_source = lambda: _Limited(plain_source(), self.bytes_left)
        rows: list[SheetRow] = []
        wide, long = 0, 0
        try:
            for row in self._filled(sheet):
                cells = row.cells
                wide += any(cells[MOST_COLUMNS:])
                long += any(len(cell) > LONGEST_CELL for cell in cells)
                kept = SheetRow(row.number, _trimmed([cell[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]]))
                if not kept.cells:
                    continue
                if self.room.is_used_up:
                    self._say(
                        f"more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells; from {_place(sheet, row.number)} on "
                        "nothing was read. Split the file."
                    )
                    break
                self.room.take(kept)
                rows.append(kept)
        except _TooLong:
            self._say_of(sheet.title, f"is too long; {_last(rows)}. Split it.")
        except _DAMAGE as error:
            self._say_of(sheet.title, f"is damaged ({type(error).__name__}); {_last(rows)}.")
        if wide:
            self._say_of(sheet.title, f"has more than {MOST_COLUMNS} columns; those further right were not read.")
        if long:
            words = f"has {long} rows with a cell of more than {LONGEST_CELL:,} characters; its rest was left out."
            self._say_of(sheet.title, words)
        return rows

    def _filled(self, sheet: Any) -> Iterator[SheetRow]:
        """Yield the rows that have words; stop after a long run of empty rows."""
        empty = 0
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
            texts = _trimmed([_words(cell) for cell in cells])
            empty = 0 if texts else empty + 1
            if texts:
                yield SheetRow(number, texts)
            elif empty > MOST_EMPTY_ROWS:
                return

    def _sheet(self, sheet: Any, rows: list[SheetRow]) -> Sheet:
        marks = self._marks(sheet)
        self._say_marks(sheet.title, marks, rows[-1].number)
        errors = [(row.number, index) for row in rows for index, cell in enumerate(row.cells) if _ERROR.fullmatch(cell)]
        if errors:
            number, column = errors[0]
            first = f"the first in row {number}, column {column + 1}"
            self._say_of(sheet.title, f"has {_counted(errors, 'cell')} in error, {first}; they count as empty.")
            rows = [SheetRow(row.number, _trimmed([_ERROR.sub("", cell) for cell in row.cells])) for row in rows]
            rows = [row for row in rows if row.cells]
        return Sheet(one_line(sheet.title), tuple(_filled_down(rows, marks)), marks.wide)

    def _marks(self, sheet: Any) -> SheetMarks:
        path = getattr(sheet, "_worksheet_path", "")
        try:
            with self.book._archive.open(path) as source:  # type: ignore[attr-defined]
                return read_marks(source, most_bytes=MOST_BYTES_OF_SHEETS)
        except _DAMAGE:
            return SheetMarks()

    def _say_marks(self, title: str, marks: SheetMarks, last: int) -> None:
        if marks.last_value > last + MOST_EMPTY_ROWS and not self.room.is_used_up:
            words = f"has words after {MOST_EMPTY_ROWS:,} empty rows below row {last:,}; they were not read."
            self._say_of(title, words)
        if marks.hidden_rows:
            self._say_of(title, f"has {marks.hidden_rows} hidden rows; they were read like the others.")
        if marks.hidden_columns:
            self._say_of(title, f"has {marks.hidden_columns} hidden columns; they were read like the others.")
        if marks.without_value:
            first = marks.without_value[0]
            count = _counted(marks.without_value, "formula")
            words = f"has {count} without a saved value, the first in {first}; they count as empty."
            self._say_of(title, f"{words} Open the file in Excel and save it.")


def _words(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return one_line(value)
    try:
        number_format = cell.number_format
    except (IndexError, AttributeError):  # a style that the file doesn't have
        number_format = "General"
    return words_of_value(value, number_format or "General")


def _trimmed(texts: Sequence[str]) -> tuple[str, ...]:
    kept = list(texts)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _filled_down(rows: list[SheetRow], marks: SheetMarks) -> Iterator[SheetRow]:
    """Yield the rows; words of a cell merged over several rows are repeated in each of them, a figure is not."""
    texts = {row.number: row for row in rows}
    for row in rows:
        cells = list(row.cells)
        for column, first in marks.deep.get(row.number, {}).items():
            words = texts[first].at(column) if first in texts else ""
            if words and not is_amount(words):
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = cells[column] or words
        yield SheetRow(row.number, tuple(cells))


def _place(sheet: Any, number: int) -> str:
    return f"row {number:,} of the sheet '{sheet.title}'"


def _last(rows: Sequence[SheetRow]) -> str:
    return f"its rows below {rows[-1].number:,} were not read" if rows else "nothing of it was read"


def _counted(things: Sequence[object], word: str) -> str:
    plural = {"formula": "formulas"}.get(word, f"{word}s")
    return f"{len(things)} {word if len(things) == 1 else plural}"
