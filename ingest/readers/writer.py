"""Write a document as plain text in one common form, for the readers of marked-up formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.readers.characters import tidy
from ingest.readers.cleaning import clean
from ingest.readers.limits import MOST_CELLS, Room
from ingest.readers.markers import read_marker
from ingest.readers.tables import is_amount


@dataclass(frozen=True, slots=True)
class SpanCell:
    """A cell of a marked-up table with the number of columns and rows that it covers."""

    text: str
    columns: int = 1
    rows: int = 1


class Writer:
    """Collects paragraphs, items, headings and tables as text.

    `text` is the result; `headers` gives the number of header rows of the table at an offset of the text.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.headers: dict[int, int] = {}

    @property
    def text(self) -> str:
        """All text that was written."""
        return "".join(self._parts)

    def _put(self, line: str, end: str = "\n\n") -> None:
        self._parts.append(line + end)
        self._length += len(line) + len(end)

    def heading(self, words: str, level: int) -> None:
        """Write a heading of level 1 (top) to 6."""
        words = one_line(words)
        if words:
            self._put(f"{'#' * min(max(level, 1), 6)} {words}")

    def paragraph(self, words: str, *, bold: bool = False, indent: int = 0) -> None:
        """Write a paragraph; `bold` if all of its words are bold."""
        words = one_line(words)
        if words:
            words = re.sub(r"\A([#|>])", r"\\\1", words)
            bold = bold and len(words) <= 160 and "*" not in words
            self._put(" " * indent + (f"**{words}**" if bold else words))

    def item(self, words: str, marker: str, depth: int) -> None:
        """Write a list item; `marker` is "-" or its number with punctuation.

        A number at the start of the words is preferred.
        """
        words = one_line(words)
        if not words:
            return
        own = read_marker(words)
        if own is not None:
            words = words if own.number or not own.bullet else words[own.length :]
            marker = "" if own.number else marker
        self._put(f"{'  ' * depth}{marker} {words}" if marker else f"{'  ' * depth}{words}", "\n")

    def end_list(self) -> None:
        """Close a list."""
        self._put("", "\n")

    def table(self, rows: Iterable[Sequence[str]], *, header_rows: int | None = None) -> None:
        """Write a table; a table of one column is written as paragraphs."""
        grid = [[one_line(cell) for cell in row] for row in rows]
        width = max((len(row) for row in grid), default=0)
        if width < 2:
            for row in grid:
                self.paragraph(" ".join(row))
            return
        kept = [(index, row) for index, row in enumerate(grid) if any(row)]
        if not kept:
            return
        if header_rows is not None:
            self.headers[self._length] = sum(1 for index, _ in kept if index < header_rows)
        for _, row in kept:
            self._put("\t".join([*row, *[""] * (width - len(row))]), "\n")
        self._put("", "\n")

    def page_break(self) -> None:
        """Begin the next page."""
        self._put("", "\f")


def one_line(words: str) -> str:
    """Return the words normalised, with each run of white space as one space."""
    return re.sub(r"\s+", " ", tidy(words)).strip()


def expand(rows: Sequence[Sequence[SpanCell]], header_rows: int, room: Room) -> list[list[str]]:
    """Return the grid of a table whose cells cover several columns and rows.

    In a header a cell is repeated in all columns that it covers; below it stands in the first only. It is repeated in
    all rows that it covers, unless it is a figure. The grid's cells are subtracted from `room`.
    """
    whole = _width(rows)
    room.take(len(rows) * min(whole, MOST_CELLS))
    grid: list[dict[int, str]] = [{} for _ in rows]
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid[index]:
                column += 1
            words = clean(cell.text)
            wide = cell.columns if index < header_rows and cell.columns < whole else 1
            depth = min(max(cell.rows, 1), len(rows) - index)
            room.take((depth - 1) * min(cell.columns, 100))
            for down in range(depth):
                for right in range(min(cell.columns, 100)):
                    shown = right < wide and (down == 0 or not is_amount(words))
                    grid[index + down].setdefault(column + right, cell.text if shown else "")
            column += max(cell.columns, 1)
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    return [[row.get(column, "") for column in range(width)] for row in grid]


def _width(rows: Sequence[Sequence[SpanCell]]) -> int:
    return max((sum(cell.columns for cell in row) for row in rows), default=0)
