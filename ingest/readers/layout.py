"""Turn words with positions on a page into lines, and lines into paragraphs, items and headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from statistics import median

from ingest.readers.headings import can_be_heading, field_key, is_capitals, names_field, stands_alone
from ingest.readers.hyphens import Hyphens
from ingest.readers.markers import number_alone, read_marker
from ingest.readers.tables import is_amount
from ingest.readers.writer import Writer

_GLYPH = re.compile(r"[•▪◦‣·●○■□➢►\uf0b7\uf0a7]\s")
ENDED = re.compile(r"[.!?:;][\"'’”)\]]*\Z")


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """One word with its box in points; the origin is the top left of the page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float = 0.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Words close together in a line: a cell, if the line is a table's row."""

    words: tuple[PlacedWord, ...]

    @property
    def text(self) -> str:
        """The words with spaces between."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """The left edge, in points."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """The right edge, in points."""
        return self.words[-1].right


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page."""

    segments: tuple[Segment, ...]
    top: float
    bottom: float

    @property
    def words(self) -> list[PlacedWord]:
        """All words of the line."""
        return [word for segment in self.segments for word in segment.words]

    @property
    def text(self) -> str:
        """All words of the line with spaces between."""
        return " ".join(segment.text for segment in self.segments)

    @property
    def left(self) -> float:
        """The left edge, in points."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """The right edge, in points."""
        return self.segments[-1].right

    @property
    def bold(self) -> bool:
        """True if every word is bold."""
        return all(word.bold for word in self.words)

    @property
    def size(self) -> float:
        """The font size of its words, in points."""
        return median(word.size for word in self.words)


def lines_of(words: Sequence[PlacedWord]) -> list[TextLine]:
    """Return the lines that words form, from top to bottom."""
    rows: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda one: ((one.top + one.bottom) / 2, one.left)):
        middle = (word.top + word.bottom) / 2
        row = rows[-1] if rows else None
        if row is not None and row[0].top <= middle <= row[0].bottom:
            row.append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda one: one.left)) for row in rows]


def _line(words: list[PlacedWord]) -> TextLine:
    height = median(word.bottom - word.top for word in words)
    segments: list[list[PlacedWord]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.left - before.right > 0.9 * height and not (len(segments) == 1 and _is_marker(segments[0])):
            segments.append([])
        segments[-1].append(word)
    if len(segments) > 1:
        segments = [part for segment in segments for part in _figures_apart(segment, height)]
    return TextLine(
        tuple(Segment(tuple(one)) for one in segments),
        min(word.top for word in words),
        max(word.bottom for word in words),
    )


def _is_marker(words: Sequence[PlacedWord]) -> bool:
    """Return True if words are only the number or bullet of what follows."""
    text = " ".join(word.text for word in words)
    marker = read_marker(f"{text} A")
    return marker is not None and marker.length > len(text)


def _figures_apart(words: list[PlacedWord], height: float) -> list[list[PlacedWord]]:
    """Return the words of a cell with a figure separated that stands further from them than a space."""
    parts = [[words[0]]]
    for before, word in pairwise(words):
        if "£" in word.text and is_amount(word.text) and word.left - before.right > 0.45 * height:
            parts.append([])
        parts[-1].append(word)
    return parts


class PageText:
    """Writes page lines outside tables as paragraphs; a paragraph may continue after a page break."""

    def __init__(self, writer: Writer, body_size: float, hyphens: Hyphens) -> None:
        self.writer = writer
        self.body_size = body_size
        self.hyphens = hyphens
        self.margin = 0.0  # how far the lines of the page reach
        self.edges: list[float] = []  # of the columns of the table written last, while nothing else came after
        self._pending: list[TextLine] = []
        self._left = self._right = 0.0
        self._breaks = 0
        self._next_column = False

    def write(self, lines: Sequence[TextLine]) -> None:
        """Write the lines of one page, or of one part of it between tables."""
        if not lines:
            return
        self.edges = []
        left, right = min(line.left for line in lines), max(self.margin, *(line.right for line in lines))
        groups = _paragraphs(lines, right)
        broken = self._breaks or self._next_column
        self._next_column = False
        if self._pending and broken and _goes_on(self._pending[-1], groups[0][0], self._right):
            self._pending.extend(groups.pop(0))
        self._flush()
        self._left, self._right = left, right
        for group in groups[:-1]:
            self._put(group)
        self._pending = groups[-1] if groups else []

    def table(self, grid: Sequence[Sequence[str]], edges: Sequence[float] = ()) -> None:
        """Write a table after the paragraphs before it; `edges` are its column edges if it has no ruled lines."""
        self._flush()
        self.edges = list(edges)
        self.writer.end_list()
        self.writer.table(grid)

    def column(self, margin: float) -> None:
        """Begin a column whose lines reach to `margin` (points); the last paragraph may continue in it."""
        self.margin = margin
        self._next_column = True

    def page_break(self) -> None:
        """Begin the next page; a paragraph that continues there is kept whole on this page."""
        self._breaks += 1

    def finish(self) -> None:
        """Write the paragraph that is still held back."""
        self._flush()

    def _flush(self) -> None:
        if self._pending:
            self._put(self._pending)
            self.writer.end_list()
        self._pending = []
        for _ in range(self._breaks):
            self.writer.page_break()
        self._breaks = 0

    def _put(self, lines: list[TextLine]) -> None:
        words = reduce(self.hyphens.join, (line.text for line in lines))
        bold = all(line.bold for line in lines)
        large = self.body_size > 0 and min(line.size for line in lines) > 1.12 * self.body_size
        marker = read_marker(words)
        listed = marker is not None and marker.bullet and not marker.number
        if (bold or large) and not listed and len(words) <= 120 and can_be_heading(words):
            if large or marker is not None:
                self.writer.heading(words, 1 if large and not is_capitals(words) else 2)
            else:
                self.writer.paragraph(words, bold=True)
        elif marker is not None and not marker.dotted:
            depth = max(0, round((lines[0].left - self._left) / 18))
            self.writer.item(words[marker.length :] if listed else words, "-" if marker.bullet else "", depth)
        else:
            self.writer.end_list()
            self.writer.paragraph(words)


def _paragraphs(lines: Sequence[TextLine], right: float) -> list[list[TextLine]]:
    gaps = [below.top - above.bottom for above, below in pairwise(lines) if below.top >= above.bottom]
    usual = median(sorted(gaps)[: max(1, (len(gaps) + 1) // 2)]) if gaps else 0.0
    groups: list[list[TextLine]] = []
    for line in lines:
        if not groups or _begins(line, groups[-1], usual, right):
            groups.append([])
        groups[-1].append(line)
    return groups


def _begins(line: TextLine, paragraph: list[TextLine], usual: float, right: float) -> bool:
    """Return True if a line begins a new paragraph."""
    before = paragraph[-1]
    height = before.bottom - before.top
    if line.top - before.bottom > usual + 0.35 * height or _GLYPH.match(line.text):
        return True
    if line.bold != before.bold and (line.bold or len(paragraph) == 1):
        return True
    if field_key(line.text) and (names_field(field_key(line.text)) or field_key(paragraph[0].text)):
        return True
    if abs(line.size - before.size) > 0.12 * max(before.size, 1):
        return True
    if stands_alone(line.text) or (len(paragraph) == 1 and stands_alone(before.text)):
        return True
    first = line.words[0].right - line.words[0].left
    short = right - before.right > first + 2 * height
    ended = ENDED.search(before.text) is not None
    if read_marker(line.text) is not None or number_alone(line.text) is not None:
        return short or ended or number_alone(before.text) is not None
    return short and (ended or line.text[:1].isupper())


def _goes_on(before: TextLine, line: TextLine, right: float) -> bool:
    """Return True if a page's first line continues the last paragraph of the page before."""
    if ENDED.search(before.text) is not None or line.bold != before.bold or read_marker(line.text) is not None:
        return False
    return line.text[0].islower() or right - before.right < 6 * (before.bottom - before.top)
