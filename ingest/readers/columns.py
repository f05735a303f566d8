"""Text in two columns: find it on a page, and return its lines column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.readers.layout import TextLine, lines_of
from ingest.readers.markers import read_marker
from ingest.readers.tables import is_amount

_FEWEST = 3  #: lines of a column


@dataclass(slots=True)
class Band:
    """Lines[start:end] of a page with a white gap between two columns.

    The gap runs from `left` to `right`, in points.
    """

    start: int
    end: int
    left: float
    right: float

    def takes(self, line: TextLine) -> bool:
        """Return True if a line keeps the gap free; the gap is narrowed to fit the line."""
        left, right = self.left, self.right
        for one in line.segments:
            if one.left > left:
                right = min(right, one.left)
            else:
                left = max(left, one.right)
        if right - left < 0.8 * (line.bottom - line.top):
            return False
        self.left, self.right = left, right
        return True

    def has_figures(self, lines: Sequence[TextLine]) -> bool:
        """Return True if one side of a line is only a sum, as in a table."""
        middle = (self.left + self.right) / 2
        for line in lines[self.start : self.end]:
            left = [one for one in line.segments if one.left < middle]
            for side in (left, line.segments[len(left) :]):
                if len(side) == 1 and is_amount(side[0].text):
                    return True
        return False

    def columns(self, lines: Sequence[TextLine]) -> tuple[list[TextLine], list[TextLine]]:
        """Return the lines of the left column, and the lines of the right column."""
        words = [word for line in lines[self.start : self.end] for word in line.words]
        middle = (self.left + self.right) / 2
        left, right = [one for one in words if one.left < middle], [one for one in words if one.left >= middle]
        return lines_of(left), lines_of(right)


def column_bands(lines: Sequence[TextLine]) -> list[Band]:
    """Return the runs of lines that are prose in two columns, as opposed to the cells of a table."""
    found: list[Band] = []
    index = 0
    while index < len(lines):
        bands = (_band_at(lines, index, gap) for gap in _gaps(lines, index))
        long = (one for one in bands if one.end - index >= _FEWEST and not one.has_figures(lines))
        band = next((one for one in long if all(map(_is_prose, one.columns(lines)))), None)
        if band is not None:
            found.append(band)
        index = band.end if band is not None else index + 1
    return found


def _band_at(lines: Sequence[TextLine], index: int, gap: tuple[float, float]) -> Band:
    band = Band(index, index + 1, *gap)
    for place in range(index + 1, len(lines)):
        above = lines[place - 1]
        far = lines[place].top - above.bottom > 2.5 * (above.bottom - above.top)
        if far or not band.takes(lines[place]):
            break
        band.end = place + 1
    return band


def _gaps(lines: Sequence[TextLine], index: int) -> list[tuple[float, float]]:
    """Return the gaps between a line's segments, and the gap to the next line if that stands beside it."""
    line = lines[index]
    gaps = [(before.right, after.left) for before, after in pairwise(line.segments)]
    beside = lines[index + 1] if index + 1 < len(lines) and lines[index + 1].top < line.bottom else None
    if beside is not None and not (line.left < beside.right and beside.left < line.right):
        first, second = sorted((line, beside), key=lambda one: one.left)
        gaps.append((first.right, second.left))
    return gaps


def _is_prose(lines: Sequence[TextLine]) -> bool:
    """Return True if a column's lines are running sentences or a list rather than cells of a table."""
    if len(lines) < _FEWEST:
        return False
    running = sum(1 for line in lines if line.text[:1].islower())
    listed = sum(1 for line in lines if read_marker(line.text) is not None)
    return median(len(line.words) for line in lines) >= 3 and (running * 5 >= len(lines) or listed * 2 >= len(lines))
