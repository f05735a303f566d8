"""Briefings downloaded by a click: of a programme, a place, an answer and a comparison, with the page's figures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from openpyxl import load_workbook

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser]
COMPARED = "compare?one=programme/drive&other=programme/prevent-and-change"


def downloaded(visit: Visit, program: str) -> tuple[str, Path]:
    """Click a button of the page and return the file's name and where it is."""
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name=f"Download briefing ({program})").click()
    return download.value.suggested_filename, Path(download.value.path())


def words_of(path: Path) -> str:
    with path.open("rb") as file:
        document: Any = Document(file)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_programme_is_taken_into_word_and_excel_with_the_figures_of_its_page(visit: Visit) -> None:
    page = visit.open("programme?id=drive")
    visit.settle()
    figures = page.locator(".wf-headlines strong").all_inner_texts()
    assert figures[0].startswith("£")
    name, path = downloaded(visit, "Word")
    assert name == "whofunds-drive.docx"
    shown = words_of(path)
    assert not [figure for figure in figures if figure not in shown]
    assert "Where the money comes from" in shown and "Every sum" in shown and "[1]" in shown
    name, path = downloaded(visit, "Excel")
    assert name == "whofunds-drive.xlsx"
    with path.open("rb") as file:
        book = load_workbook(file)
    told = re.fullmatch(r"Every sum \((\d+)\)", page.get_by_text(re.compile(r"Every sum \(")).first.inner_text())
    assert told is not None
    rows = int(told[1])
    assert book["Sums"].max_row == rows + 1
    visit.assert_clean()


def test_a_kind_and_commissioners_side_by_side_are_taken_into_word_and_excel(visit: Visit) -> None:
    page = visit.open("kind?id=perpetrator-intervention")
    visit.settle()
    figure = page.locator(".wf-headlines strong").first.inner_text()
    name, path = downloaded(visit, "Word")
    assert name == "whofunds-perpetrator-programmes.docx"
    shown = words_of(path)
    assert figure in shown and "By commissioner and financial year" in shown and "Nothing loaded" in shown
    page = visit.open("across?of=programme/drive")
    visit.settle()
    figure = page.locator(".wf-headlines strong").first.inner_text()
    name, path = downloaded(visit, "Excel")
    assert name == "whofunds-drive-across-commissioners.xlsx"
    with path.open("rb") as file:
        book = load_workbook(file)
    assert {"Totals", "Sums", "The map as a table", "Sources"} <= {*book.sheetnames}
    assert figure in str(book["Summary"]["B2"].value)
    visit.assert_clean()


def test_a_place_is_taken_into_word(visit: Visit) -> None:
    page = visit.open("place?id=worcestershire")
    visit.settle()
    figure = page.locator(".wf-headlines strong").first.inner_text()
    name, path = downloaded(visit, "Word")
    assert name == "whofunds-worcestershire.docx"
    assert figure in words_of(path)


def test_an_answer_and_a_comparison_are_taken_into_word(visit: Visit) -> None:
    page = visit.open("?q=who%20funds%20Drive%20in%20West%20Mercia")
    page.wait_for_selector('[data-status="answered"]')
    visit.settle()
    said = page.locator("[data-status] .wf-lead").inner_text()
    assert said in words_of(downloaded(visit, "Word")[1])
    page = visit.open(COMPARED)
    visit.settle()
    said = page.locator(".wf-lead").first.inner_text()
    assert said in words_of(downloaded(visit, "Word")[1])
    visit.assert_clean()
