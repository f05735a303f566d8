"""Turn pieces into blocks: headings, numbered paragraphs, list items, fields and tables, with section and locator."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.document import Block, BlockKind, Cell, Row
from ingest.readers.cleaning import clean
from ingest.readers.headings import (
    can_be_heading,
    is_capitals,
    is_known,
    is_letterhead,
    is_title_like,
    names_field,
    section_name,
)
from ingest.readers.locators import Locators
from ingest.readers.markers import Marker, bare_number, follows, number_alone, read_marker
from ingest.readers.pieces import Piece
from ingest.readers.tables import Grid, GridCell, drop_empty_columns, join_continued, read_grid

_OPENS, _CLOSES = r"(?:\*\*|__|<b>|<strong>)?", r"\s*+(?:\*\*|</b>|</strong>)?\s*+"
_FIELD = re.compile(rf"{_OPENS}(?P<key>[A-Z][^:\n*<>|]{{0,48}}?){_CLOSES}:{_CLOSES}(?P<value>(?!//)\S.*)", re.DOTALL)
_RECOMMENDS = re.compile(r"recommend|asked to|decision is that|^that the\b|request(?:s|ed) that", re.IGNORECASE)
_BOLD = re.compile(r"(?:\*\*|__|<b>|<strong>)[^*]+(?:\*\*|__|</b>|</strong>)\s*:?\Z", re.DOTALL)
_SENTENCE_END = re.compile(r"[.!?:;][\"'’”)\]]*\Z")


def build_blocks(text: str, pieces: list[Piece]) -> tuple[Block, ...]:
    """Return the blocks of `text` in document order."""
    builder = _Builder(text)
    kept = _mend(text, pieces)
    for index, piece in enumerate(kept):
        following = kept[index + 1] if index + 1 < len(kept) else None
        builder.add(piece, following)
    builder.close_table()
    return tuple(builder.blocks)


def _mend(text: str, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without stray page numbers, and with lone numbers and broken paragraphs joined."""
    kept: list[Piece] = []
    number = ""  # the last paragraph number seen
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        index += 1
        words = text[piece.start : piece.end]
        lone = None if piece.grid else number_alone(words)
        if lone is not None:
            following = pieces[index] if index < len(pieces) else None
            if (
                following is None
                or following.grid
                or not lone[1]
                or not follows(lone[0], number)
                or not _takes_number(text[following.start : following.end])
            ):
                continue
            following.start = piece.start
            number = lone[0]
            continue
        if not piece.grid:
            if len(clean(words).strip()) < 2:
                continue
            marker = read_marker(words)
            number = marker.number if marker is not None and marker.dotted else number
            if kept and _cut_off(text, kept[-1], piece):
                kept[-1].end = piece.end
                continue
        kept.append(piece)
    return kept


def _takes_number(words: str) -> bool:
    return len(words) > 30 and read_marker(words) is None and not words[0].islower()


def _cut_off(text: str, before: Piece, piece: Piece) -> bool:
    """Return True if `piece` is the rest of the paragraph before it."""
    if (
        before.grid
        or before.level
        or piece.level
        or not text[piece.start].islower()
        or read_marker(text[piece.start : piece.end])
    ):
        return False
    words = clean(text[before.start : before.end])
    return len(words) > 60 and _SENTENCE_END.search(words) is None


