"""Raised characters on a PDF page: footnote marks are removed, the "th" of a date is moved down to its line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfplumber.page import Page

Char = dict[str, Any]

_MARKS = frozenset("0123456789*†‡§(),[]abce")
_ORDINALS = frozenset("stndrh")
_BESIDE = 1.5  #: points between a mark and its word


def without_raised(page: Page) -> Page:
    """Return the page without raised characters: footnote marks removed, ordinal endings moved into their line."""
    marks: set[int] = set()
    for char, beside in _raised(page.chars):
        if char["text"] in _MARKS:
            marks.add(id(char))
        else:
            char.update({key: beside[key] for key in ("top", "bottom", "doctop", "size", "height", "fontname")})
    return page.filter(lambda one: id(one) not in marks) if marks else page


def _raised(chars: list[Char]) -> Iterator[tuple[Char, Char]]:
    """Yield (raised character, character of the line it belongs to), from left to right."""
    by_end = sorted(chars, key=lambda char: float(char["x1"]))
    by_start = sorted(chars, key=lambda char: float(char["x0"]))
    ends, starts = [char["x1"] for char in by_end], [char["x0"] for char in by_start]
    found: dict[int, Char] = {}
    for char in by_start:
        if char["text"] not in _MARKS and char["text"] not in _ORDINALS:
            continue
        near = by_end[bisect_left(ends, char["x0"] - _BESIDE) : bisect_right(ends, char["x0"] + _BESIDE)]
        line = next((found[id(one)] for one in near if id(one) in found and abs(one["x1"] - char["x0"]) < 1), None)
        if char["text"] in _MARKS:  # a note may begin with its mark
            near += by_start[bisect_left(starts, char["x1"] - _BESIDE) : bisect_right(starts, char["x1"] + _BESIDE)]
        line = next((one for one in (line, *near) if one is not None and _is_above(char, one)), None)
        if line is not None:
            found[id(char)] = line
            yield char, line


def _is_above(char: Char, beside: Char) -> bool:
    size = beside["size"]
    return bool(
        char["size"] < 0.87 * size
        and beside["text"].strip()
        and beside["top"] - 0.5 * size < char["top"]
        and beside["top"] < char["bottom"] < beside["bottom"] - 0.12 * size
    )
