"""Read PDF files: paragraphs and tables are rebuilt from positions on the page, scanned pages go through OCR."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from statistics import median
from typing import TYPE_CHECKING, Any

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.document import Document
from ingest.readers.aligned import aligned_tables, column_edges, continued_rows, grid_of
from ingest.readers.columns import column_bands
from ingest.readers.hyphens import Hyphens
from ingest.readers.layout import PageText, PlacedWord, TextLine, lines_of
from ingest.readers.limits import MOST_PAGES, MOST_SHAPES_OF_PAGE, MOST_SIGNS_OF_PAGE, TooMuch, check
from ingest.readers.ocr import recognise
from ingest.readers.plain import Source, document_of
from ingest.readers.raised import without_raised
from ingest.readers.writer import Writer

if TYPE_CHECKING:
    from pdfplumber.page import Page

_PAGE_NUMBER = re.compile(r"(?:page\s*+)?[-–]?\s*+\d{1,3}\s*+[-–]?(?:\s*+(?:of|/)\s*+\d{1,3})?", re.IGNORECASE)
_FEW_LETTERS = 12  #: a page with fewer letters than this is taken for a scan, if it holds a picture


@dataclass(slots=True)
class _PdfPage:
    """The contents of one page: lines of words, and ruled tables with their top and bottom."""

    number: int
    height: float
    lines: list[TextLine] = field(default_factory=list)
    tables: list[tuple[float, float, list[list[str]]]] = field(default_factory=list)


def read(data: bytes, name: str, settings: Settings) -> Document:
    """Return the Document of a PDF file.

    Raises:
        UnreadableDocument: No page has text, or the file is encrypted, truncated or damaged.
        TooMuch: The file has too many pages, or a page has too many characters.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    pages, scans, unsearched = _read_pages(data, name)
    ocr_pages, issues = _read_scans(data, name, pages, scans, settings)
    issues += [
        f"{name}, page {number}: more than {MOST_SHAPES_OF_PAGE:,} lines and shapes, so no tables were looked "
        "for; check its figures."
        for number in unsearched
    ]
    if not any(page.lines or page.tables for page in pages):
        what = "pages" if len(pages) != 1 else "page"
        hint = issues[0] if issues else f"{name}: no text on any of its {len(pages)} {what}; it is probably a scan."
        raise UnreadableDocument(hint)
    _drop_repeated(pages)
    writer = Writer()
    sizes = [line.size for page in pages for line in page.lines for _ in range(len(line.words))]
    hyphens = Hyphens("\n".join(line.text for page in pages for line in page.lines))
    text = PageText(writer, median(sizes) if sizes else 0.0, hyphens)
    for index, page in enumerate(pages):
        if index:
            text.page_break()
        _write_page(page, text)
    text.finish()
    return document_of(
        Source(data, name, "pdf"),
        writer.text,
        headers=writer.headers,
        pages=len(pages),
        issues=tuple(issues),
        ocr_pages=tuple(ocr_pages),
    )


def _read_pages(data: bytes, name: str) -> tuple[list[_PdfPage], list[int], list[int]]:
    """Return the pages, the numbers of scanned pages, and the numbers of pages in which no tables were looked for."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    pages: list[_PdfPage] = []
    scans: list[int] = []
    unsearched: list[int] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                check(number, MOST_PAGES, "pages", "split it")
                check(len(page.chars), MOST_SIGNS_OF_PAGE, f"signs on page {number}", "print it anew as PDF")
                if is_crowded(page):
                    unsearched.append(number)
                made = _read_page(page, number)
                pages.append(made)
                letters = sum(len(word.text) for line in made.lines for word in line.words)
                if letters < _FEW_LETTERS and not made.tables and page.images:
                    scans.append(number)
                page.close()
    except (MemoryError, TooMuch):
        raise
    except Exception as error:  # pdfminer and pdfplumber raise many kinds for damaged files
        if isinstance(error, PDFPasswordIncorrect) or "password" in repr(error).lower():
            raise UnreadableDocument(f"{name}: the PDF is encrypted; save it without a password.") from error
        raise UnreadableDocument(f"{name}: the PDF is truncated or damaged; fetch it again.") from error
    if not pages:
        raise UnreadableDocument(f"{name}: the PDF is truncated or damaged (it has no pages); fetch it again.")
    return pages, scans, unsearched


def is_crowded(page: Page) -> bool:
    """Return True if a page has so many lines and shapes, like a map, that a search for tables would take too long."""
    return sum(len(page.objects.get(kind, ())) for kind in ("line", "rect", "curve")) > MOST_SHAPES_OF_PAGE


def _read_page(page: Page, number: int) -> _PdfPage:
    page = without_raised(page)
    made = _PdfPage(number, float(page.height))
    tables = [] if is_crowded(page) else [table for table in page.find_tables() if _is_table(table)]
    for table in tables:
        grid = [[_cell(cell) for cell in row] for row in table.extract(x_tolerance=1.5, y_tolerance=3)]
        made.tables.append((float(table.bbox[1]), float(table.bbox[3]), grid))
    words = [
        _placed(word)
        for word in page.extract_words(x_tolerance=1.5, extra_attrs=["fontname", "size"])
        if word.get("upright", True)
    ]
    outside = [word for word in words if not any(_inside(word, table.bbox) for table in tables)]
    made.lines = lines_of(outside)
    return made


def _is_table(table: Any) -> bool:
    grid = table.extract()
    filled = [row for row in grid if sum(1 for cell in row if cell and cell.strip()) > 1]
    return len(grid) > 0 and max(len(row) for row in grid) > 1 and bool(filled)


def _cell(words: str | None) -> str:
    """Return a cell's text on one line; a figure broken over two lines is joined."""
    words = re.sub(r"\(cid:\d+\)", "", words or "")
    return re.sub(r"(?<=[\d.,])\n(?=\d{1,3}\b)", "", words)


