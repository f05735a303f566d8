"""Names for places in a document: "3.2", "Recommendation 1, bullet 2", "Executive summary, paragraph 2"."""

from __future__ import annotations

import re

_RECOMMENDATION = re.compile(r"recommendation", re.IGNORECASE)


class Locators:
    """Counts paragraphs, items and tables within each section, to make their locators."""

    def __init__(self) -> None:
        self.section = ""
        self.section_number = ""
        self.recommends = False  # the items that follow are recommendations
        self._start()

    def _start(self) -> None:
        self._paragraphs = self._tables = 0
        self._parent = ""  # what bullets are counted under: a numbered paragraph or item
        self._bullets: list[tuple[int, int, str]] = []  # (indent, count, locator) of the open bullet lists
        self._items: list[tuple[int, str]] = []  # (indent, locator) of the open numbered items
        self._seen: dict[str, int] = {}

    def open_section(self, name: str, number: str) -> None:
        """Begin a section; all counts start again."""
        self.section, self.section_number = name, number
        self.recommends = _RECOMMENDATION.match(name) is not None
        self._start()

    def _in_section(self, words: str) -> str:
        return f"{self.section}, {words}" if self.section else words[0].upper() + words[1:]

    def paragraph(self) -> str:
        """Return the locator of the next unnumbered paragraph."""
        self._paragraphs += 1
        self._parent = ""
        self._bullets, self._items = [], []
        return self._in_section(f"paragraph {self._paragraphs}")

    def numbered(self, number: str) -> str:
        """Return the locator of a paragraph with its own number, such as "3.2"."""
        self._parent = number
        self._bullets, self._items = [], []
        return number

    def table(self) -> str:
        """Return the locator of the next table."""
        self._tables += 1
        return self._in_section(f"table {self._tables}")

    def item(self, number: str, indent: int, *, bullet: bool) -> tuple[int, str]:
        """Return the depth (0 is top) and the locator of a list item."""
        return self._bullet(indent) if bullet else self._numbered_item(number, indent)

    def _numbered_item(self, number: str, indent: int) -> tuple[int, str]:
        self._bullets = []
        lettered = not number.isdigit()
        while self._items and (
            self._items[-1][0] > indent
            or (self._items[-1][0] == indent and not (lettered and self._items[-1][1][-1].isdigit()))
        ):
            self._items.pop()
        if lettered and not self._items and self._parent:
            name = f"{self._parent}({number})"
        elif self._items:
            name = f"{self._items[-1][1]}({number})"
        elif self.recommends:
            name = f"Recommendation {number}"
        else:
            name = self._in_section(f"item {number}")
        self._seen[name] = self._seen.get(name, 0) + 1
        locator = name if self._seen[name] == 1 else f"{name} (list {self._seen[name]})"
        depth = len(self._items)
        self._items.append((indent, locator))
        if not lettered or not self._parent or self._parent not in locator:
            self._parent = ""
        return depth, locator

    def _bullet(self, indent: int) -> tuple[int, str]:
        while self._bullets and self._bullets[-1][0] > indent:
            self._bullets.pop()
        if self._bullets and self._bullets[-1][0] == indent:
            _, count, _ = self._bullets.pop()
        else:
            count = 0
        if not self._bullets:
            while self._items and self._items[-1][0] > indent:
                self._items.pop()
        base = self._bullets[-1][2] if self._bullets else self._items[-1][1] if self._items else self._parent
        words = f"bullet {count + 1}"
        if not base:
            name = f"Recommendation, {words}" if self.recommends else self._in_section(words)
            if not self.section and not self.recommends:
                name = words.capitalize()
        else:
            name = f"{base}, {words}"
        depth = len(self._bullets) + len(self._items)
        self._bullets.append((indent, count + 1, name))
        return depth, name
