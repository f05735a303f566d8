"""Read separated values (.csv, .tsv) into a sheet: detect the separator and faults in quotation marks."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.readers.sheets import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_EMPTY_ROWS,
    MOST_ROWS,
    Room,
    Sheet,
    SheetRow,
)
from ingest.readers.writer import one_line

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 200
_LONGEST_CELL_IN_LINES = 60  #: a cell of more lines is a quotation mark that was never closed


@dataclass(frozen=True, slots=True)
class Separated:
    """The sheet, and messages on what could not be read."""

    sheet: Sheet
    issues: tuple[str, ...] = ()


def read_separated(text: str) -> Separated:
    """Return the sheet of a text whose values are separated by commas, semicolons, tabs or bars."""
    text, said = _said_separator(text.replace("\0", ""))
    separator = said or separator_of(text)
    issues: list[str] = []
    quoting = csv.QUOTE_MINIMAL
    if _has_open_quote(text, separator):
        quoting = csv.QUOTE_NONE
        issues.append("A quotation mark is never closed; each line was read as a row. Look the rows over.")
    rows: list[SheetRow] = []
    room = Room()
    cut = 0
    empty = 0
    for number, cells in enumerate(_records(text, separator, quoting), start=1 + (said != "")):
        row = _row(number, cells)
        cut += any(len(cell) > LONGEST_CELL for cell in cells)
        empty = 0 if row.cells else empty + 1
        if row.cells:
            if room.is_used_up:
                issues.append(_too_long(number))
                break
            rows.append(row)
            room.take(row)
        elif empty > MOST_EMPTY_ROWS:
            issues.append(f"More than {MOST_EMPTY_ROWS:,} empty rows end at row {number:,}; it was read to there.")
            break
    if cut:
        issues.append(f"{cut} rows have a cell of more than {LONGEST_CELL:,} characters; its rest was left out.")
    return Separated(Sheet("", tuple(rows)), tuple(issues))


def separator_of(text: str) -> str:
    """Return the character that cuts the most lines of a text into the same number of cells, at least two."""
    return max(SEPARATORS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    """Return how many rows have the most frequent number of cells, and that number."""
    records = islice(_records(text[:200_000], separator, csv.QUOTE_MINIMAL), _SAMPLE_ROWS)
    widths = Counter(sum(1 for cell in cells if cell.strip()) and len(cells) for cells in records)
    widths = Counter({width: count for width, count in widths.items() if width > 1})
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return count, width


def _said_separator(text: str) -> tuple[str, str]:
    """Return the text without a first line "sep=;", as Excel writes it, and the separator that it names."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and first[4:].rstrip("\r") in SEPARATORS:
        return rest, first[4:].rstrip("\r")
    return text, ""


def _has_open_quote(text: str, separator: str) -> bool:
    try:
        return any(
            cell.count("\n") > _LONGEST_CELL_IN_LINES
            for cells in csv.reader(_lines(text), delimiter=separator)
            for cell in cells
        )
    except csv.Error:  # a cell longer than the library takes
        return True


def _records(text: str, separator: str, quoting: int) -> Iterator[Sequence[str]]:
    try:
        yield from csv.reader(_lines(text), delimiter=separator, quoting=quoting)  # type: ignore[arg-type]
    except csv.Error:
        return


def _lines(text: str) -> Iterator[str]:
    position = 0
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end + 1
        yield text[position:end]
        position = end


def _row(number: int, cells: Sequence[str]) -> SheetRow:
    texts = [one_line(cell[:LONGEST_CELL]) for cell in cells[:MOST_COLUMNS]]
    while texts and not texts[-1]:
        texts.pop()
    return SheetRow(number, tuple(texts))


def _too_long(number: int) -> str:
    return (
        f"More than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells; row {number:,} and those below it were "
        "not read. Split the file."
    )
