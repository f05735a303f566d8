"""Properties of a sheet beside its values: merged cells, hidden rows and columns, formulas without a stored value.

openpyxl's read-only mode leaves these out, so they are searched for in the XML bytes, piece by piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

_PIECE = 1 << 20
_LONGEST_TAG = 200  #: between where a cell begins and its value
_MOST_MARKS = 20_000
_DEEPEST = 2_000  #: rows that a merged cell's words are repeated in
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]{0,300}?\bref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]{0,300}\bhidden=\"(?:1|true)\"[^<>]*?(/?)>")
_HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col\b[^<>]{0,300}\bhidden=\"(?:1|true)\"")
_CELL_ROW = re.compile(rb"\br=\"[A-Z]{1,3}(\d{1,7})\"")
_SPAN = re.compile(rb"\b(min|max)=\"(\d{1,5})\"")
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\b[^<>]{0,300}?\br=\"([A-Z]{1,3}\d{1,7})\"[^<>]*+>\s*+<(?:\w+:)?f\b[^<>]*+(?:(?<=/)>|>[^<]*+</(?:\w+:)?f>)"
    rb"\s*+(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)?\s*+</(?:\w+:)?c>"
)


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """The properties of one sheet; rows are counted from 1, columns from 0."""

    wide: Mapping[tuple[int, int], int] = field(default_factory=dict)  #: (row, column) -> columns that a cell covers
    #: row -> column -> the row above it whose words also stand for it: one column, merged over several rows
    deep: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    hidden_rows: int = 0
    hidden_columns: int = 0
    without_value: tuple[str, ...] = ()  #: "B12" of each formula that no value was saved for
    last_value: int = 0  #: the last row that holds a value


def read_marks(source: IO[bytes], *, most_bytes: int) -> SheetMarks:
    """Return the properties found in at most `most_bytes` of a sheet's XML."""
    wide: dict[tuple[int, int], int] = {}
    deep: dict[int, dict[int, int]] = {}
    hidden_rows = hidden_columns = last_value = 0
    without: list[str] = []
    for piece in _pieces(source, most_bytes):
        hidden_rows += sum(1 for match in _HIDDEN_ROW.finditer(piece) if not match[1])
        hidden_columns += sum(_columns_in(match[0], piece, match.end()) for match in _HIDDEN_COLUMNS.finditer(piece))
        last_value = max(last_value, _last_value(piece))
        if len(without) < _MOST_MARKS:
            without += [match[1].decode() for match in _NO_VALUE.finditer(piece)]
        for match in _MERGED.finditer(piece):
            if len(wide) + len(deep) < _MOST_MARKS:
                _add_merged(match, wide, deep)
    return SheetMarks(wide, deep, hidden_rows, hidden_columns, tuple(without), last_value)


def _pieces(source: IO[bytes], most_bytes: int) -> Iterator[bytes]:
    """Yield the bytes in pieces that end with a whole cell, or at least a whole tag."""
    rest = b""
    read = 0
    while read < most_bytes and (data := source.read(_PIECE)):
        read += len(data)
        rest += data
        cut = max(rest.rfind(b"</c>") + 4, 0) if b"</c>" in rest else rest.rfind(b">") + 1
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _last_value(piece: bytes) -> int:
    """Return the row of the last cell with a value in a piece; 0 if there is none."""
    place = max(piece.rfind(b"<v>"), piece.rfind(b"<is>"))
    rows = _CELL_ROW.findall(piece, max(0, place - _LONGEST_TAG), place) if place > 0 else []
    return int(rows[-1]) if rows else 0


def _columns_in(tag: bytes, piece: bytes, end: int) -> int:
    """Return the number of columns that a tag hides; unused columns right of the last used one count as one."""
    whole = tag + piece[end : piece.find(b">", end)]
    bounds = {name: int(number) for name, number in _SPAN.findall(whole)}
    count = bounds.get(b"max", 1) - bounds.get(b"min", 1) + 1
    return count if 0 < count < 1_000 else 0


def _add_merged(match: re.Match[bytes], wide: dict[tuple[int, int], int], deep: dict[int, dict[int, int]]) -> None:
    left, right = _column(match[1]), _column(match[3])
    top, bottom = int(match[2]), int(match[4])
    if right > left:
        wide[top, left] = right - left + 1
    elif top < bottom <= top + _DEEPEST:
        for row in range(top + 1, bottom + 1):
            deep.setdefault(row, {})[left] = top


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