def _placed(word: dict[str, Any]) -> PlacedWord:
    font = str(word.get("fontname", "")).lower()
    return PlacedWord(
        re.sub(r"\(cid:\d+\)", "", str(word["text"])) or "•",
        float(word["x0"]),
        float(word["x1"]),
        float(word["top"]),
        float(word["bottom"]),
        float(word.get("size", 0)),
        "bold" in font or "black" in font or "heavy" in font,
    )


def _inside(word: PlacedWord, box: Sequence[float]) -> bool:
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _read_scans(
    data: bytes, name: str, pages: list[_PdfPage], scans: list[int], settings: Settings
) -> tuple[list[tuple[int, float]], list[str]]:
    """Recognise the scanned pages; return (page, confidence) of each, and messages on pages that could not be read."""
    if not scans:
        return [], []
    if not settings.ocr:
        return [], [f"{name}, {_listed(scans)}: no text, probably a scan, and OCR is switched off; set WHOFUNDS_OCR=1."]
    done: list[tuple[int, float]] = []
    until = time.monotonic() + settings.max_ocr_seconds
    for place, number in enumerate(scans):
        found = recognise(data, number, until - time.monotonic())
        if isinstance(found, str):
            return done, [f"{name}, {_listed(scans[place:])}: no text, probably a scan; {found}"]
        pages[number - 1].lines = lines_of(found.words)
        done.append((number, found.confidence))
    weak = [number for number, confidence in done if confidence < 0.6]
    return done, [
        f"{name}, page {number}: read by OCR with low confidence; check it against the scan." for number in weak
    ]


def _listed(numbers: list[int]) -> str:
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(str(number) for number in numbers)}"


def _drop_repeated(pages: list[_PdfPage]) -> None:
    """Remove page numbers, and headers and footers that repeat on most pages, except their first occurrence."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_mask(line) for line in _margins(page)})
    kept: set[str] = set()
    for page in pages:
        margins = _margins(page)
        for line in margins:
            mask = _mask(line)
            repeated = len(pages) > 1 and seen[mask] > max(1, len(pages) // 2)
            top = line.top < page.height / 2
            if _PAGE_NUMBER.fullmatch(line.text) or (repeated and (mask in kept or not top)):
                page.lines.remove(line)
            elif repeated:
                kept.add(mask)


def _margins(page: _PdfPage) -> list[TextLine]:
    edge = 0.09 * page.height
    return [line for line in page.lines if line.bottom < edge or line.top > page.height - edge]


def _mask(line: TextLine) -> str:
    return re.sub(r"\d+", "#", line.text)


def _write_page(page: _PdfPage, text: PageText) -> None:
    """Write a page's lines and tables from top to bottom."""
    rest = page.lines
    margin = max((line.right for line in rest), default=0.0)
    for top, bottom, grid in sorted(page.tables, key=lambda table: table[0]):
        _write_columns([line for line in rest if line.top < top], text, margin)
        rest = [line for line in rest if line.top >= min(top, bottom)]
        text.table([[reduce(text.hyphens.join, cell.split("\n")) for cell in row] for row in grid])
    _write_columns(rest, text, margin)


def _write_columns(lines: list[TextLine], text: PageText, margin: float) -> None:
    """Write lines in reading order: text in columns is written one column after the other."""
    place = 0
    for band in column_bands(lines):
        text.margin = margin
        _write_lines(lines[place : band.start], text)
        for column in band.columns(lines):
            text.column(0.0)
            _write_columns(column, text, 0.0)
        place = band.end
    text.margin = margin
    _write_lines(lines[place:], text)


def _write_lines(lines: list[TextLine], text: PageText) -> None:
    continued = continued_rows(lines, text.edges)
    if continued:
        text.table(grid_of(lines[:continued], text.hyphens, text.edges), edges=text.edges)
    lines = lines[continued:]
    place = 0
    for start, end in aligned_tables(lines):
        text.write(lines[place:start])
        text.table(grid_of(lines[start:end], text.hyphens), edges=column_edges(lines[start:end]))
        place = end
    text.write(lines[place:])
