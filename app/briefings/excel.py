"""Write a briefing as an Excel workbook: its text, its totals, one row per sum with the quotation, the sources."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain, count
from typing import Any

from app.briefings.content import Briefing, Section, SumLine
from app.briefings.money import cited
from app.briefings.printable import link_of, printable
from graph.exports.table import FORMULA

LONGEST_CELL = 32_000
MONEY = '"£"#,##0.00'
#: heading, width and attribute of each column of a sheet of sums
SUM_COLUMNS = (
    ("Amount", 15, "amount"), ("As printed", 16, "figure"), ("Financial years", 18, "years"), ("From", 30, "funder"),
    ("To", 30, "recipient"), ("Programme", 22, "programme"), ("Purpose", 26, "purpose"), ("Place", 18, "place"),
    ("Fund", 22, "fund"), ("Status", 16, "standing"), ("In the total", 24, "in_total"), ("Reading", 14, "band"),
    ("In doubt", 16, "doubts"), ("Corrected", 24, "corrected"), ("Decision", 18, "decision"), ("Title", 30, "title"),
    ("Decision body", 30, "body"), ("Signed", 12, "signed"), ("Where", 18, "place_of_words"), ("Words", 60, "words"),
    ("Link", 40, "address"), ("File", 24, "document"), ("Source", 8, "source"),
)  # fmt: skip


def excel_file(text: Briefing) -> bytes:
    """Return the workbook: figures are numbers, no text becomes a formula, only http and https addresses are links."""
    from openpyxl import Workbook

    book = Workbook()
    _summary(book.active, text)
    if text.totals:
        _totals(book.create_sheet("Totals"), text.totals)
    for name, lines in (("Sums", text.sums), ("Without a sum", text.awards)):
        if lines or name == "Sums":
            _sums(book.create_sheet(name), lines)
    for section in (each for each in text.annex if each.table):
        _totals(book.create_sheet(_sheet_name(section.heading, book.sheetnames)), (section,))
    if text.sources:
        _sources(book.create_sheet("Sources"), text)
    book.properties.title, book.properties.creator = printable(text.title)[:200], "whofunds"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _sheet_name(heading: str, taken: Sequence[str]) -> str:
    """Return a heading as a unique sheet name within Excel's limit of 31 characters."""
    name = re.sub(r"[\\/*?:\[\]]", " ", printable(heading.partition(":")[0]))[:28].strip(" '") or "Table"
    there = {each.lower() for each in taken}
    return next(each for each in chain([name], (f"{name} {n}" for n in count(2))) if each.lower() not in there)


def _summary(sheet: Any, text: Briefing) -> None:
    sheet.title = "Summary"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 110
    rows: list[tuple[str, str]] = [(text.kind, text.title)]
    for each in text.headlines:
        rows.append((each.words.capitalize(), f"{each.figure}{f', {each.note}' if each.note else ''}"))
    for heading, said in (
        ("In short", [f"{point.words} {cited(point.sources)}".strip() for point in (*text.opening, *text.lines)]),
        ("Not certain", text.uncertain),
        ("Corrected by people", text.corrections),
        ("About this file", [each for each in text.closing if each]),
    ):
        rows += [(heading if number == 0 else "", each) for number, each in enumerate(said)]
    for number, (heading, words) in enumerate(rows, 1):
        _put(sheet, number, 1, heading, bold=True)
        _put(sheet, number, 2, words, bold=number == 1)


def _totals(sheet: Any, sections: Sequence[Section]) -> None:
    """Write tables below each other with the page's own figures; the sheet adds nothing up."""
    row = 1
    for section in sections:
        _put(sheet, row, 1, section.heading, bold=True)
        row += 1
        if section.note:
            _put(sheet, row, 1, section.note)
            row += 1
        table = section.table
        if table is None:
            continue
        for place, column in enumerate(table.columns, 1):
            _put(sheet, row, place, column, bold=True)
        for cells in table.rows:
            row += 1
            for place, cell in enumerate(cells, 1):
                plain = cell.text if cell.plain is None else cell.plain
                amount = _amount(plain) if place - 1 in table.numeric else None
                _put(sheet, row, place, amount if amount is not None else plain)
        row += 2
    _widen(sheet, 26)


def _amount(text: str) -> Decimal | None:
    bare = text.replace("£", "").replace(",", "")
    return Decimal(bare) if bare.replace(".", "", 1).isdigit() and bare.isascii() else None


def _sums(sheet: Any, lines: Iterable[SumLine]) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    for place, (heading, width, _) in enumerate(SUM_COLUMNS, 1):
        _put(sheet, 1, place, heading, bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    row = 1
    for row, line in enumerate(lines, 2):
        for place, (_, _, name) in enumerate(SUM_COLUMNS, 1):
            value = getattr(line, name)
            if name == "signed":
                value = _day(value)
            elif name == "source":
                value = value or None
            _put(sheet, row, place, value, link=link_of(value) if name == "address" else "")
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(SUM_COLUMNS))}{row}"


def _sources(sheet: Any, text: Briefing) -> None:
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(("Number", "Source", "Corrected", "Link"), 1):
        _put(sheet, 1, place, heading, bold=True)
    for row, source in enumerate(text.sources, 2):
        _put(sheet, row, 1, source.number)
        _put(sheet, row, 2, source.words)
        _put(sheet, row, 3, source.corrected)
        _put(sheet, row, 4, source.address, link=link_of(source.address))
    for letter, width in zip("ABCD", (9, 90, 30, 60), strict=True):
        sheet.column_dimensions[letter].width = width


def _day(iso: str) -> datetime.date | str:
    try:
        return datetime.date.fromisoformat(iso)
    except ValueError:
        return iso  # "2023-07": no day is stated


def _put(sheet: Any, row: int, column: int, value: object, *, bold: bool = False, link: str = "") -> None:
    from openpyxl.styles import Alignment, Font

    if value in (None, ""):
        return
    cell = sheet.cell(row, column)
    cell.alignment = Alignment(vertical="top", wrap_text=not bold or row > 1)
    cell.font = Font(bold=bold, color="1D70B8" if link else None, underline="single" if link else None)
    if isinstance(value, str):
        cell.value = printable(value)[:LONGEST_CELL]
        cell.hyperlink = link or None
        # text stays text, also where it begins like a formula and someone goes into the cell
        cell.data_type = "s"
        cell.quotePrefix = cell.value.startswith(FORMULA)
        return
    cell.value = value
    if isinstance(value, Decimal):
        cell.number_format = MONEY
    elif isinstance(value, datetime.date):
        cell.number_format = "d mmmm yyyy"


def _widen(sheet: Any, width: int) -> None:
    from openpyxl.utils import get_column_letter

    for place in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
