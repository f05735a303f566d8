"""Bullets and numbers at the beginning of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EMPHASIS = r"(?:\*{2,3}|__|<b>|<strong>)?"
_BULLET = re.compile(r"(?:[-*+•▪◦‣·●○■□➢►–—\uf0b7\uf0a7\u2043]|o(?=\s+[A-Z£(]))\s+(?=\S)")
_DOTTED = re.compile(rf"{_EMPHASIS}(?P<number>\d{{1,2}}(?:\.\d{{1,3}}){{1,3}})[.):]?{_EMPHASIS}\s+(?=[^\sa-z\d%])")
_SINGLE = re.compile(rf"{_EMPHASIS}(?:(?P<number>\d{{1,2}})[.)]|\((?P<bracketed>\d{{1,2}})\)){_EMPHASIS}\s+(?=\S)")
_LETTER = re.compile(
    rf"{_EMPHASIS}(?:(?P<number>[A-Za-z]|[ivx]{{1,4}})\)|(?P<dotted>[a-z]|[ivx]{{1,4}})\.|"
    rf"\((?P<bracketed>[A-Za-z]|[ivx]{{1,4}})\)){_EMPHASIS}\s+(?=\S)"
)
_BARE = re.compile(rf"{_EMPHASIS}(?P<number>\d{{1,2}}){_EMPHASIS}\s+(?=[A-Z])")
_DATE = re.compile(r"\s{0,9}\d{1,2} [A-Z][a-z]{2,8},? (?:19|20)\d\d\b")
_DOTTED_DATE = re.compile(r"(?:[12]?\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:20)?[1-9]\d")
_ALONE = re.compile(rf"{_EMPHASIS}(?P<number>\d{{1,3}}(?:\.\d{{1,3}}){{0,3}})(?P<stop>[.)]?){_EMPHASIS}\s*\Z")


@dataclass(frozen=True, slots=True)
class Marker:
    """A bullet, a number, or a number after a bullet; it takes the first `length` characters of the line."""

    length: int
    bullet: bool = False
    number: str = ""  #: "3.2", "1", "a"; without its punctuation

    @property
    def dotted(self) -> bool:
        """True if it is the number of a paragraph in a section, such as 3.2."""
        return "." in self.number


def read_marker(line: str) -> Marker | None:
    """Return the marker at the beginning of a line, leading spaces included; None if there is none."""
    start = len(line) - len(line.lstrip())
    bullet = _BULLET.match(line, start)
    place = bullet.end() if bullet else start
    for pattern in (_DOTTED, _SINGLE, _LETTER):
        match = pattern.match(line, place)
        if match:
            number = next(group for group in match.groups() if group)
            return Marker(match.end(), bullet=bullet is not None, number=number)
    return Marker(bullet.end(), bullet=True) if bullet else None


def bare_number(line: str) -> Marker | None:
    """Return the number in "4 Equality Comments" (no full stop, then a capital) as a marker; None for other lines."""
    match = _BARE.match(line) if _DATE.match(line) is None else None
    return Marker(match.end(), number=match["number"]) if match else None


def number_alone(line: str) -> tuple[str, bool] | None:
    """Return (number, looks like a paragraph's) for a line that is only a number ("1.9", "3"); None for other lines."""
    match = _ALONE.match(line.strip()) if _DOTTED_DATE.fullmatch(line.strip()) is None else None
    return (match["number"], "." in match["number"] or bool(match["stop"])) if match else None


def follows(number: str, previous: str) -> bool:
    """Return True if paragraph `number` can come after `previous`: "3.2", "4.1" or "3.1.1" after "3.1"."""
    if not previous:
        return number.split(".")[-1] == "1" or "." not in number
    now, before = ([int(part) for part in text.split(".") if part.isdigit()] for text in (number, previous))
    if not now or not before:
        return False
    return any(
        now == [*before[:depth], before[depth] + 1] + [1] * (len(now) - depth - 1)
        for depth in range(len(before))
        if depth < len(now)
    ) or now == [*before, 1]
