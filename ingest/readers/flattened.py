"""Tables that a copy has flattened to one cell a line: found by the even return of figures among short lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.markers import read_marker
from ingest.readers.pieces import Line, Piece, Span
from ingest.readers.tables import is_amount

_BAR = re.compile(r"\s*\|\s*\Z")
_ENDED = re.compile(r"(?:[.!?;]|\b(?:of|and|for|the|to|with|in|by|from|on|a|is|was))[\"'’”)\]]*\Z")
_SHORT_FORM = re.compile(r"(?:^|\s)(?:[A-Z][a-z]{1,3}|(?:[A-Z]\.)+[A-Z])\.\Z")
_EMPTY = re.compile(r"[-–—]+|nil|n/?a|none|tbc", re.IGNORECASE)
#: how the column of figures is headed; titles say "Awards" and "Grants"
_OF_MONEY = re.compile(
    r"£|\b(?:amount|award|grant|fund(?:ing)?|cost|value|sum|total|allocation|allocated|awarded|granted|budget|payment"
    r"|contribution|spen[dt]|spending|fee)\b|\A(?:FY\s*)?20\d\d\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"£|GBP|,\d{3}|\d\s?(?:k|m|bn|million)\b", re.IGNORECASE)
_LONGEST = 90  #: characters of a cell that no bar marks
_WIDEST = 6  #: columns


@dataclass(frozen=True, slots=True)
class _Cell:
    """One line as a cell: where its words stand, and whether it is a figure."""

    line: int
    span: Span
    words: str
    figure: bool
    empty: bool  #: a dash or "nil": a figure where figures stand
    gap: bool  #: a blank line stands before it


@dataclass(frozen=True, slots=True)
class Layout:
    """How a stretch of cells is a table: cells[start:end] in rows of some columns, `figures` those with figures."""

    start: int
    end: int
    width: int
    figures: frozenset[int]
    headed: bool
    cost: int  #: cells left over, and blank lines at odd places


def flattened_tables(lines: Sequence[Line]) -> dict[int, tuple[int, Piece]]:
    """Return the tables among lines: the number of a table's first line, that past its last, and the table."""
    found: dict[int, tuple[int, Piece]] = {}
    for cells in _stretches(lines):
        rows = _rows(cells)
        if rows:
            piece, first, last = _table(cells, lines, rows)
            found[first] = (last + 1, piece)
    return found


def _stretches(lines: Sequence[Line]) -> list[list[_Cell]]:
    """Return the runs of lines that may be cells; no more than one blank line stands between two of them."""
    runs: list[list[_Cell]] = [[]]
    blank = 0
    for number, line in enumerate(lines):
        if not line.text.strip():
            blank += 1
            continue
        cell = _cell(number, line, blank > 0)
        if cell is None or blank > 1:
            runs.append([])
        if cell is not None:
            runs[-1].append(cell)
        blank = 0
    return [run for run in runs if _holds_money(run)]


def _holds_money(cells: Sequence[_Cell]) -> bool:
    figures = [cell for cell in cells if cell.figure]
    signed = sum(1 for cell in figures if _SIGNED.search(cell.words))
    return signed > 1 or (len(figures) > 1 and any("£" in cell.words for cell in cells if not cell.figure))


def _cell(number: int, line: Line, gap: bool) -> _Cell | None:
    """Return a line as a cell; sentences, list items, headings and rows of a table are none."""
    bar = _BAR.search(line.text)
    words = (line.text[: bar.start()] if bar else line.text).strip()
    if "|" in words or "\t" in words or re.match(r"[#>]|\*\s", words) or not words:
        return None
    figure = is_amount(words)
    ended = _ENDED.search(words) is not None and _SHORT_FORM.search(words) is None
    if bar is None and not figure and (ended or len(words) > _LONGEST or read_marker(words) is not None):
        return None
    start, _ = line.span
    return _Cell(number, (start, start + len(words)), words, figure, _EMPTY.fullmatch(words) is not None, gap)


def _rows(cells: Sequence[_Cell]) -> list[list[_Cell | None]]:
    """Return header (or nothing) and rows of the table that the cells are; nothing if they are none."""
    layouts = [
        layout
        for width in range(2, _WIDEST + 1)
        for start in range(min(len(cells), 40))
        if (layout := _regular(cells, start, width)) is not None
    ]
    if layouts:
        best = min(layouts, key=lambda one: (not one.headed, one.cost, one.width, max(one.figures) < one.width - 1))
        return _in_columns(cells, best)
    return _by_last_figure(cells)


def _regular(cells: Sequence[_Cell], start: int, width: int) -> Layout | None:
    """Return the layout of rows of one width from `start`, if all figures stand in the same columns of them."""
    figures = frozenset(column for column, cell in enumerate(cells[start : start + width]) if cell.figure)
    if not figures or len(figures) == width or any(cell.figure for cell in cells[:start]):
        return None
    end = start
    while end + width <= len(cells) and _fits(cells[end : end + width], figures):
        end += width
    total = _total_at(cells, end, len(figures))
    if end - start < 2 * width or any(cell.figure for cell in cells[end + total :]):
        return None
    odd = sum(
        1 for column in range(width) if len({cells[at + column].gap for at in range(start + width, end, width)}) > 1
    )
    headed = start >= width and _is_header([cell.words for cell in cells[start - width : start]], figures)
    start -= width * headed
    left = max(0, start - 1) + len(cells) - end - total  # one cell before a table is its title
    return Layout(start, end + total, width, figures, headed, left + 3 * odd)


