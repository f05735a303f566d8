"""Makes the same document in other formats from its blocks, with public tools, for comparison."""

from __future__ import annotations

import html
import io

from ingest.document import Block, BlockKind, Document


def _numbered(block: Block) -> str:
    if not block.number:
        return block.text
    return f"{block.number}{'' if '.' in block.number else '.'} {block.text}"


def make_html(document: Document) -> bytes:
    """Return the document as a web page."""
    parts = ["<!DOCTYPE html><html><head><title>x</title></head><body><nav>Home</nav><main>"]
    open_lists: list[str] = []

    def close(depth: int) -> None:
        while len(open_lists) > depth:
            parts.append(f"</li></{open_lists.pop()}>")

    for block in document.blocks:
        if block.kind is BlockKind.ITEM:
            tag = "ol" if block.number else "ul"
            close(block.level + 1)
            if len(open_lists) == block.level + 1 and open_lists[-1] != tag:
                close(block.level)
            if len(open_lists) == block.level + 1:
                parts.append("</li><li>")
            else:
                start = f' start="{block.number}"' if block.number.isdigit() else ""
                parts.append(f"<{tag}{start}><li>")
                open_lists.append(tag)
            parts.append(html.escape(block.text))
            continue
        close(0)
        if block.kind is BlockKind.HEADING:
            parts.append(f"<h2>{html.escape(_numbered(block))}</h2>")
        elif block.kind is BlockKind.FIELD:
            parts.append(f"<p><strong>{html.escape(block.field_name)}:</strong> {html.escape(block.text)}</p>")
        elif block.kind is BlockKind.TABLE:
            parts.append("<table>")
            for row in block.header:
                parts.append("<tr>" + "".join(f"<th>{html.escape(text)}</th>" for text in row.texts) + "</tr>")
            for row in block.rows:
                parts.append("<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row.texts) + "</tr>")
            parts.append("</table>")
        else:
            parts.append(f"<p>{html.escape(_numbered(block))}</p>")
    close(0)
    return ("".join(parts) + "</main><footer>Contact</footer></body></html>").encode()


def make_docx(document: Document) -> bytes:
    """Return the document as a Word file."""
    import docx

    word = docx.Document()
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            word.add_heading(_numbered(block), level=2)
        elif block.kind is BlockKind.FIELD:
            word.add_paragraph(f"{block.field_name}: {block.text}")
        elif block.kind is BlockKind.TABLE:
            rows = [*block.header, *block.rows]
            table = word.add_table(rows=len(rows), cols=len(rows[0].cells))
            for row, cells in zip(rows, table.rows, strict=True):
                for text, cell in zip(row.texts, cells.cells, strict=True):
                    cell.text = text
        elif block.kind is BlockKind.ITEM and not block.number:
            word.add_paragraph(block.text, style="List Bullet" if block.level == 0 else "List Bullet 2")
        else:
            word.add_paragraph(_numbered(block))
    data = io.BytesIO()
    word.save(data)
    return data.getvalue()


def make_pdf(document: Document, *, ruled: bool) -> bytes:
    """Return the document as a PDF, its tables with rules or without."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

    styles = getSampleStyleSheet()
    body = ParagraphStyle("body", parent=styles["BodyText"], fontSize=10, leading=12.5, spaceAfter=7)
    cell = ParagraphStyle("cell", parent=body, fontSize=9, leading=11, spaceAfter=0, spaceBefore=0)
    story: list[Flowable] = []
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            story.append(Paragraph(html.escape(_numbered(block)), styles["Heading2"]))
        elif block.kind is BlockKind.FIELD:
            story.append(Paragraph(f"<b>{html.escape(block.field_name)}:</b> {html.escape(block.text)}", body))
        elif block.kind is BlockKind.TABLE:
            texts = [row.texts for row in [*block.header, *block.rows]]
            rows = [[Paragraph(html.escape(text), cell) for text in row] for row in texts]
            columns = range(len(texts[0]))
            longest = [max(len(row[index]) for row in texts) for index in columns]
            widest = [max([len(word) for row in texts for word in row[index].split()] or [4]) for index in columns]
            least = [5.2 * length + 12 for length in widest]
            room = [min(max(length - word, 1), 45) for length, word in zip(longest, widest, strict=True)]
            spare = max(0.0, 455 - sum(least))
            table = Table(rows, colWidths=[a + spare * b / sum(room) for a, b in zip(least, room, strict=True)])
            style = [("VALIGN", (0, 0), (-1, -1), "TOP")]
            if ruled:
                style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
            table.setStyle(TableStyle(style))
            story.extend([table, Spacer(1, 8)])
        elif block.kind is BlockKind.ITEM and not block.number:
            indent = ParagraphStyle(
                "item", parent=body, leftIndent=18 * (block.level + 1), bulletIndent=18 * block.level + 6
            )
            story.append(Paragraph(html.escape(block.text), indent, bulletText="•"))
        else:
            story.append(Paragraph(html.escape(_numbered(block)), body))
    data = io.BytesIO()
    SimpleDocTemplate(data, pagesize=A4).build(story)
    return data.getvalue()
