"""Tables copied as one cell per line: found by figures at regular intervals among short lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.columns.headings import is_heading
from ingest.readers.headings import load_headings
from ingest.readers.markers import read_marker
from ingest.readers.pieces import Line, Piece, Span
from ingest.readers.tables import is_amount

_ENDED = re.compile(r"(?:[.!?;]|\b(?:of|and|for|the|to|with|in|by|from|on|a|is|was))[\"'’”)\]]*\Z")
_SHORT_FORM = re.compile(r"(?:^|\s)(?:[A-Z][a-z]{1,3}|(?:[A-Z]\.)+[A-Z])\.\Z")
_UNIT = re.compile(r"\(?£(?:\s*['’]?000s?)?\)?\Z")
_EMPTY = re.compile(r"[-–—]*|nil|n/?a|none|tbc", re.IGNORECASE)
_SIGNED = re.compile(r"£|GBP|,\d{3}|\d{3}|\d\s?(?:k|m|bn|million)\b", re.IGNORECASE)
_LONGEST = 200  #: characters of a cell that no bar marks
_MOST = 4  #: cells of a row that stand after its figures


@dataclass(frozen=True, slots=True)
class _Cell:
    """One line as a cell; `figure` is 1 for a sum, and 2 for a dash or "nil", which can stand in place of a sum."""

    line: int
    span: Span
    words: str
    figure: int


_Row = list[_Cell | None]


@dataclass(frozen=True, slots=True)
class _Layout:
    """One way to read a stretch of cells as a table; the layout with the smallest `against` is chosen."""

    against: tuple[float, ...]
    header: _Row
    rows: list[_Row]


def flattened_tables(lines: Sequence[Line]) -> dict[int, tuple[int, Piece]]:
    """Return the tables among the lines: index of the first line -> (index after the last line, table)."""
    found: dict[int, tuple[int, Piece]] = {}
    for cells in _stretches(lines):
        layout = min(_layouts(cells), key=lambda one: one.against, default=None)
        if layout is None:
            continue
        header, rows = _from_labels(layout)
        used = [cell for row in (header, *rows) for cell in row if cell is not None]
        first, last = min(cell.line for cell in used), max(cell.line for cell in used)
        piece = Piece(lines[first].span[0], used[-1].span[1], page=lines[first].page, header_rows=min(len(header), 1))
        for row in [header, *rows] if header else rows:
            at = next(cell for cell in row if cell is not None)
            piece.grid.append([cell.span if cell is not None else (at.span[0], at.span[0]) for cell in row])
            piece.grid_pages.append(lines[at.line].page)
        found[first] = (last + 1, piece)
    return found


def _stretches(lines: Sequence[Line]) -> list[list[_Cell]]:
    """Return the runs of lines that may be cells, if they have at least two sums."""
    runs: list[list[_Cell]] = [[]]
    blank = 0
    for number, line in enumerate(lines):
        if not line.text.strip():
            blank += 1
            continue
        cell = _cell(number, line)
        if cell is None or blank > 1:
            runs.append([])
        if cell is not None:
            runs[-1].append(cell)
        blank = 0
    return [run for run in runs if sum(cell.figure == 1 for cell in run) > 1]


def _cell(number: int, line: Line) -> _Cell | None:
    """Return a line as a cell; None for sentences, list items, headings and rows of a table."""
    bar = line.text.rstrip().endswith("|")
    words = line.text.rstrip().removesuffix("|").strip() if bar else line.text.strip()
    if "|" in words or "\t" in words or re.match(r"[#>]|\*\s", words) or not (words or bar):
        return None
    figure = 1 if is_amount(words) and _SIGNED.search(words) else 2 if _EMPTY.fullmatch(words) else 0
    ended = _ENDED.search(words) is not None and _SHORT_FORM.search(words) is None and not is_heading(words)
    if not bar and not figure and (ended or len(words) > _LONGEST or read_marker(words) is not None):
        return None
    start, _ = line.span
    return _Cell(number, (start, start + len(words)), words, figure)


def _layouts(cells: Sequence[_Cell]) -> Iterator[_Layout]:
    """Yield the ways to read cells as rows: some words, the sums, and perhaps some words after them."""
    words: list[list[_Cell]] = [[]]
    sums: list[list[_Cell]] = []
    runs = _runs_of_figures(cells)
    longest = max((run for cell, run in zip(cells, runs, strict=True) if cell.figure == 1), default=1)
    for cell, run in zip(cells, runs, strict=True):
        if cell.figure == 1 or (cell.figure == 2 and sums and (not words[-1] or run == longest)):
            if not sums or words[-1]:
                sums.append([])
                words.append([])
            sums[-1].append(cell)
        else:
            words[-1].append(cell)
    *words, tail = words
    most = max(map(len, sums))
    for row, own in zip(words, sums, strict=True):
        while len(own) < most and row and row[-1].figure:
            own.insert(0, row.pop())  # a dash before the row's first sum
    for after in range(min(len(tail), _MOST) + 1 if len(sums) > 1 else 0):
        before = [words[0], *(row[after:] for row in words[1:])]
        rest = [own + row[:after] for own, row in zip(sums, [*words[1:], tail], strict=True)]
        if all(len(row) == most + after for row in rest):
            for count in range(min(_MOST + 2, max(map(len, before[1:]))) + 1):
                for groups in range(min(3, len(words[0]) - count + 1)):
                    yield from _layout(before, rest, count, groups, len(tail) - after)


def _runs_of_figures(cells: Sequence[_Cell]) -> list[int]:
    """Return, for each cell, how many figures and dashes follow from it without words in between."""
    runs = [0] * (len(cells) + 1)
    for place in reversed(range(len(cells))):
        runs[place] = runs[place + 1] + 1 if cells[place].figure else 0
    return runs[:-1]


def _layout(
    before: list[list[_Cell]], rest: list[list[_Cell]], count: int, groups: int, left: int
) -> Iterator[_Layout]:
    """Yield the layout with `count` words before a row's sums and `groups` headings above, if it is a table."""
    width = count + len(rest[0])
    lead, body = _cut(before[0], count + groups)
    columns = [count + place for place, cell in enumerate(rest[0]) if cell.figure]
    title, header = _header(lead, count, width)
    headed = len(header) == width and _is_header(header, columns)
    title = title if headed else lead
    uneven = sum(abs(len(row) - count) for row in before[1:])
    exact = sum(len(row) == count for row in before[1:]) + 1
    loose = count > 0 and rest[0][-1].figure > 0 and (headed or (len(rest) > 2 and exact * 5 >= 3 * len(rest)))
    if width < 2 or (uneven and not loose) or (groups and not headed):
        return
    rows: list[_Row] = []
    for words, end in zip([body, *before[1:]], rest, strict=True):
        heads, own = _cut(words, count)
        rows += [[head, *[None] * (width - 1)] for head in heads]
        rows.append([*own, *[None] * (count - len(own)), *end])
    # one cell before a table is its title, so that a header is seldom the first cell of all
    odd = uneven + groups + left + max(0, len(title) - 1) + (headed and not title) / 2
    yield _Layout((not headed, odd, -count), header if headed else [], rows)


