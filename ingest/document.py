"""A document as structure: sections, numbered paragraphs, tables, with locators and character offsets."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """The kind of a block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  #: a list item: numbered recommendation, bullet
    TABLE = "table"
    FIELD = "field"  #: "Key: value" of a document's head


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; `text` has no line breaks, its exact source is Document.text[start:end]."""

    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One table row with as many cells as the table has columns (short rows are filled with empty cells)."""

    cells: tuple[Cell, ...]
    locator: str  #: "Financial comments, table 1, row 2"; rows are counted from 1 below the header
    page: int | None = None
    start: int = 0  #: the row's words are Document.text[start:end]
    end: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of each cell."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, head field or table, in document order."""

    kind: BlockKind
    text: str  #: cleaned words; for a table, its rows joined with tabs and line feeds
    locator: str  #: "3.2"; "Recommendation 1"; "Recommendation 1, bullet 2"; "Executive summary, paragraph 2"
    section: str  #: the heading it stands under, without its number, e.g. "Financial comments"
    start: int  #: Document.text[start:end] holds the block as it was read
    end: int
    level: int = 0  #: depth of a heading (1 top) or of a list item (0 top)
    number: str = ""  #: "3.2", "1", "a" as printed, without punctuation
    page: int | None = None
    header: tuple[Row, ...] = ()  #: a table's header rows, usually one; empty where it has none
    rows: tuple[Row, ...] = ()  #: a table's body rows
    field_name: str = ""  #: for FIELD: the key, e.g. "Date signed"


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read. All offsets in blocks and evidence are character offsets into `text`."""

    name: str  #: file name
    format: str  #: md | txt | html | pdf | docx | xlsx | csv
    digest: str  #: SHA-256 of the bytes, hex
    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    issues: tuple[str, ...] = field(default=())  #: what could not be read, in sentences with page numbers
    ocr_pages: tuple[tuple[int, float], ...] = ()  #: pages read by OCR with their mean confidence, 0 to 1
    frame: str = ""  #: the words around a web page's text, not in `text`: its title, header, menus and foot
    address: str = ""  #: where it is published, as it was fetched from there
    publisher: str = ""  #: whose site that is, by the site's profile