class _Builder:
    """Goes through the pieces once and tracks section, numbering and a table that may continue."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.locators = Locators()
        self.in_head = True
        self.numbered_indent: int | None = None  # of numbered paragraphs that stand after bullets
        self.opens_list = False  # the numbered paragraph announces a list
        self.grid: Grid | None = None
        self.grid_piece: Piece | None = None

    def add(self, piece: Piece, following: Piece | None) -> None:
        """Turn one piece into a block, or hold a table back for its continuation."""
        if piece.grid:
            self._add_grid(piece)
            return
        self.close_table()
        raw = self.text[piece.start : piece.end]
        marker = read_marker(raw) or (bare_number(raw) if piece.alone else None)
        place = marker.length if marker else 0
        words = clean(raw[place:])
        if not words:
            return
        if self._is_heading(raw[place:], words, piece, marker, following):
            self._add_heading(piece, words, marker, following)
        elif marker is not None and marker.number and read_marker(raw) is not None:
            self._add_marked(piece, words, marker)
        elif marker is not None and marker.bullet:
            if not self._add_field(piece, place):
                self._add_bullet(piece, words, marker)
        elif not self._add_field(piece, 0):
            self._add_paragraph(piece, piece.start)

    def _is_heading(self, raw: str, words: str, piece: Piece, marker: Marker | None, following: Piece | None) -> bool:
        if piece.level:
            return can_be_heading(words) or len(words) <= 200
        if not can_be_heading(words) or (marker is not None and marker.bullet):
            return False
        if marker is not None and marker.number:
            if words[0].isupper() and words[-1] not in ".;:," and self._opens_numbering(marker, following):
                return True
            if marker.dotted or not marker.number.isdigit() or not piece.alone:
                return False
            if is_known(words) or is_capitals(words):
                return True
            title = words[0].isupper() and words[-1] not in ".;:," and len(words.split()) <= 10
            return title and not self.locators.recommends and self._leads_on(following)
        if is_known(words):
            return piece.alone or words.endswith(":")
        if not piece.alone:
            return False
        if is_capitals(words) or _BOLD.match(raw.strip()):
            return _FIELD.match(words) is None
        return is_title_like(words) and self._leads_on(following) and _FIELD.match(words) is None

    def _opens_numbering(self, marker: Marker, following: Piece | None) -> bool:
        """Return True if the next paragraph is the first of a numbered section: "3. ...", then "3.1 ..."."""
        after = read_marker(self.text[following.start : following.end]) if following is not None else None
        return marker.number.isdigit() and after is not None and after.number == f"{marker.number}.1"

    def _leads_on(self, following: Piece | None) -> bool:
        """Return True if the next piece is text that a heading can stand over."""
        if following is None:
            return False
        raw = self.text[following.start : following.end]
        return bool(following.grid) or len(clean(raw)) >= 60 or read_marker(raw) is not None

    def _add_heading(self, piece: Piece, words: str, marker: Marker | None, following: Piece | None) -> None:
        number = marker.number if marker is not None else ""
        name = section_name(words)
        inner = "." in number and self.locators.section_number == number.split(".")[0]
        known = is_known(words) or bool(number)
        twice = bool(self.blocks) and self.blocks[-1].kind is BlockKind.HEADING and self.locators.section == name
        over_text = following is not None and not following.grid and following.end - following.start >= 80
        opens = known or not self.in_head or (piece.level > 1 and over_text and not is_letterhead(words))
        if opens and not inner and not twice:
            self.locators.open_section(name, number)
            self.numbered_indent = None
            self.in_head = self.in_head and not known
        start = piece.start + (marker.length if marker is not None else 0)
        locator = number if inner else name if opens else words
        level = piece.level or (1 if number else 2)
        self._append(self._block(BlockKind.HEADING, piece, start, words, locator), level=level, number=number)

    def _add_marked(self, piece: Piece, words: str, marker: Marker) -> None:
        start = piece.start + marker.length
        if marker.dotted:
            self.in_head = False
            self.numbered_indent = piece.indent if marker.bullet else None
            self.opens_list = words.endswith((":", ";"))
            locator = self.locators.numbered(marker.number)
            self._append(self._block(BlockKind.PARAGRAPH, piece, start, words, locator), number=marker.number)
            return
        level, locator = self.locators.item(marker.number, piece.indent, bullet=marker.bullet and not marker.number)
        self._append(self._block(BlockKind.ITEM, piece, start, words, locator), level=level, number=marker.number)

    def _add_bullet(self, piece: Piece, words: str, marker: Marker) -> None:
        """Add a bullet; among numbered paragraphs it is a paragraph that lost its number."""
        if self.numbered_indent == piece.indent and not self.opens_list:
            self._add_paragraph(piece, piece.start + marker.length)
            return
        if self.numbered_indent is not None and piece.indent > self.numbered_indent:
            self.opens_list = False
        self._add_marked(piece, words, marker)

    def _add_field(self, piece: Piece, place: int) -> bool:
        raw = self.text[piece.start + place : piece.end]
        match = _FIELD.match(raw)
        if match is None or len(match["key"].split()) > 6:
            return False
        key = clean(match["key"])
        value = clean(match["value"])
        known = names_field(key)
        headed = self.in_head and not self.locators.section and (place > 0 or len(value) <= 160)
        headed = headed and not self._is_title(key, value)
        if not value or not (
            headed or (known and len(value) <= 200 and self.in_head) or (known and len(value) <= 120 and not place)
        ):
            return False
        start = piece.start + place + match.start("value")
        self._append(self._block(BlockKind.FIELD, piece, start, value, key), field_name=key)
        return True

    def _is_title(self, key: str, value: str) -> bool:
        """Return True if a line of the head is a title that contains a colon, not a field."""
        first = all(block.kind is not BlockKind.FIELD for block in self.blocks)
        long = first and len(key.split()) > 2 and len(value.split()) > 3
        return long or (value[:1].islower() and " " in value) or re.search(r"[£,!?]|\d{4}", key) is not None

    def _add_paragraph(self, piece: Piece, start: int) -> None:
        words = clean(self.text[start : piece.end])
        if len(words) >= 80:
            self.in_head = False
        self.locators.recommends = self.locators.recommends or (
            words.endswith((":", ";", " to")) and _RECOMMENDS.search(words) is not None
        )
        self._append(self._block(BlockKind.PARAGRAPH, piece, start, words, self.locators.paragraph()))

    def _add_grid(self, piece: Piece) -> None:
        grid = read_grid(self.text, piece)
        if self.grid is not None and self.grid_piece is not None and join_continued(grid, self.grid):
            self.grid_piece.end = piece.end
            return
        self.close_table()
        self.grid, self.grid_piece = grid, piece

    def close_table(self) -> None:
        """Add the table that was held back, if there is one."""
        grid, piece = self.grid, self.grid_piece
        self.grid = self.grid_piece = None
        if grid is None or piece is None or not grid.rows:
            return
        drop_empty_columns(grid)
        locator = self.locators.table()
        header = tuple(_row(row.cells, row.page, f"{locator}, header") for row in grid.header)
        rows = tuple(_row(row.cells, row.page, f"{locator}, row {index}") for index, row in enumerate(grid.body, 1))
        words = "\n".join("\t".join(row.texts) for row in [*header, *rows])
        self.blocks.append(
            Block(
                BlockKind.TABLE,
                words,
                locator,
                self.locators.section,
                piece.start,
                piece.end,
                page=piece.page,
                header=header,
                rows=rows,
            )
        )

    def _append(self, block: Block, *, level: int = 0, number: str = "", field_name: str = "") -> None:
        self.blocks.append(replace(block, level=level, number=number, field_name=field_name))

    def _block(self, kind: BlockKind, piece: Piece, start: int, words: str, locator: str) -> Block:
        return Block(kind, words, locator or words, self.locators.section, start, piece.end, page=piece.page)


def _row(cells: list[GridCell], page: int | None, locator: str) -> Row:
    made = tuple(Cell(cell.text, cell.start, cell.end) for cell in cells)
    filled = [cell for cell in made if cell.text] or list(made)
    return Row(made, locator, page, min(cell.start for cell in filled), max(cell.end for cell in filled))
