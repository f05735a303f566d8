"""Pieces of a document's text: runs of lines that form one paragraph, item, heading or table."""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text; `start` is its offset."""

    start: int
    text: str
    page: int | None

    @property
    def indent(self) -> int:
        """The number of spaces before its words."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def span(self) -> Span:
        """The start and end offsets of its words."""
        return self.start + self.indent, self.start + len(self.text.rstrip())


@dataclass(slots=True)
class Piece:
    """Text[start:end] with the properties of its lines. A piece with a grid is a table."""

    start: int
    end: int
    page: int | None = None
    level: int = 0  #: of a marked heading (# is 1); 0: not marked
    indent: int = 0  #: spaces before the first line's words
    alone: bool = True  #: blank lines, or other kinds of lines, on both sides
    grid: list[list[Span]] = field(default_factory=list)  #: the cells of each row
    grid_pages: list[int | None] = field(default_factory=list)
    header_rows: int | None = None  #: how many rows the markup calls header; None: it does not say
