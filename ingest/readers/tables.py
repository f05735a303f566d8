"""Turn a grid of cells into a table: wrapped cells joined, title rows and header rows found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.readers.cleaning import clean
from ingest.readers.pieces import Piece, Span

_BEFORE_SUM = r"[-–(]?\s*+(?:up to\s++|c\.?\s*+|circa\s++|approx\.?\s++)?[-–]?\s*+(?:£{0,2}|GBP)\s*+[-–]?\s*+"
_AFTER_SUM = r"(?:k|m|bn|million|thousand)?\s*+(?:\)|pa|p\.a\.|per annum|annually)?\*?"
_AMOUNT = re.compile(rf"{_BEFORE_SUM}\d[\d,. ]*+{_AFTER_SUM}", re.IGNORECASE)
_LONGEST_AMOUNT = 60
_YEAR = re.compile(r"(?:FY\s*)?(?:19|20)?\d{2}\s*[/–-]\s*(?:20)?\d{2}|(?:19|20)\d{2}")
_TOTAL = re.compile(r"(?:grand\s+|overall\s+)?totals?\b", re.IGNORECASE)
_UNFINISHED = re.compile(r"(?:\b(?:of|and|for|the|to|on|by|with|in|behalf)|[&,/(–-])\Z", re.IGNORECASE)


@dataclass(slots=True)
class GridCell:
    """A cell while its table is built: its words and their offsets."""

    text: str
    start: int
    end: int

    def add(self, other: GridCell) -> None:
        """Append the words of a cell that continues this one."""
        if not other.text:
            return
        if not self.text:
            self.text, self.start, self.end = other.text, other.start, other.end
            return
        self.text = f"{self.text}{'' if splits_figure(self.text, other.text) else ' '}{other.text}"
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)


@dataclass(slots=True)
class GridRow:
    """A row while its table is built."""

    cells: list[GridCell]
    page: int | None = None

    @property
    def texts(self) -> list[str]:
        """The words of each cell."""
        return [cell.text for cell in self.cells]

    @property
    def filled(self) -> list[int]:
        """The indices of the columns that hold words."""
        return [index for index, cell in enumerate(self.cells) if cell.text]

    @property
    def has_amount(self) -> bool:
        """True if a cell is a figure other than a year."""
        return any(is_amount(text) for text in self.texts)

    @property
    def span(self) -> Span:
        """The offsets from the first cell's words to the end of the last's."""
        cells = [cell for cell in self.cells if cell.text] or self.cells
        return min(cell.start for cell in cells), max(cell.end for cell in cells)


@dataclass(slots=True)
class Grid:
    """A table's header rows and body rows. The last header row names the columns; titles stand before it."""

    header: list[GridRow] = field(default_factory=list)
    body: list[GridRow] = field(default_factory=list)

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((len(row.cells) for row in [*self.header, *self.body]), default=0)

    @property
    def rows(self) -> list[GridRow]:
        """All rows: header, then body."""
        return [*self.header, *self.body]


def is_amount(text: str) -> bool:
    """Return True if a cell is one figure ("£226,369.00", "470,000", "£1.2m") and not a year."""
    if len(text) > _LONGEST_AMOUNT or _YEAR.fullmatch(text):
        return False
    return _AMOUNT.fullmatch(text) is not None


def splits_figure(above: str, below: str) -> bool:
    """Return True if two lines of a cell are one figure that was too wide for it ("£226,369.0" and "0")."""
    if re.fullmatch(r"\d{1,2}", below) is None or re.search(r"(?:,\d{0,2}|\.\d?)\Z", above) is None:
        return False
    return re.fullmatch(r"[-(]?£?\d{1,3}(?:,\d{3})*(?:\.\d\d)?", above + below) is not None


def read_grid(text: str, piece: Piece) -> Grid:
    """Return the table in one piece, with its header found and its wrapped cells joined."""
    pages = piece.grid_pages or [piece.page] * len(piece.grid)
    width = max(len(spans) for spans in piece.grid)
    rows = []
    for spans, page in zip(piece.grid, pages, strict=True):
        cells = [GridCell(clean(text[start:end]), start, end) for start, end in spans]
        edge = cells[-1].end if cells else piece.start
        cells.extend(GridCell("", edge, edge) for _ in range(width - len(cells)))
        rows.append(GridRow(cells, page))
    header_rows = piece.header_rows
    if header_rows is None:
        rows = join_wrapped([row for row in rows if row.filled])
        header_rows = _header_rows(rows)
    header, body = rows[:header_rows], [row for row in rows[header_rows:] if row.filled]
    return Grid([row for row in header if row.filled], body)


