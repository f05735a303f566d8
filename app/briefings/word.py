"""A briefing as a Word document: one page of A4 where it fits, then an annex with every sum and every source."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from app.briefings.content import IN_TOTAL, Briefing, Point, Section, SumLine
from app.briefings.first_page import MOST_CHART, FirstPage, first_page
from app.briefings.picture import png
from app.briefings.printable import link_of, printable
from app.briefings.word_parts import SMALL, add_field, add_link, add_picture, add_table, new_document
from app.viewmodels import words

if TYPE_CHECKING:
    from docx.document import Document

LONGEST_WORDS = 700  #: of one sum in a cell; the workbook has all


def word_file(text: Briefing) -> bytes:
    """Return the Word document as bytes."""
    document = new_document(text.title, text.kind)
    _foot(document, text)
    document.add_paragraph(printable(text.kind), style="Subtitle")
    document.add_heading(printable(text.title), 0)
    page = first_page(text)
    _first_page(document, text, page)
    _annex(document, text, page)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _first_page(document: Document, text: Briefing, page: FirstPage) -> None:
    if text.headlines:
        _headlines(document, text)
    _points(document, page.opening, style="Normal")
    _points(document, page.lines)
    for section in page.sections:
        _section(document, section, level=1, height=page.chart_height)
    for heading, said in (("What is not certain", page.remarks), ("Corrected by people", page.corrections)):
        if said:
            document.add_heading(heading, 1)
            _points(document, [Point(words) for words in said])
    rest = sum(len(points) for _, points in page.later)
    more = f" There also {'stands' if rest == 1 else 'stand'} {words.count(rest, 'further remark')}." if rest else ""
    document.add_paragraph(f"Numbers in square brackets are the sources in the annex.{more}", style="Note")
    for said in filter(None, text.closing):
        document.add_paragraph(printable(said), style="Note")


def _annex(document: Document, text: Briefing, page: FirstPage) -> None:
    sections = (*page.later_sections, *text.annex)
    if not (page.later or sections or text.sums or text.awards or text.sources):
        return
    heading = document.add_heading("Annex", 1)
    heading.paragraph_format.page_break_before = True
    for title, points in page.later:
        document.add_heading(title, 2)
        _points(document, points)
    for section in sections:
        _section(document, section, level=2)
    for title, lines in (("Every sum", text.sums), ("Named without a sum", text.awards)):
        if lines:
            document.add_heading(title, 2)
            _sums(document, lines)
    if text.sources:
        document.add_heading("Sources", 2)
        _sources(document, text)


def _headlines(document: Document, text: Briefing) -> None:
    paragraph = document.add_paragraph(style="Figures")
    for number, each in enumerate(text.headlines):
        paragraph.add_run("   ·   " if number else "")
        paragraph.add_run(printable(each.figure)).bold = True
        paragraph.add_run(printable(f" {each.words}{f', {each.note}' if each.note else ''}"))


def _points(document: Document, points: Sequence[Point], *, style: str = "List Bullet") -> None:
    for point in points:
        paragraph = document.add_paragraph(printable(point.words), style=style)
        if point.sources:
            paragraph.add_run(f" [{', '.join(str(number) for number in point.sources)}]")


def _section(document: Document, section: Section, *, level: int, height: float = MOST_CHART) -> None:
    document.add_heading(printable(section.heading), level)
    if section.note:
        document.add_paragraph(printable(section.note), style="Note")
    if section.chart:
        add_picture(document, png(section.chart, height=height), section.chart.says)
    if section.table:
        rows = [
            [f"{cell.text}{f' ({cell.note})' if cell.note else ''}" for cell in row] for row in section.table.rows
        ]
        add_table(document, section.table.columns, rows, numeric=section.table.numeric)


def _sums(document: Document, lines: Sequence[SumLine]) -> None:
    rows = [[f"{line.figure}\n{line.years}", _about(line), "", _standing(line)] for line in lines]
    columns = ("Sum and years", "From, to, for", "Words and where they stand", "Reading")
    table = add_table(document, columns, rows, widths=(2.9, 4.6, 6.7, 2.8))
    for line, row in zip(lines, table.rows[1:], strict=True):
        _quoted(row.cells[2].paragraphs[0], line)


def _about(line: SumLine) -> str:
    what = ", ".join(part for part in (line.programme, line.purpose, line.place, line.fund) if part)
    return "\n".join(part for part in (f"{line.funder} to {line.recipient}", what) if part)


def _standing(line: SumLine) -> str:
    reading = f"{line.band}: {line.doubts}" if line.doubts else line.band
    counted = "" if line.in_total == IN_TOTAL else line.in_total
    return "\n".join(part for part in (line.standing, reading, counted, line.corrected) if part)


def _quoted(paragraph: Any, line: SumLine) -> None:
    said = line.words if len(line.words) <= LONGEST_WORDS else f"{line.words[: LONGEST_WORDS - 1]}…"
    if said:
        paragraph.add_run(printable(f"“{said}” ")).italic = True
    paragraph.add_run(printable(", ".join(part for part in (line.decision, line.place_of_words) if part)))
    if line.source:
        paragraph.add_run(f" [{line.source}]")
    for run in paragraph.runs:
        run.font.size = SMALL


def _sources(document: Document, text: Briefing) -> None:
    for source in text.sources:
        paragraph = document.add_paragraph(f"[{source.number}]\t{printable(source.words)}", style="Source")
        if source.corrected:
            paragraph.add_run(printable(f" ({source.corrected})"))
        if link_of(source.address):
            paragraph.add_run(" ")
            add_link(paragraph, link_of(source.address))
        else:
            paragraph.add_run(" No published address is known.")


def _foot(document: Document, text: Briefing) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = document.styles["Note"]
    write = partial(add_field, paragraph)
    paragraph.add_run(printable(f"{text.title[:80]} · page "))
    write("PAGE")
    paragraph.add_run(" of ")
    write("NUMPAGES")
