"""The text of a decision as web page, Word file, PDF and scan, made from its lines alone, with public tools."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, a paragraph, a list item or a table of a text; a table has rows, the others words."""

    kind: str
    words: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def parts_of(text: str) -> list[Part]:
    """Return the parts of a text: lines with tabs are rows of a table, the rest are what their first signs say."""
    parts: list[Part] = []
    rows: list[tuple[str, ...]] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            cells = tuple(_plain(cell) for cell in line.split("\t"))
            if rows and len(cells) != len(rows[0]):
                parts.append(Part("table", rows=tuple(rows)))
                rows = []
            rows.append(cells)
            continue
        if rows:
            parts.append(Part("table", rows=tuple(rows)))
            rows = []
        heading = re.match(r"#+\s+(.*)", line)
        item = re.match(r"\s*[-*•]\s+(?!\d)(.*)", line)
        if heading:
            parts.append(Part("heading", _plain(heading[1])))
        elif item:
            parts.append(Part("item", _plain(item[1])))
        elif line.strip():
            parts.append(Part("paragraph", _plain(re.sub(r"^\s*-\s+(?=\d)", "", line))))
    return parts


def _plain(words: str) -> str:
    return re.sub(r"<[^>]*>|\*\*|\s+$", "", words).replace("$\\pm ", "£").rstrip("$").strip()


def make_html(parts: Sequence[Part]) -> bytes:
    """Return a web page."""
    tags = {"heading": "h2", "item": "li", "paragraph": "p"}
    out = ["<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Decision</title><body><main>"]
    for part in parts:
        if part.kind == "table":
            rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}" for cell in row) for row in part.rows)
            out.append(f"<table>{rows}</table>")
        else:
            words = f"<{tags[part.kind]}>{html.escape(part.words)}</{tags[part.kind]}>"
            out.append(f"<ul>{words}</ul>" if part.kind == "item" else words)
    return "".join(out).encode()


def make_docx(parts: Sequence[Part]) -> bytes:
    """Return a Word file."""
    import docx

    word = docx.Document()
    for part in parts:
        if part.kind == "table":
            table = word.add_table(rows=len(part.rows), cols=len(part.rows[0]), style="Table Grid")
            for row, cells in zip(part.rows, table.rows, strict=True):
                for words, cell in zip(row, cells.cells, strict=True):
                    cell.text = words
        elif part.kind == "heading":
            word.add_heading(part.words, level=2)
        else:
            word.add_paragraph(part.words, style="List Bullet" if part.kind == "item" else None)
    data = io.BytesIO()
    word.save(data)
    return data.getvalue()


def make_pdf(parts: Sequence[Part], *, ruled: bool) -> bytes:
    """Return a PDF, its tables with rules or without."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    styles = getSampleStyleSheet()
    story: list[Flowable] = []
    for part in parts:
        words = html.escape(part.words)
        if part.kind == "table":
            width = len(part.rows[0])
            longest = [max(len(row[index]) for row in part.rows) for index in range(width)]
            words_of = [[word for row in part.rows for word in row[index].split()] for index in range(width)]
            least = [6 * max(map(len, column), default=4) + 14 for column in words_of]
            room = [min(max(length, 8), 40) for length in longest]
            spare = max(0, 455 - sum(least))
            rows = [[Paragraph(html.escape(cell), styles["BodyText"]) for cell in row] for row in part.rows]
            table = Table(rows, colWidths=[a + spare * b / sum(room) for a, b in zip(least, room, strict=True)])
            table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
            if ruled:
                table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
            story += [table, Spacer(1, 8)]
        elif part.kind == "item":
            story.append(Paragraph(words, styles["Bullet"], bulletText="•"))
        else:
            story.append(Paragraph(words, styles["Heading2" if part.kind == "heading" else "BodyText"]))
    data = io.BytesIO()
    SimpleDocTemplate(data, pagesize=A4).build(story)
    return data.getvalue()


def make_scan(parts: Sequence[Part]) -> bytes:
    """Return a PDF of pictures of its pages, at 200 dots to the inch, grey, without text."""
    import pypdfium2

    pages = [
        page.render(scale=200 / 72, grayscale=True).to_pil()
        for page in pypdfium2.PdfDocument(make_pdf(parts, ruled=True))
    ]
    data = io.BytesIO()
    pages[0].save(data, "PDF", resolution=200, save_all=True, append_images=pages[1:])
    return data.getvalue()


MAKERS: Mapping[str, Callable[[Sequence[Part]], bytes]] = {
    "html": make_html,
    "docx": make_docx,
    "ruled.pdf": partial(make_pdf, ruled=True),
    "unruled.pdf": partial(make_pdf, ruled=False),
}
