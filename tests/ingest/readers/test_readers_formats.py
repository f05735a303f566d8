"""The same document as web page, Word file and PDF gives the same blocks and tables."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
from made_documents import make_docx, make_html, make_pdf

from ingest.document import Block, BlockKind, Document
from ingest.readers import read, read_bytes

SHARED = Path(__file__).resolve().parents[4] / "shared"
FILES = sorted(SHARED.glob("decisions/*.txt")) if SHARED.is_dir() else []
needs_texts = pytest.mark.skipif(not FILES, reason="the texts in ../shared are not here")

SAMPLE = """RECORD OF DECISION

Title: Grants to two charities

Recommendation:

The Commissioner is recommended to:

- 1. Approve the grants in the table below, which are made for the two years that the strategy runs.
- 2. Delegate the agreements.

2. Financial Comments

2.1 The grants are set out here, for the two charities that were chosen out of the eleven that applied for one.

Charity\tProject\t2023/24\t2024/25
First Charity (on behalf of its members)\tAdvice\t£12,345.00\t£0
Second Charity\tRefuge\t£250,000.50\t£1,000,000.00
Total\t\t£262,345.50\t£1,000,000.00

2.2 They come from:
  - the general reserve
  - a grant of £600,000
"""


@cache
def text_of(path: Path) -> Document:
    return read(path)


def has_ticks(block: Block) -> bool:
    return any("tick to confirm" in text.lower() for row in block.header for text in row.texts)


def outline(document: Document) -> list[tuple[str, str, str]]:
    """Locators and words of all but tables; the tick tables of the declarations hold signs that fonts lack."""
    return [(str(b.kind), b.locator, b.text) for b in document.blocks if b.kind is not BlockKind.TABLE]


def money_rows(document: Document) -> list[tuple[str, ...]]:
    tables = [b for b in document.blocks if b.kind is BlockKind.TABLE and not has_ticks(b)]
    return [row.texts for table in tables for row in table.rows if "£" in row.texts[-1] or "£" in row.texts[1]]


@needs_texts
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize(("suffix", "make"), [("html", make_html), ("docx", make_docx)])
def test_marked_up_formats_give_the_same_blocks(path: Path, suffix: str, make: Callable[[Document], bytes]) -> None:
    expected = text_of(path)
    made = read_bytes(make(expected), f"{path.stem}.{suffix}")
    assert outline(made) == outline(expected)
    assert [b.rows and [row.texts for row in b.rows] for b in made.blocks if b.rows] == [
        [row.texts for row in b.rows] for b in expected.blocks if b.rows
    ]


@needs_texts
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "unruled"])
def test_pdf_gives_the_same_paragraphs_and_money_tables(path: Path, ruled: bool) -> None:
    expected = text_of(path)
    made = read_bytes(make_pdf(expected, ruled=ruled), f"{path.stem}.pdf")
    assert money_rows(made) == money_rows(expected)
    numbered = [(b.locator, b.text) for b in expected.blocks if "." in b.number or b.kind is BlockKind.ITEM]
    found = {(b.locator, b.text) for b in made.blocks}
    missing = [one for one in numbered if one not in found]
    assert missing == []
    assert made.pages is not None and made.pages > 1
    assert {b.page for b in made.blocks} <= set(range(1, made.pages + 1))


@pytest.mark.parametrize(
    ("suffix", "make"),
    [
        ("html", make_html),
        ("docx", make_docx),
        ("pdf", partial(make_pdf, ruled=True)),
        ("pdf", partial(make_pdf, ruled=False)),
    ],
)
def test_a_sample_gives_the_same_locators_in_every_format(suffix: str, make: Callable[[Document], bytes]) -> None:
    expected = read_bytes(SAMPLE.encode(), "a.txt")
    made = read_bytes(make(expected), f"a.{suffix}")
    assert outline(made) == outline(expected)
    assert money_rows(made) == money_rows(expected)


def test_html_expands_spans_and_leaves_navigation_out() -> None:
    page = b"""<html><head><title>T | Site</title><link rel="canonical" href="https://example.org/d"></head><body>
    <nav>Menu</nav><div class="cookie-banner">Cookies</div><main><h1>A decision</h1>
    <dl><dt>Reference</dt><dd>D 12/2023</dd></dl>
    <table><tr><th rowspan="2">Body</th><th colspan="2">Grant</th></tr><tr><th>2023/24</th><th>2024/25</th></tr>
    <tr><td rowspan="2">One</td><td>&pound;1</td><td>&pound;2</td></tr><tr><td>&pound;3</td><td>&pound;4</td></tr>
    </table></main><footer>Contact</footer></body></html>"""
    document = read_bytes(page, "d.html")
    assert "Menu" not in document.text and "Cookies" not in document.text and "Contact" not in document.text
    fields = {block.field_name: block.text for block in document.blocks if block.kind is BlockKind.FIELD}
    assert fields == {"Source": "https://example.org/d", "Reference": "D 12/2023"}
    (table,) = [block for block in document.blocks if block.kind is BlockKind.TABLE]
    assert table.header[-1].texts == ("Body", "2023/24", "2024/25")
    assert [row.texts for row in table.rows] == [("One", "£1", "£2"), ("One", "£3", "£4")]


def test_docx_shows_numbers_that_word_counts_and_merged_cells() -> None:
    import docx

    word = docx.Document()
    word.add_heading("Recommendation", level=1)
    word.add_paragraph("Approve the grant", style="List Number")
    word.add_paragraph("Delegate it", style="List Number")
    table = word.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, [("Body", "2023/24", "2024/25"), ("One", "£1", "£2"), ("", "£3", "£4")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    data = io.BytesIO()
    word.save(data)
    document = read_bytes(data.getvalue(), "a.docx")
    assert [b.locator for b in document.blocks if b.kind is BlockKind.ITEM] == ["Recommendation 1", "Recommendation 2"]
    (made,) = [block for block in document.blocks if block.kind is BlockKind.TABLE]
    assert [row.texts for row in made.rows] == [("One", "£1", "£2"), ("One", "£3", "£4")]


def scanned(pdf: bytes) -> bytes:
    """Return the pages of a PDF as pictures."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    data = io.BytesIO()
    canvas = Canvas(data)
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(page.render(scale=200 / 72).to_pil()), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract-ocr is not installed")
@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "unruled"])
def test_a_scan_is_read_by_ocr_with_page_and_confidence(ruled: bool) -> None:
    expected = read_bytes(SAMPLE.encode(), "a.txt")
    document = read_bytes(scanned(make_pdf(expected, ruled=ruled)), "scan.pdf")
    assert money_rows(document) == money_rows(expected)
    ((page, confidence),) = document.ocr_pages
    assert page == 1 and 0.8 < confidence <= 1
    assert {"2.1", "2.2", "2.2, bullet 2", "Recommendation 1"} <= {block.locator for block in document.blocks}


def test_a_scan_without_ocr_says_what_to_do() -> None:
    from graph.errors import UnreadableDocument
    from graph.settings import Settings

    scan = scanned(make_pdf(read_bytes(SAMPLE.encode(), "a.txt"), ruled=True))
    with pytest.raises(UnreadableDocument, match=r"scan\.pdf, page 1: no text, probably a scan"):
        read_bytes(scan, "scan.pdf", settings=Settings(ocr=False))
