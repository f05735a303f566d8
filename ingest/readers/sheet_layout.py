"""Divide a sheet's rows: lines above a table, its header rows, its own rows, and notes below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.names.new_names import is_left_open
from ingest.readers.sheets import Sheet, SheetRow
from ingest.readers.tables import is_amount

_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}(?:\s.*)?|(?:19|20)\d{2}-\d{2}-\d{2}(?:[ T].*)?")
_NUMBER = re.compile(r"[-–(]?\s{0,9}[\d,. ]{0,40}\d\s{0,9}%?\)?")
_YEARS = re.compile(r"(?:FY\s*)?(?:19|20)?\d{2}\s*[/–-]\s*(?:20)?\d{2}|(?:FY\s*)?(?:19|20)\d{2}", re.IGNORECASE)
_UNIT = re.compile(r"[£$€%()\s'’0km]+|GBP|pounds", re.IGNORECASE)
_LONGEST_HEADING = 120
_NEAR = 3  #: rows below a heading within which the first figure is looked for
_MOST_FIGURES = 0.6  #: share of its rows in which a column has a figure, to be a column of figures


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table of a sheet. With two header rows, the first names groups of columns and the last names the columns."""

    header: tuple[SheetRow, ...]  #: none, one or two rows; none where the table begins with its first entry
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row outside tables: a title, "Period: April", a note."""

    row: SheetRow


SheetPart = SheetTable | SheetLine


def parts_of(sheet: Sheet) -> list[SheetPart]:
    """Return the lines and tables of a sheet in order; every row is in one of them, except repeated headings."""
    parts: list[SheetPart] = []
    rows = sheet.rows
    place = 0
    while place < len(rows):
        head = _heading_place(rows, place)
        first = head if head is not None else _first_figured(rows, place)
        if first is None:
            parts += [SheetLine(row) for row in rows[place:]]
            break
        header = _header(sheet, rows, place, first) if head is not None else ()
        start = first - (1 if len(header) > 1 and header[-1] is rows[first] else 0)
        parts += [SheetLine(row) for row in rows[place:start]]
        body = start + len(header)
        end = _end(rows, body, header)
        table, notes = _without_notes(_without_repeats(rows[body:end], header))
        parts.append(SheetTable(tuple(header), tuple(table)))
        parts += [SheetLine(row) for row in notes]
        place = end
    return parts


def is_figure(text: str) -> bool:
    """Return True if a cell is a number, a sum, a percentage or a date, but not if it is a bare year."""
    if not text or not (text[0].isdigit() or text[0] in "-–(£+.G~cC"):
        return False
    if _YEARS.fullmatch(text):
        return False
    return bool(_NUMBER.fullmatch(text)) or is_amount(text) or bool(_DATE.fullmatch(text))


def _has_figure(row: SheetRow) -> bool:
    return any(is_figure(text) for text in row.cells)


def _is_words(row: SheetRow) -> bool:
    """Return True if a row could be column headings: at least two cells, all of them short words."""
    filled = row.filled
    return (
        len(filled) >= 2
        and not _has_figure(row)
        and all(len(row.cells[index]) <= _LONGEST_HEADING for index in filled)
        and not _is_field(row)
    )


def _is_field(row: SheetRow) -> bool:
    """Return True if a row is a label with a colon and its value: "Period:" beside "April 2024"."""
    filled = row.filled
    return len(filled) == 2 and row.cells[filled[0]].endswith(":")


def _common_width(rows: Sequence[SheetRow]) -> int:
    """Return the most frequent number of filled cells among rows with at least two.

    The larger if two are as frequent.
    """
    widths = Counter(len(row.filled) for row in rows if len(row.filled) > 1)
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]


def _heading_place(rows: Sequence[SheetRow], start: int) -> int | None:
    """Return the index of the row that names the columns of the first table from `start` on; None if there is none.

    It is the first wide enough row of words with figures directly below it; else with an empty row between; in a table
    without figures, the first row of full width.
    """
    width = _common_width(rows[start:])
    if not width:
        return None
    wide = [index for index in range(start, len(rows)) if _is_words(rows[index]) and _is_wide(rows[index], width)]
    near = [index for index in wide if any(_has_figure(row) for row in _below(rows, index))]
    touching = [index for index in near if any(_has_figure(row) for row in _block_below(rows, index))]
    first_figures = _first_figured(rows, start, width)
    for candidates in (touching, near):
        if candidates and (first_figures is None or candidates[0] < first_figures):
            return candidates[0]
    if first_figures is None and wide and wide[0] + 1 < len(rows):
        return wide[0]
    return None


def _is_wide(row: SheetRow, width: int) -> bool:
    return len(row.filled) >= max(2, -(-width * 6 // 10))


def _below(rows: Sequence[SheetRow], index: int) -> Sequence[SheetRow]:
    return [row for row in rows[index + 1 : index + 1 + _NEAR] if len(row.filled) > 1]


def _block_below(rows: Sequence[SheetRow], index: int) -> list[SheetRow]:
    """Return the rows that follow without an empty row in between."""
    block: list[SheetRow] = []
    for before, row in zip(rows[index:], rows[index + 1 : index + 1 + _NEAR], strict=False):
        if row.number != before.number + 1:
            break
        block.append(row)
    return [row for row in block if len(row.filled) > 1]


def _first_figured(rows: Sequence[SheetRow], start: int, width: int = 0) -> int | None:
    """Return the index of the first row with a figure that is as wide as the table; None if there is none."""
    width = width or _common_width(rows[start:])
    for index in range(start, len(rows)):
        row = rows[index]
        if len(row.filled) >= 2 and _is_wide(row, width) and _has_figure(row) and not _is_field(row):
            return index
    return None


def _header(sheet: Sheet, rows: Sequence[SheetRow], start: int, head: int) -> list[SheetRow]:
    """Return the header rows of a table: the row of column names, with a row of groups above or of units below."""
    found = [rows[head]]
    if head > start and rows[head - 1].number == rows[head].number - 1:
        group = _spread(sheet, rows[head - 1])
        if len(group.filled) > 1 and not _has_figure(group) and not _is_field(group) and group.filled[0] > 0:
            return [group, *found]
    if head + 1 < len(rows) and rows[head + 1].number == rows[head].number + 1:
        below = rows[head + 1]
        goes_on = all(not rows[head].at(index) for index in below.filled) and not _has_figure(below)
        units = all(_UNIT.fullmatch(below.cells[index]) for index in below.filled)
        if (goes_on and len(below.filled) > 1) or units:
            return [_spread(sheet, rows[head]), below]
    return found


def _spread(sheet: Sheet, row: SheetRow) -> SheetRow:
    """Return a heading row in which a heading merged over several columns is repeated in each of them."""
    cells = list(row.cells)
    for index, text in enumerate(row.cells):
        columns = sheet.wide.get((row.number, index), 1)
        cells.extend([""] * (index + columns - len(cells)))
        for column in range(index + 1, index + columns):
            cells[column] = cells[column] or text
    return SheetRow(row.number, tuple(cells))


def _end(rows: Sequence[SheetRow], start: int, header: Sequence[SheetRow]) -> int:
    """Return the index after a table's last row: at the lines above the next table's heading, else the sheet's end."""
    for index in range(start + 1, len(rows)):
        if _opens_another(rows, start, index, header):
            while index - 1 > start and len(rows[index - 1].filled) == 1:
                index -= 1
            return index
    return len(rows)


