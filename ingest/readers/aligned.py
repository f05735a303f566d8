"""Tables without ruled lines: rows of words in columns, found by the white gaps between the columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, reduce
from itertools import accumulate, pairwise
from statistics import median

from ingest.readers.hyphens import Hyphens
from ingest.readers.layout import ENDED, TextLine
from ingest.readers.markers import read_marker
from ingest.readers.tables import is_amount


def is_row_like(line: TextLine) -> bool:
    """Return True if a line may be a table's row: it has several segments, apart from each other."""
    return len(line.segments) > 1


def aligned_tables(lines: Sequence[TextLine]) -> list[tuple[int, int]]:
    """Return the tables without ruled lines as (first line, line after the last)."""
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        if not is_row_like(lines[index]):
            index += 1
            continue
        end = index + 1
        last_row = index
        while end < len(lines) and lines[end].top - lines[end - 1].bottom < 2.2 * (lines[end].bottom - lines[end].top):
            if is_row_like(lines[end]):
                last_row = end
            elif not _wraps_in_column(lines[end], lines[index:end]):
                break
            end += 1
        rows = lines[index : last_row + 1]
        if sum(1 for line in rows if is_row_like(line)) >= 2 and _holds_figures(rows):
            while (
                last_row + 1 < end
                and _wraps_in_column(lines[last_row + 1], rows)
                and (lines[last_row + 1].top - lines[last_row].bottom < 0.4 * (lines[index].bottom - lines[index].top))
            ):
                last_row += 1
            first = _titles_above(lines, index, last_row + 1, found[-1][1] if found else 0)
            found.extend(_apart(lines, first, last_row + 1))
            index = last_row + 1
        else:
            index += 1
    return found


def _titles_above(lines: Sequence[TextLine], start: int, end: int, floor: int) -> int:
    """Return the line at which a table begins when titles directly above its columns are included."""
    rows = [index for index in range(start, end) if is_row_like(lines[index])]
    gaps = [lines[index].top - lines[index - 1].bottom for index in rows[1:]]
    left, usual = column_edges(lines[start:end])[0], median(gaps)
    while start > floor:
        line, below = lines[start - 1], lines[start]
        short = len(line.segments) == 1 and len(line.words) <= 10 and ENDED.search(line.text) is None
        if not short or abs(line.left - left) > 3 or line.bold or read_marker(line.text) is not None:
            break
        if below.top - line.bottom > 1.3 * usual + 1 or abs(line.size - below.size) > 0.05 * below.size:
            break
        start -= 1
    return start


def _apart(lines: Sequence[TextLine], start: int, end: int) -> list[tuple[int, int]]:
    """Return the tables within a run of rows: a wide gap before a row without figures begins another table."""
    rows = [index for index in range(start, end) if is_row_like(lines[index])]
    clusters = row_clusters(lines[start:end])
    starts = list(accumulate(map(len, clusters[:-1]), initial=start)) if clusters else rows
    ends = [*starts[1:], end] if clusters else [index + 1 for index in starts]
    gaps = [lines[index].top - lines[index - 1].bottom for index in starts[1:]]
    usual = median(gaps) if gaps else 0.0
    cuts = [
        index
        for index, past, gap in zip(starts[1:], ends[1:], gaps, strict=True)
        if gap > 1.5 * usual + 1 and not any(map(_has_figure, lines[index:past]))
    ]
    shifts = _shifts(lines, rows)
    edges = sorted({start, *cuts, *shifts, end})
    return list(pairwise(edges))


def _shifts(lines: Sequence[TextLine], starts: Sequence[int]) -> list[int]:
    """Return the rows at which the columns change: full rows across the column gaps of at least three rows above."""
    shifts: list[int] = []
    first = starts[0] if starts else 0
    for index in starts:
        columns = len(column_edges(lines[first:index])) if index > first + 2 else 0
        full = len(lines[index].segments) == columns > 2
        if full and len(column_edges([*lines[first:index], lines[index]])) < columns:
            shifts.append(index)
            first = index
    return shifts


def _holds_figures(rows: Sequence[TextLine]) -> bool:
    figures = sum(1 for line in rows if any(is_amount(segment.text) for segment in line.segments))
    return figures >= 1 and figures * 3 >= sum(1 for line in rows if is_row_like(line))