def _header(lead: list[_Cell], count: int, width: int) -> tuple[list[_Cell], _Row]:
    """Return the cells before the first row without its header, and the header.

    A heading may have its unit on a line of its own ("2020/21", "£"); the column of words then seldom has a heading.
    """
    joined: list[_Cell] = []
    for cell in lead:
        if _UNIT.fullmatch(cell.words) and joined and not _UNIT.search(joined[-1].words):
            last = joined.pop()
            cell = _Cell(last.line, (last.span[0], cell.span[1]), f"{last.words} {cell.words}", 0)
        joined.append(cell)
    title, own = _cut(joined, width - count)
    if len(joined) < len(lead) and len(own) == width - count > 1 and all(_UNIT.search(cell.words) for cell in own):
        return title, [*[None] * count, *own]
    title, header = _cut(lead, width)
    return title, list(header)


def _cut(cells: list[_Cell], count: int) -> tuple[list[_Cell], list[_Cell]]:
    """Return the cells before the last `count`, and the last `count`."""
    place = max(0, len(cells) - count)
    return cells[:place], cells[place:]


def _is_header(cells: Sequence[_Cell | None], columns: Sequence[int]) -> bool:
    said = [cell.words if cell is not None else "" for cell in cells]
    short = all(len(words.split()) <= 6 and len(words) <= 50 for words in said)
    return short and any(_heads_sums(said[column]) for column in columns)


def _heads_sums(words: str) -> bool:
    """Return True if words head a column of sums; "Awards" and "Grants" do not, since titles say them too."""
    return "£" in words or re.search(rf"\b(?:{load_headings()['sums'].pattern})\b|\b20\d\d\b", words, re.I) is not None


def _from_labels(layout: _Layout) -> tuple[_Row, list[_Row]]:
    """Return header and rows; rows of "label, value, label, value" are changed into rows of values under the labels."""
    first = layout.rows[0]
    labels = range(0, len(first), 2)
    said = [{cell.words.casefold() if cell else "" for cell in column} for column in zip(*layout.rows, strict=True)]
    if layout.header or len(first) % 2 or any(len(said[place]) > 1 for place in labels):
        return list(layout.header), layout.rows
    return [first[place] for place in labels], [[row[place + 1] for place in labels] for row in layout.rows]
