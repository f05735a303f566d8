"""Briefings as files: Word and Excel open them, read back what they must say, and run nothing in them."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from app.briefings import excel
from app.briefings.content import Briefing, Chart, Part, Point, Source
from app.briefings.excel import excel_file
from app.briefings.files import file_name, file_of
from app.briefings.of_comparison import briefing_of_years
from app.briefings.picture import font_file, png
from app.briefings.word import word_file
from tests.app.briefing_fixtures import (
    FORMULA,
    MARKUP,
    briefing_of_thing,
    hostile_money,
    known,
    money_passed_on,
    several_kinds_of_money,
)
from tests.builders import WARM_HOMES

SOFFICE = shutil.which("soffice")


def text_of() -> Briefing:
    return briefing_of_thing(WARM_HOMES, known(several_kinds_of_money()))


def words_of(document: Any) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_word_reads_back_headings_figures_table_picture_sources_and_build() -> None:
    document = Document(io.BytesIO(word_file(text_of())))
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings == [
        ("Title", "Warm Homes"),
        ("Heading 1", "Where the money comes from: £1,500"),
        ("Heading 1", "What is not certain"),
        ("Heading 1", "Annex"),
        ("Heading 2", "Who it goes to: £1,500"),
        ("Heading 2", "Who pays whom"),
        ("Heading 2", "Every sum"),
        ("Heading 2", "Named without a sum"),
        ("Heading 2", "Sources"),
    ]
    shown = words_of(document)
    for said in ("£1,500 committed", "£500 of it “up to”", "The parts do not add up.", "To be checked", "“up to £500”",
                 "[1]\tPCD 1, “Warm Homes grant”", "No published address is known.", "Build build-7",
                 "Made on 6 July 2026."):  # fmt: skip
        assert said in shown
    assert len(document.inline_shapes) == 2
    alt = document.inline_shapes[0]._inline.docPr.get("descr")
    assert alt.startswith("Money by financial year: 2023/24 £1,000; 2024/25 up to £500")
    links = {each.address for p in document.paragraphs for each in p.hyperlinks}
    assert links == {"https://x.example/pcd-1"}


def test_excel_reads_back_one_row_a_sum_with_its_decision_words_link_and_band() -> None:
    book = load_workbook(io.BytesIO(excel_file(text_of())))
    tables = ["Who it goes to", "Who pays whom"]
    assert book.sheetnames == ["Summary", "Totals", "Sums", "Without a sum", *tables, "Sources"]
    rows = rows_of(book["Sums"])
    assert {row["Amount"]: (row["Decision"], row["Words"], row["Link"], row["Reading"]) for row in rows} == {
        500: ("PCD 1", "up to £500", "https://x.example/pcd-1", "To be checked"),
        70: ("PCD 2", "The grant is £70.00.", None, "Sure"),
        1000: ("PCD 1", "The grant is £1000.00.", "https://x.example/pcd-1", "Sure"),
        9: ("PCD 2", "The grant is £9.00.", None, "Sure"),
    }
    assert [row["As printed"] for row in rows_of(book["Without a sum"])] == ["No sum printed"]
    assert book["Sums"]["A2"].number_format.endswith("#,##0.00")
    totals = list(book["Totals"].iter_rows(values_only=True))
    assert totals[0][0] == "Where the money comes from: £1,500"
    assert totals[1][:3] == ("Financial year", "In the total", "Treasury Office")
    assert totals[2][:3] == ("2023/24", 1000, 1000) and totals[3][:3] == ("2024/25", 500, 500)
    assert rows_of(book["Sources"])[0]["Link"] == "https://x.example/pcd-1"
    summary = [row[1] for row in book["Summary"].iter_rows(values_only=True)]
    assert "Does not add up (PCD 1): The parts do not add up." in summary


def test_hostile_names_are_text_and_no_formula_markup_or_link() -> None:
    graph, thing = hostile_money()
    text = briefing_of_thing(thing, known(graph))
    document, data = Document(io.BytesIO(word_file(text))), excel_file(text)
    shown = words_of(document)
    assert FORMULA in shown and MARKUP in shown
    assert not [each for p in document.paragraphs for each in p.hyperlinks]
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith(FORMULA) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@")))
    assert not [cell for cell in cells if cell.hyperlink]
    for content in (word_file(text), data):
        for name, part in parts(content):
            assert b"javascript:" not in part or not name.endswith(".rels"), name
            assert "\u202e".encode() not in part, name


def parts(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return [(name, file.read(name)) for name in file.namelist()]


@settings(max_examples=25, deadline=None)
@given(words=st.text(max_size=60), address=st.text(max_size=40))
def test_any_words_make_files_that_open(words: str, address: str) -> None:
    text = Briefing(
        words, words, (Point(words, (1,)),), uncertain=(words,), corrections=(words,), closing=(words,),
        sources=(Source(1, words, address), Source(2, words, f"https://{address}")),
    )  # fmt: skip
    Document(io.BytesIO(word_file(text)))
    book = load_workbook(io.BytesIO(excel_file(text)))
    assert {cell.data_type for row in book["Summary"].iter_rows() for cell in row} <= {"s", "n"}


def test_a_file_name_is_letters_and_digits() -> None:
    assert file_name("Safe & Together", "docx") == "whofunds-safe-together.docx"
    assert file_name("../../etc/Châlet\u202e", "xlsx") == "whofunds-etc-chalet.xlsx"
    assert file_name("…", "docx") == "whofunds-briefing.docx"
    with pytest.raises(ValueError, match="no form of a briefing"):
        file_of(text_of(), "pdf")


def test_the_picture_is_set_in_letters_that_have_pounds_and_welsh_accents() -> None:
    from PIL import ImageFont

    path = font_file()
    assert path is not None
    font = ImageFont.truetype(str(path), 30)
    missing = bytes(font.getmask("\uffff"))
    assert not [sign for sign in "£–—’“”…éŵŷâ½" if bytes(font.getmask(sign)) == missing]


@pytest.mark.parametrize("is_level", [False, True])
@pytest.mark.parametrize("is_stacked", [False, True])
def test_a_picture_shows_each_part_in_its_colour(is_level: bool, is_stacked: bool) -> None:
    chart = Chart(
        ("2023/24", "2023/24 to 2024/25"),
        (Part("One", (Decimal(100), Decimal(0))), Part("Two", (Decimal(50), Decimal(60)))),
        "says", is_stacked=is_stacked, is_level=is_level, first_span=1,
    )  # fmt: skip
    image = Image.open(io.BytesIO(png(chart, height=5))).convert("RGB")
    assert image.width == 1700
    colours = {colour for count, colour in image.getcolors(1_000_000) or () if count > 1000}
    assert any(abs(r) + abs(g - 0x72) + abs(b - 0xB2) < 24 for r, g, b in colours)
    assert any(abs(r - 0xE6) + abs(g - 0x9F) + abs(b) < 24 for r, g, b in colours)


def test_a_higher_bar_stands_for_more_and_nothing_is_drawn_for_nothing() -> None:
    chart = Chart(("a", "b"), (Part("One", (Decimal(100), Decimal(0))),), "says")
    image = Image.open(io.BytesIO(png(chart, height=6))).convert("RGB")
    columns = [[image.getpixel((x, y)) for y in range(100, image.height - 110)] for x in (500, 1300)]
    blue = [sum(1 for red, _, blue in column if blue > 150 > red + 60) for column in columns]
    assert blue[0] > 100 and blue[1] == 0


@pytest.mark.skipif(SOFFICE is None, reason="no soffice; sudo apt-get install libreoffice-{writer,calc}-nogui")
def test_libreoffice_opens_the_files_without_a_warning_and_a_programme_fits_on_its_first_page(tmp_path: Path) -> None:
    texts = {
        "programme": text_of(),
        "years": briefing_of_years("2022/23", "2023/24", known(money_passed_on())),
        "hostile": briefing_of_thing(hostile_money()[1], known(hostile_money()[0])),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.docx").write_bytes(word_file(text))
        (tmp_path / f"{name}-sums.xlsx").write_bytes(excel_file(text))
    made = subprocess.run(
        [str(SOFFICE), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *map(str, sorted(tmp_path.glob("*.*x")))],
        capture_output=True, text=True, timeout=240, check=True, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    said = [line for line in made.stderr.splitlines() if line and "javaldx" not in line]  # no Java is needed here
    assert not said, said
    for name in (*texts, *(f"{name}-sums" for name in texts)):
        assert len(PdfReader(tmp_path / f"{name}.pdf").pages) >= 1
    pages = [page.extract_text() for page in PdfReader(tmp_path / "programme.pdf").pages]
    assert "Made on 6 July 2026." in pages[0] and "Annex" not in pages[0].replace("in the annex", "")
    assert pages[1].lstrip().startswith("Annex")
    assert re.search(r"page 1 of \d", pages[0])


def test_a_heading_names_a_sheet_as_excel_takes_it() -> None:
    assert excel._sheet_name("In/out: £3", []) == "In out"
    assert excel._sheet_name("Sums", ["sums"]) == "Sums 2"
    assert excel._sheet_name("'", []) == "Table"
    assert len(excel._sheet_name("Who it goes to " * 9, [])) <= 28
