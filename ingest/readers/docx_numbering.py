"""The numbers and bullets that Word shows before paragraphs, and the levels of its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 8  #: level of a list: Word has nine, from 0
_ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]


@dataclass(frozen=True, slots=True)
class Label:
    """The text that Word shows before a list paragraph: "-", "1.", "3.2", "a)"."""

    text: str
    depth: int


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  #: bullet, decimal, lowerLetter, ...
    text: str  #: "%1.%2."
    start: int


class Numbering:
    """Counts Word's lists through a document. Call `label` once for each paragraph, in order."""

    def __init__(self, word: WordDocument) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, Any] = {}
        for style in word.styles.element.iter(f"{_W}style"):
            self._styles[style.get(f"{_W}styleId") or ""] = style
        for relation in word.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                self._read(relation.target_part.element)

    def _read(self, root: Any) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        for element in root.findall(f"{_W}abstractNum"):
            levels = {int(level.get(f"{_W}ilvl") or 0): _level(level) for level in element.findall(f"{_W}lvl")}
            abstract[element.get(f"{_W}abstractNumId") or ""] = levels
        for element in root.findall(f"{_W}num"):
            number = element.get(f"{_W}numId") or ""
            kind = _value(element.find(f"{_W}abstractNumId")) or ""
            self._levels[number] = dict(abstract.get(kind, {}))
            overridden = element.find(f"{_W}lvlOverride/{_W}startOverride") is not None
            self._abstract[number] = number if overridden else f"abstract {kind}"

    def label(self, paragraph: Any) -> Label | None:
        """Return what Word shows before a paragraph; None if it shows nothing."""
        number, depth = self._numbered(paragraph)
        if number in ("", "0"):
            return self._by_style_name(paragraph)
        level = self._levels.get(number, {}).get(depth)
        if level is None or level.form == "bullet":
            return Label("-", depth)
        if level.form == "none" or not level.text:
            return None
        counts = self._counts.setdefault(self._abstract.get(number, number), {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        return Label(self._shown(number, level, counts), depth)

    def _shown(self, number: str, level: _Level, counts: dict[int, int]) -> str:
        def count(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            one = self._levels[number].get(index)
            return _number(counts.get(index, one.start if one else 1), one.form if one else "decimal")

        return re.sub(r"%(\d)", count, level.text).strip()

    def _numbered(self, paragraph: Any) -> tuple[str, int]:
        """Return the list id and the level of a paragraph, from itself or from its style."""
        properties = paragraph.find(f"{_W}pPr")
        own = properties.find(f"{_W}numPr") if properties is not None else None
        style = _value(properties.find(f"{_W}pStyle")) if properties is not None else None
        inherited = self._style_number(style)
        number = _value(own.find(f"{_W}numId")) if own is not None else None
        depth = _value(own.find(f"{_W}ilvl")) if own is not None else None
        level = int(depth) if depth else inherited[1]
        return number if number is not None else inherited[0], max(0, min(level, _DEEPEST))

    def _style_number(self, style: str | None) -> tuple[str, int]:
        for element in self._style_line(style):
            found = element.find(f"{_W}pPr/{_W}numPr")
            if found is not None:
                return _value(found.find(f"{_W}numId")) or "", int(_value(found.find(f"{_W}ilvl")) or 0)
        return "", 0

    def _style_line(self, style: str | None) -> list[Any]:
        """Return a style and the styles that it is based on, in order."""
        line: list[Any] = []
        while style in self._styles and len(line) < 12:
            element = self._styles[style]
            line.append(element)
            style = _value(element.find(f"{_W}basedOn"))
        return line

    def _style_name(self, paragraph: Any) -> str:
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        element = self._styles.get(style or "")
        return (_value(element.find(f"{_W}name")) or "") if element is not None else ""

    def _by_style_name(self, paragraph: Any) -> Label | None:
        match = re.match(r"list bullet\s*(\d?)", self._style_name(paragraph), re.IGNORECASE)
        return Label("-", int(match[1] or 1) - 1) if match else None

    def heading_level(self, paragraph: Any) -> int:
        """Return the level of a heading paragraph (1 is top); 0 for any other paragraph."""
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle"))
        for element in self._style_line(style):
            name = (_value(element.find(f"{_W}name")) or "").lower()
            match = re.fullmatch(r"heading (\d)", name)
            if match:
                return int(match[1])
            if name == "title":
                return 1
        return 0


def _level(element: Any) -> _Level:
    form = _value(element.find(f"{_W}numFmt")) or "decimal"
    start = _value(element.find(f"{_W}start")) or "1"
    return _Level(form, _value(element.find(f"{_W}lvlText")) or "", int(start) if start.isdigit() else 1)


def _value(element: Any) -> str | None:
    value = element.get(f"{_W}val") if element is not None else None
    return None if value is None else str(value)


def _number(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and 1 <= number <= len(_ROMANS):
        return _ROMANS[number - 1].upper() if form == "upperRoman" else _ROMANS[number - 1]
    return str(number)