def join_continued(grid: Grid, after: Grid) -> bool:
    """Append `grid` to the table `after` if it continues it after a page break or blank line; return True if it did."""
    if not _continues(grid, after):
        return False
    repeated = [row.texts for row in grid.header] == [row.texts for row in after.header]
    after.body = join_wrapped([*after.body, *([] if repeated else grid.header), *grid.body])
    return True


def _continues(grid: Grid, after: Grid) -> bool:
    if grid.width != after.width or not grid.rows or not after.body:
        return False
    if grid.header and not _wraps(grid.header[0], after.body[-1]):
        return [row.texts for row in grid.header] == [row.texts for row in after.header]
    last = after.body[-1].texts
    closed = any(_TOTAL.match(cell) and "sub" not in cell.lower() for cell in last[:2])
    same_columns = _amount_columns(grid.body) <= _amount_columns(after.body)
    return not closed and same_columns and bool(after.header or grid.width > 2)


def join_wrapped(rows: list[GridRow]) -> list[GridRow]:
    """Return the rows with the lines of wrapped cells joined to the row that they belong to."""
    joined: list[GridRow] = []
    for row in rows:
        above = joined[-1] if joined else None
        if above is not None and _wraps(row, above):
            for cell, more in zip(above.cells, row.cells, strict=True):
                cell.add(more)
        else:
            joined.append(row)
    return joined


def _wraps(row: GridRow, above: GridRow) -> bool:
    """Return True if `row` is only the next line of cells in the row above."""
    shared = [index for index in row.filled if above.cells[index].text]
    figures = [index for index in shared if is_amount(row.cells[index].text)]
    if figures and all(splits_figure(above.cells[index].text, row.cells[index].text) for index in figures):
        return len(shared) == len(row.filled)
    if any(_open(above.cells[index].text) for index in shared) and not (row.has_amount and above.has_amount):
        return True
    if row.has_amount or not row.filled or len(shared) < len(row.filled):
        return False
    if above.has_amount and not row.cells[0].text:
        return True
    if not row.cells[0].text and len(row.filled) < len(above.filled) and not any(map(_YEAR.fullmatch, row.texts)):
        return True
    return all(
        row.cells[index].text[0].islower() or _UNFINISHED.search(above.cells[index].text) is not None
        for index in row.filled
    )


def _open(text: str) -> bool:
    return text.count("(") > text.count(")")


def _header_rows(rows: list[GridRow]) -> int:
    """Return how many rows from the top are titles or column names."""
    if not any(row.has_amount for row in rows):
        first = rows[0].texts if rows else []
        named = len(rows) > 1 and first and all(len(text) <= 60 for text in first) and bool(first[-1])
        return 1 if named and len(first) > 1 else 0
    count = 0
    while count < len(rows) and not rows[count].has_amount:
        count += 1
    if count == len(rows) or count == 0:
        return 0
    titles = 0
    while titles < count and len(rows[titles].filled) == 1 and len(rows[titles].cells) > 2:
        titles += 1
    if titles == count:  # only titles: the last of them may be a group of the body
        return count
    header = titles + 1
    while header < count and _goes_on(rows[header], rows[header - 1]):
        header += 1
    return header


def _goes_on(row: GridRow, above: GridRow) -> bool:
    """Return True if a row below a header row is its second line."""
    years = any(_YEAR.fullmatch(text) for text in row.texts)
    return (
        (len(row.filled) > 1 or bool(row.filled and row.filled[0]))
        and (not row.cells[0].text or years)
        and (len(above.filled) < len(above.cells) or years or not row.cells[0].text)
    )


def _amount_columns(rows: list[GridRow]) -> set[int]:
    return {index for row in rows for index, text in enumerate(row.texts) if is_amount(text)}


def drop_empty_columns(grid: Grid) -> None:
    """Remove the columns that hold no words in any row."""
    empty = {index for index in range(grid.width) if not any(row.cells[index].text for row in grid.rows)}
    for row in grid.rows:
        row.cells = [cell for index, cell in enumerate(row.cells) if index not in empty]
