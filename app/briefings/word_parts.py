"""Additions to python-docx: our styles, links, fields, tables, and pictures with alternative text."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from app.briefings.first_page import widths_of
from app.briefings.printable import printable

if TYPE_CHECKING:
    from docx.document import Document

LETTERS = "Arial"  #: is there, or drawn as wide, in Word and in LibreOffice
INK, LINK, SHADE = "0B0C0C", "1D70B8", "E8EEF4"
SMALL = 101_600  #: 8 points, as python-docx counts: letters of tables
TEXT_WIDTH = 17.0  #: centimetres of A4 between margins of 2 cm


def new_document(title: str, kind: str) -> Document:
    """Return an empty document of A4 pages in British English with our styles."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin, page.bottom_margin, page.footer_distance = Cm(1.6), Cm(1.6), Cm(0.8)
    _styles(document)
    known = document.core_properties
    known.title, known.subject, known.author = (
        printable(title)[:200], printable(f"{kind} briefing")[:200], "whofunds",
    )  # fmt: skip
    known.language, known.comments, known.keywords = "en-GB", "", ""
    return document


def _styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    styles = document.styles
    sizes = {"Normal": (9.5, 3), "Title": (20, 4), "Subtitle": (9.5, 0), "Heading 1": (12.5, 2), "Heading 2": (11, 2),
             "List Bullet": (9.5, 2)}  # fmt: skip
    for name, (size, after) in sizes.items():
        _style(styles[name], size, after)
    for name, size, after in (("Note", 8, 2), ("Figures", 11, 5), ("Source", 8.5, 3)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _style(style, size, after)
    for name in ("Heading 1", "Heading 2"):
        styles[name].font.bold = True
    styles["Source"].paragraph_format.left_indent = Cm(1)
    styles["Source"].paragraph_format.first_line_indent = Cm(-1)
    border = styles["Title"].element.find(".//{*}pBdr")
    if border is not None:
        border.getparent().remove(border)
    language = styles.element.find(".//{*}rPrDefault//{*}lang")
    if language is not None:
        language.set(next(iter(key for key in language.attrib if key.endswith("}val"))), "en-GB")


def _style(style: Any, size: float, after: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.name, style.font.italic = Pt(size), LETTERS, False
    style.font.color.rgb = RGBColor.from_string(INK)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for each in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # the theme's letters would win
        fonts.attrib.pop(qn(f"w:{each}"), None)
    for each in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{each}"), LETTERS)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.space_before = Pt(7 if style.name.startswith("Heading") else 0)
    style.paragraph_format.line_spacing = 1.0


def add_table(
    document: Document,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    numeric: Collection[int] = (),
    widths: Sequence[float] = (),
) -> Any:
    """Add a table whose heading row repeats on each page and whose rows never break over pages; return it.

    Args:
        document: The document.
        columns: The headings.
        rows: The cells of each row; a line feed begins a new line.
        numeric: Indices of columns that are aligned right.
        widths: Of the columns, in centimetres; chosen by content if empty.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    table = document.add_table(rows=1 + len(rows), cols=len(columns), style="Table Grid")
    table.autofit = False
    wide = widths or widths_of([columns, *rows], TEXT_WIDTH)
    texts = [list(columns), *rows]
    for number, (row, cells) in enumerate(zip(table.rows, texts, strict=True)):
        _keep_together(row, is_heading=number == 0)
        for place, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Cm(wide[place])
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            run = paragraph.add_run(printable(words))
            run.font.size = SMALL
            run.bold = number == 0
            if place in numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if number == 0:
                _shade(cell)
    for place, column in enumerate(table.columns):
        column.width = Cm(wide[place])
    document.add_paragraph(style="Note").paragraph_format.space_after = Pt(0)
    return table


def _keep_together(row: Any, *, is_heading: bool) -> None:
    from docx.oxml import OxmlElement

    known = row._tr.get_or_add_trPr()
    known.append(OxmlElement("w:cantSplit"))
    if is_heading:
        known.append(OxmlElement("w:tblHeader"))


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def add_picture(document: Document, data: bytes, says: str) -> None:
    """Add a picture as wide as the text, with `says` as its alternative text."""
    from docx.shared import Cm

    shape = document.add_picture(io.BytesIO(data), width=Cm(TEXT_WIDTH))
    known = shape._inline.docPr
    known.set("descr", printable(says))
    known.set("title", "Chart")


def add_link(paragraph: Any, address: str) -> None:
    """Add a clickable address; the caller has checked that it is http or https."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    number = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), number)
    run = paragraph.add_run(address)
    run.font.color.rgb, run.font.underline = RGBColor.from_string(LINK), True
    link.append(run._r)
    paragraph._p.append(link)


def add_field(paragraph: Any, name: str) -> None:
    """Add a field that the word processor computes: "PAGE", "NUMPAGES"."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)
