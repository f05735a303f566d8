"""Tables whose columns are set with spaces, dots or bars: lines of one width, figures below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.pieces import Line, Piece, Span
from ingest.readers.tables import is_amount

_GAP = re.compile(r"\s{2,}|\s*\.{4,}\s*|\s+\|\s+")

_Segments = list[Span]  #: of one line, from its own start


def spaced_tables(run: Sequence[Line]) -> list[tuple[int, int, Piece]]:
    """Return the tables in a run of lines: run[start:end] and the table."""
    found: list[tuple[int, int, Piece]] = []
    start = 0
    while start < len(run):
        end = start
        while end < len(run) and len(_segments(run[end])) > 1:
            end += 1
        rows = run[start:end]
        if len(rows) > 1 and (grid := _grid(rows)):
            piece = Piece(rows[0].span[0], rows[-1].span[1], page=rows[0].page, grid=grid)
            piece.grid_pages = [line.page for line in rows]
            found.append((start, end, piece))
        start = max(end, start + 1)
    return found


def _segments(line: Line) -> _Segments:
    text = line.text.rstrip(" |")
    starts = [line.indent, *(match.end() for match in _GAP.finditer(text, line.indent))]
    ends = [*(match.start() for match in _GAP.finditer(text, line.indent)), len(text)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _grid(rows: Sequence[Line]) -> list[list[Span]]:
    """Return the cells of each line; nothing where the lines are no table, for want of figures in one column."""
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
            figures += [column] * is_amount(line.text[start:end])
        grid.append(cells)
    return grid if len(edges) > 1 and any(figures.count(column) > 1 for column in set(figures)) else []


def _edges(parts: Sequence[_Segments]) -> list[int]:
    """Return where the columns begin: after the gaps that all lines leave."""
    edges: list[int] = []
    reach = -1
    for start, end in sorted(segment for segments in parts for segment in segments):
        if start > reach:
            edges.append(start)
        reach = max(reach, end)
    return edges