def _opens_another(rows: Sequence[SheetRow], start: int, index: int, header: Sequence[SheetRow]) -> bool:
    """Return True if a row is the heading of another table: words over figures after an empty row, and other signs."""
    row = rows[index]
    if not header or not _is_words(row) or _texts(row) == _texts(header[-1]):
        return False
    above = index - 1
    while above > start and len(rows[above].filled) == 1 and not _has_figure(rows[above]):
        above -= 1
    empty = row.number - rows[above].number - 1 - (index - 1 - above)
    shares = bool(set(_texts(row)) & set(_texts(header[-1])))
    if not empty or not (empty > 1 or above < index - 1 or shares):
        return False
    figures = _columns_of_figures(rows[start:index])
    over = [row.at(column) for column in figures if row.at(column)]
    names_columns = bool(over or not figures) and not any(is_left_open(text) for text in over)
    return names_columns and any(_has_figure(each) for each in _block_below(rows, index))


def _columns_of_figures(rows: Sequence[SheetRow]) -> list[int]:
    counts: Counter[int] = Counter()
    filled: Counter[int] = Counter()
    for row in rows:
        filled.update(row.filled)
        counts.update(index for index in row.filled if is_figure(row.cells[index]))
    return [column for column, count in counts.items() if count >= filled[column] * _MOST_FIGURES]


def _texts(row: SheetRow) -> tuple[str, ...]:
    return tuple(row.cells[index].casefold() for index in row.filled)


def _without_repeats(rows: Sequence[SheetRow], header: Sequence[SheetRow]) -> list[SheetRow]:
    """Return the rows without repetitions of the heading, as printed reports have on each page."""
    headings = {_texts(row) for row in header}
    return [row for row in rows if _texts(row) not in headings]


def _without_notes(rows: Sequence[SheetRow]) -> tuple[Sequence[SheetRow], Sequence[SheetRow]]:
    """Return the rows of a table, and the lines of words below it."""
    end = len(rows)
    while end and len(rows[end - 1].filled) == 1 and not _has_figure(rows[end - 1]):
        end -= 1
    return rows[:end], rows[end:]
