"""The entries of lists and the rows of tables in another order."""

from __future__ import annotations

import random
import re

from ingest.labels.records import LabelledDocument

_LEAST = 3  #: entries that make a list
_LONGEST = 240  #: letters of an entry
_MARK = re.compile(r"^(\s*(?:[-*•·]\s+|\d+[.)]\s+|\|\s?|<li>|<tr>))?")
_LEANS = re.compile(
    r"\b(?:total|above|below|remain\w*|further|of which|these?|this|balance|rest|ditto|also|respectively|sub)\b", re.I
)
_SUM = re.compile(r"(?:£|&pound;)\s?\d")


def with_other_order(
    document: LabelledDocument, text: str, chance: random.Random
) -> tuple[LabelledDocument, str] | None:
    """Return the document with its lists and tables shuffled; None where it has none whose entries stand alone."""
    lines = text.split("\n")
    start, is_changed = 0, False
    while start < len(lines):
        end = start
        while end < len(lines) and _is_entry(lines[end], lines[start]):
            end += 1
        if end - start >= _LEAST:
            lines[start:end] = _shuffled(lines[start:end], chance)
            is_changed = True
        start = max(end, start + 1)
    return (document, "\n".join(lines)) if is_changed else None


def _is_entry(line: str, first: str) -> bool:
    """Return whether a line is an entry with its sum that leans on no other, of the same form as the first."""
    if not _SUM.search(line) or len(line) > _LONGEST or _LEANS.search(line):
        return False
    return _form(line) == _form(first)


def _form(line: str) -> str:
    return re.sub(r"\d+", "1", _mark(line).strip())


def _mark(line: str) -> str:
    match = _MARK.match(line)
    return (match[1] or "") if match else ""


def _shuffled(lines: list[str], chance: random.Random) -> list[str]:
    """Return entries in another order; numbers and marks stay where they are."""
    marks = [_mark(line) for line in lines]
    bodies = [line[len(mark) :] for line, mark in zip(lines, marks, strict=True)]
    return [mark + body for mark, body in zip(marks, chance.sample(bodies, len(bodies)), strict=True)]
