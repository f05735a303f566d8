"""The briefing of commissioners side by side: the matrix with its cells in words, sources, what is not certain."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from app.briefings.content import IN_TOTAL, Briefing
from app.briefings.excel import excel_file
from app.briefings.naming import kind_named
from app.briefings.of_across import ALL, NOT_LISTED, briefing_of_across
from app.briefings.word import word_file
from app.viewmodels.across import NOT_ADDED, NOT_STATED
from app.viewmodels.across_stated import AcrossOf, areas_of
from graph.programme_kinds import ProgrammeKind, load_programme_kinds
from graph.registry import load_registry
from graph.settings import Settings
from tests.app.briefing_fixtures import known
from tests.app.test_across_view import record, some_of_everything
from tests.app.view_fixtures import LIGHT, graph_of
from tests.builders import WARM_HOMES, make_flow

DATA = Settings().data
AREAS = areas_of(DATA / "across", load_registry(DATA / "registry"))
WARM = ProgrammeKind("warm", "Warm programmes", "Work that keeps people warm.", ("warm", "street"))


def of(subject: AcrossOf) -> Briefing:
    return briefing_of_across(subject, AREAS, known(some_of_everything()))


def matrix_of(text: Briefing) -> dict[str, list[str]]:
    table = text.totals[0].table
    assert table is not None
    return {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}


def test_the_matrix_is_a_table_whose_cells_say_why_they_are_no_sum() -> None:
    text = of(AcrossOf(thing=WARM_HOMES))
    assert (text.title, text.kind) == (WARM_HOMES.name, "Across commissioners")
    kent = matrix_of(text)["Police and Crime Commissioner for Kent"]
    assert kent == ["£1,011", "£900", "Nothing loaded", "£41", NOT_ADDED, NOT_STATED, "£70"]
    assert text.headlines[0].figure == "£1,044"
    assert any(said.startswith("In all: £1,043.50, ") for said in text.uncertain)
    assert any(
        "Dorset" in said and said.startswith("No decision about Warm Homes is loaded") for said in text.uncertain
    )
    assert "Build build-7" in text.closing[1] and "Made on 6 July 2026" in text.closing[1]


def test_a_page_holds_six_columns_of_it_and_the_rest_goes_on_below() -> None:
    text = of(AcrossOf(thing=WARM_HOMES))
    tables = [section.table for section in text.first if section.table]
    assert [len(table.columns) for table in tables] == [7, 2]
    assert [row[0].text for row in tables[1].rows] == ["Kent", "Sussex", "No body named", "All"]


def test_each_body_is_a_line_with_the_sources_of_its_sum_the_most_money_first() -> None:
    text = of(AcrossOf(thing=WARM_HOMES))
    assert text.lines[0].words.startswith("Police and Crime Commissioner for Kent: £1,010.50, 1 award without a sum;")
    titles = {source.number: source.words for source in text.sources}
    assert [titles[number].partition(",")[0] for number in text.lines[0].sources] == ["REF k1.md", "REF k2.md"]
    assert {line.source for line in text.sums} <= titles.keys()
    counted = sum((line.amount or Decimal(0) for line in text.sums if line.in_total == IN_TOTAL), Decimal(0))
    assert counted == Decimal("1043.50")


def test_a_kind_counts_a_sum_for_several_of_its_programmes_and_lists_them() -> None:
    text = of(AcrossOf(kind=WARM))
    assert (text.title, text.kind, text.opening[0].words) == (WARM.name, "Kind of programme", WARM.description)
    assert text.headlines[0].figure == "£1,344"
    programmes = next(section.table for section in text.annex if section.heading == "Programmes")
    assert programmes is not None
    assert {row[0].text for row in programmes.rows} == {WARM_HOMES.name, LIGHT.name}


def test_of_all_that_is_loaded_no_sum_is_listed_and_the_export_is_named() -> None:
    text = of(AcrossOf())
    assert text.title == ALL and text.sums == text.awards == ()
    assert text.closing[-1] == NOT_LISTED


def test_of_nothing_it_says_so() -> None:
    empty = known(graph_of(record("k.md", make_flow("a", programmes=(LIGHT,)))))
    text = briefing_of_across(AcrossOf(thing=replace(WARM_HOMES, id="nowhere")), AREAS, empty)
    assert text.opening[-1].words == "No loaded decision says anything of it."
    assert text.first == () and text.sums == ()


def test_word_and_excel_hold_the_matrix_the_map_and_the_sources() -> None:
    text = of(AcrossOf(kind=WARM))
    document: Any = Document(io.BytesIO(word_file(text)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"Nothing loaded", NOT_STATED, "Kent", "Dorset"} <= set(cells)
    book = load_workbook(io.BytesIO(excel_file(text)))
    assert {"Summary", "Totals", "Sums", "The map as a table", "Programmes", "Sources"} <= {*book.sheetnames}
    kent = next(row for row in book["Totals"].iter_rows(values_only=True) if row[0] and str(row[0]).endswith("Kent"))
    assert kent[1] == pytest.approx(1010.5)
    assert "Nothing loaded" in kent and NOT_STATED in kent


def test_a_kind_is_known_by_its_name_or_id_on_the_command_line() -> None:
    kinds = load_programme_kinds(DATA / "across")
    for kind in kinds:
        assert kind_named(kind.name.upper(), kinds) == kind_named(kind.id, kinds) == kind
    assert kind_named("Who funds Warm Homes?", kinds) is None
