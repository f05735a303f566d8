"""Tables set with spaces, dots or bars: lines of equal width with figures below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.pieces import Line, Piece, Span
from ingest.readers.tables import is_amount

_GAP = re.compile(r"\s{2,}|\s*\.{4,}\s*|\s+\|\s+")
_RULE = re.compile(r"[-:|\s]*")
_TYPED = re.compile(
    r"\d{1,2}[ ./-](?:\d{1,2}|[A-Z][a-z]{2,8})[ ./-](?:20)?\d\d|[A-Z]{0,6}[ /-]?\d[\d/.-]{3,}"
)  #: a date, a number
_MARKER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[-*•▪◦·●○■–]")

_Segments = list[Span]  #: of one line, from its own start


def spaced_tables(run: Sequence[Line]) -> list[tuple[int, int, Piece]]:
    """Return the tables in a run of lines as (start, end, table): a table takes run[start:end]."""
    found: list[tuple[int, int, Piece]] = []
    start = 0
    while start < len(run):
        end = start
        while end < len(run) and (len(_segments(run[end])) > 1 or (end > start and _wraps(run[end], run[start]))):
            end += 1
        rows = [line for line in run[start:end] if not _RULE.fullmatch(line.text)]
        if len(rows) > 1 and (grid := _grid(rows)):
            ruled = 1 if len(rows) < end - start and _RULE.fullmatch(run[start + 1].text) else None
            piece = Piece(rows[0].span[0], rows[-1].span[1], page=rows[0].page, grid=grid, header_rows=ruled)
            piece.grid_pages = [line.page for line in rows]
            found.append((start, end, piece))
        start = max(end, start + 1)
    return found


def _wraps(line: Line, first: Line) -> bool:
    """Return True if a line begins where a later column of the first line begins: it continues a cell."""
    return any(abs(line.indent - start) < 2 for start, _ in _segments(first)[1:])


def _segments(line: Line) -> _Segments:
    text = line.text.rstrip(" |")
    starts = [line.indent, *(match.end() for match in _GAP.finditer(text, line.indent))]
    ends = [*(match.start() for match in _GAP.finditer(text, line.indent)), len(text)]
    found = [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]
    if len(found) == 2 and _MARKER.fullmatch(text, *found[0]):
        return [(found[0][0], found[1][1])]  # an entry of a numbered list, not two cells
    return found


def _grid(rows: Sequence[Line]) -> list[list[Span]]:
    """Return the cells of each line; [] if no column holds figures or dates and the lines are uneven."""
    parts = [_segments(line) for line in rows]
    even = len({len(segments) for segments in parts}) == 1
    edges = list(range(len(parts[0]))) if even else _edges(parts)
    grid: list[list[Span]] = []
    figures: list[int] = []
    for line, segments in zip(rows, parts, strict=True):
        cells = [(line.start, line.start)] * len(edges)
        for order, (start, end) in enumerate(segments):
            column = order if even else max(place for place, edge in enumerate(edges) if edge <= start)
            if cells[column][0] < cells[column][1]:
                return []
            cells[column] = (line.start + start, line.start + end)
            words = line.text[start:end]
            figures += [column] * (is_amount(words) or _TYPED.fullmatch(words) is not None)
        grid.append(cells)
    typed = any(figures.count(column) > 1 for column in set(figures)) or (even and len(edges) > 2 < len(grid))
    return grid if len(edges) > 1 and typed else []


def _edges(parts: Sequence[_Segments]) -> list[int]:
    """Return the left edges of the columns: those of the first line if all lines keep to them, else common gaps."""
    first = [start for start, _ in parts[0]]
    if all(any(abs(start - one) < 2 for one in first) for segments in parts for start, _ in segments):
        return [start - 1 for start in first]
    edges: list[int] = []
    reach = -1
    for start, end in sorted(segment for segments in parts for segment in segments):
        if start > reach:
            edges.append(start)
        reach = max(reach, end)
    return edges