def _wraps_in_column(line: TextLine, rows: Sequence[TextLine]) -> bool:
    """Return True if a line of one segment lies inside one column of the rows above."""
    if len(line.segments) != 1 or read_marker(line.text) is not None:
        return False
    edges = column_edges(rows)
    columns = [(start, end) for start, end in zip(edges, [*edges[1:], float("inf")], strict=True)]
    height = line.bottom - line.top
    return any(start - height <= line.left and line.right <= end for start, end in columns)


def column_edges(rows: Sequence[TextLine]) -> list[float]:
    """Return the left edges of the columns in points, from the white gaps that no segment of the rows crosses."""
    many = max(len(line.segments) for line in rows)
    spans = sorted(
        (segment.left, segment.right)
        for line in rows
        for segment in line.segments
        if len(line.segments) > 1 or many == 1
    )
    edges: list[float] = []
    reach = float("-inf")
    for left, right in spans:
        if left > reach + 1:
            edges.append(left)
        reach = max(reach, right)
    return edges


def continued_rows(lines: Sequence[TextLine], edges: Sequence[float]) -> int:
    """Return how many lines at the top of a page continue the previous page's table, whose column edges are `edges`."""
    count = 0
    for index, line in enumerate(lines):
        if index and line.top - lines[index - 1].bottom > 1.5 * (line.bottom - line.top):
            break
        if not is_row_like(line) or len(line.segments) > len(edges):
            break
        begins = [max((n for n, edge in enumerate(edges) if edge <= one.left + 3), default=-1) for one in line.segments]
        if -1 in begins or len(set(begins)) < len(begins):
            break
        count = index + 1
    figures = any(is_amount(segment.text) for line in lines[:count] for segment in line.segments)
    return count if figures else 0


def row_clusters(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Return the lines of each row of a table with wrapped cells; [] unless its rows are clearly separated.

    Figures may stand beside any line of a wrapped cell: the first, a middle one or the last.
    """
    reached = accumulate((line.bottom for line in lines), max)
    gaps = [below.top - bottom for bottom, below in zip(reached, lines[1:], strict=False)]
    height = median(line.bottom - line.top for line in lines)
    for below, above in reversed(list(pairwise(sorted(gaps)))):
        if above - below < 0.15 * height or below > 0.6 * height:
            continue
        clusters = _split(lines, [gap > (below + above) / 2 for gap in gaps])
        if all(sum(map(_has_figure, rows)) <= 1 for rows in clusters):
            return clusters
    return []


def _split(lines: Sequence[TextLine], apart: Sequence[bool]) -> list[list[TextLine]]:
    clusters = [[lines[0]]]
    for line, is_apart in zip(lines[1:], apart, strict=True):
        if is_apart:
            clusters.append([])
        clusters[-1].append(line)
    return clusters


def _is_rest(line: TextLine, above: TextLine, rows: Sequence[TextLine], edges: Sequence[float]) -> bool:
    """Return True if a line without a sum continues the first cell above, where its first word did not fit."""
    if _has_figure(line) or len(line.segments) != 1 or line.left > edges[0] + 3 or above.left > edges[0] + 3:
        return False
    reach = max(row.segments[0].right for row in rows if row.left <= edges[0] + 3)
    first = line.words[0]
    return above.segments[0].right + 0.2 * (line.bottom - line.top) + first.right - first.left > reach


def grid_of(rows: Sequence[TextLine], hyphens: Hyphens, edges: Sequence[float] | None = None) -> list[list[str]]:
    """Return the text of each cell of aligned rows; a segment belongs to the column in which it begins."""
    edges = edges or column_edges(rows)
    clusters = row_clusters(rows)
    clusters = clusters or _split(rows, [not _is_rest(line, above, rows, edges) for above, line in pairwise(rows)])
    return [reduce(partial(_joined, hyphens), (_cells(line, edges) for line in lines)) for lines in clusters]


def _joined(hyphens: Hyphens, upper: list[str], lower: list[str]) -> list[str]:
    return [hyphens.join(*both) if all(both) else "".join(both) for both in zip(upper, lower, strict=True)]


def _cells(line: TextLine, edges: Sequence[float]) -> list[str]:
    cells = [""] * len(edges)
    for segment in line.segments:
        middle = (segment.left + segment.right) / 2
        place = max((index for index, edge in enumerate(edges) if edge <= max(middle, segment.left)), default=0)
        if len(line.segments) == 1:
            place = max((index for index, edge in enumerate(edges) if edge <= segment.left + 2), default=0)
        cells[place] = f"{cells[place]} {segment.text}".strip()
    return cells


def _has_figure(line: TextLine) -> bool:
    return any(is_amount(segment.text) for segment in line.segments)