def _fits(cells: Sequence[_Cell], figures: frozenset[int]) -> bool:
    return all(cell.figure or cell.empty if column in figures else not cell.figure for column, cell in enumerate(cells))


def _total_at(cells: Sequence[_Cell], at: int, count: int) -> int:
    """Return how many cells a last row takes that has one word for all of its columns and then the figures."""
    last = cells[at : at + 1 + count]
    return len(last) if len(last) == 1 + count and _fits(last, frozenset(range(1, 1 + count))) else 0


def _is_header(words: Sequence[str], figures: frozenset[int]) -> bool:
    short = all(len(one.split()) <= 6 and len(one) <= 50 for one in words)
    return short and any(_OF_MONEY.search(words[column]) for column in figures)


def _in_columns(cells: Sequence[_Cell], layout: Layout) -> list[list[_Cell | None]]:
    start, width = layout.start, layout.width
    rows: list[list[_Cell | None]] = [] if layout.headed else [[]]
    rows += [list(cells[at : at + width]) for at in range(start, layout.end, width)]
    if len(rows[-1]) < width:
        label, *sums = rows[-1]
        places = dict(zip(sorted(layout.figures), sums, strict=True))
        rows[-1] = [label if column == 0 else places.get(column) for column in range(width)]
    return _from_labels(rows)


def _from_labels(rows: list[list[_Cell | None]]) -> list[list[_Cell | None]]:
    """Return rows of "label, value, label, value" as rows of values below the labels."""
    first, width = rows[1], len(rows[1])
    labels = [
        column
        for column in range(0, width, 2)
        if len({cell.words.casefold() for row in rows[1:] if (cell := row[column]) is not None}) == 1
    ]
    if rows[0] or width % 2 or len(labels) * 2 != width:
        return rows
    return [[first[column] for column in labels], *([row[column + 1] for column in labels] for row in rows[1:])]


def _by_last_figure(cells: Sequence[_Cell]) -> list[list[_Cell | None]]:
    """Return rows that end with their figures, where some lack a cell or have a heading of a group before them."""
    rows: list[tuple[list[_Cell], list[_Cell]]] = [([], [])]
    for cell in cells:
        if cell.figure or (cell.empty and rows[-1][1]):
            rows[-1][1].append(cell)
        else:
            if rows[-1][1]:
                rows.append(([], []))
            rows[-1][0].append(cell)
    rows = [row for row in rows if row[1]]
    counts = Counter(len(words) for words, _ in rows[1:])
    many = {len(figures) for _, figures in rows}
    if len(rows) < 3 or len(many) > 1 or not rows[0][0]:
        return []
    sums = many.pop()
    headed = [
        (sum(abs(len(words) - count) for words, _ in rows[1:]) + groups, -count, header)
        for count in counts
        for groups in range(3)
        if count and (header := _header_before(rows[0][0], count, sums, groups))
    ]
    if headed:
        _, negative, header = min(headed, key=lambda one: one[:2])
        own = rows[0][0][rows[0][0].index(header[-1]) + 1 :]
        return [list(header), *_aligned([(own, rows[0][1]), *rows[1:]], -negative)]
    count, times = counts.most_common(1)[0]
    first = rows[0][0][-count:] if count else []
    return [[], *_aligned([(first, rows[0][1]), *rows[1:]], count)] if count and times * 5 >= 3 * len(rows) else []


def _header_before(words: list[_Cell], count: int, sums: int, groups: int) -> list[_Cell]:
    """Return the header that stands before a first row of `count` words and `groups` headings, if it is one."""
    end = len(words) - count - groups
    header = words[max(0, end - count - sums) : max(0, end)]
    is_whole = len(header) == count + sums
    return (
        header if is_whole and _is_header([one.words for one in header], frozenset(range(count, count + sums))) else []
    )


def _aligned(rows: Sequence[tuple[list[_Cell], list[_Cell]]], count: int) -> list[list[_Cell | None]]:
    """Return the rows with `count` cells of words each; what stands before a row's own cells heads a group."""
    made: list[list[_Cell | None]] = []
    for words, figures in rows:
        made += [[group, *[None] * (count - 1 + len(figures))] for group in words[:-count]]
        own = words[-count:]
        made.append([*own, *[None] * (count - len(own)), *figures])
    return made


def _table(
    cells: Sequence[_Cell], lines: Sequence[Line], rows: Sequence[Sequence[_Cell | None]]
) -> tuple[Piece, int, int]:
    used = [cell for row in rows for cell in row if cell is not None]
    first, last = min(cell.line for cell in used), max(cell.line for cell in used)
    piece = Piece(lines[first].span[0], used[-1].span[1], page=lines[first].page, header_rows=1 if rows[0] else 0)
    for row in rows if rows[0] else rows[1:]:
        at = next(cell.span[0] for cell in row if cell is not None)
        piece.grid.append([cell.span if cell is not None else (at, at) for cell in row])
        piece.grid_pages.append(next(lines[cell.line].page for cell in row if cell is not None))
    return piece, first, last
