"""The workbook opens, its numbers and dates are such, its totals are the ledger's, and no cell is a formula."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from graph.counting.sides import Side
from graph.export import ExportFormat, Request, exported
from graph.exports.columns import columns_of
from graph.exports.flows import FlatFlow
from graph.exports.source import Source
from graph.exports.workbook import SHEETS
from graph.identifiers import graph_iri
from graph.model import Band, Basis, FlowKind, Record
from graph.rdf.triples import record_triples
from graph.stores.store import Store, open_memory
from tests.builders import (
    COUNCIL,
    make_award,
    make_decision,
    make_doubt,
    make_evidence,
    make_flow,
    make_record,
    organisation,
)

FORMULAS = ["=1+1", "+1+1", "-1-x", "@SUM(A1)", '=cmd|"/c calc"!A1', "a\x07b"]


def store_of_two() -> Store:
    first = make_record(
        make_flow("a", amount="1234.50"),
        make_flow("b", amount="300.00", years=["2020/21"], basis=Basis.CEILING, band=Band.CHECK),
        *(
            make_flow(f"f{number}", amount=f"{number + 1}.00", years=[f"201{number}/1{number + 1}"],
                      recipient=organisation(text, id=f"o{number}"), evidence=[make_evidence(text)], purpose=text)
            for number, text in enumerate(FORMULAS)
        ),
        awards=[make_award()],
    )  # fmt: skip
    second = make_record(
        make_flow("a", years=["2022/23"]), document="b.md", decision=make_decision("PCD 2", signed="2021-11")
    )
    return store_of(first, second)


def store_of(*records: Record) -> Store:
    store = open_memory()
    store.replace_graphs({graph_iri(record.document): record_triples(record) for record in records})
    return store


def book_of(store: Store) -> Workbook:
    return load_workbook(io.BytesIO(exported(Source(store), Request(ExportFormat.XLSX)).content))


def rows_of(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    heading, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


def test_the_workbook_has_its_sheets_and_headings_stay_in_view() -> None:
    book = book_of(store_of_two())
    assert tuple(book.sheetnames) == SHEETS
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    assert all(sheet.column_dimensions["A"].width >= 12 for sheet in book)


def test_numbers_are_numbers_and_dates_are_dates_as_precise_as_printed() -> None:
    rows = rows_of(book_of(store_of_two()), "flows")
    first = next(row for row in rows if row["amount"] == 1234.5)
    assert (first["amount_in"], first["confidence"]) == (1234.5, 0.9)
    assert first["signed"] == datetime.datetime(2023, 7, 6)
    assert {row["signed"] for row in rows if row["document"] == "b.md"} == {"2021-11"}
    assert sum(row["entry"] == "award without a sum" and row["amount"] is None for row in rows) == 1


def test_no_cell_is_a_formula() -> None:
    book = book_of(store_of_two())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    shown = {row["recipient"] for row in rows_of(book, "flows")}
    assert {text for text in FORMULAS if text.isprintable()} <= shown


def test_the_totals_are_those_of_the_ledger() -> None:
    store = store_of_two()
    totals = {(row["kind"], row["name"]): row for row in rows_of(book_of(store), "totals")}
    ledger = Source(store).ledger
    for key, thing in ((("organisation", COUNCIL.name), COUNCIL), (("all money", "all money together"), None)):
        for end, side in (("in", Side.SOURCES), ("out", Side.DELIVERIES)):
            tally = ledger.tally(thing, side)
            said = totals[key][f"total_{end}"]
            assert said == (tally.total if tally.flows else None)
            assert totals[key][f"sums_{end}"] == len(tally.flows)
    council = totals["organisation", COUNCIL.name]
    assert (council["check_in"], council["ceilings_in"]) == (300, 300)


def test_the_totals_have_their_least_and_their_most() -> None:
    doubt = make_doubt("recipient", COUNCIL.name, 0.4)
    doubted = make_flow("b", amount="300.00", years=("2024/25",), recipient=COUNCIL, doubts=[doubt])
    book = book_of(store_of(make_record(make_flow("a", amount="900.00", recipient=COUNCIL), doubted)))
    totals = {(row["kind"], row["name"]): row for row in rows_of(book, "totals")}
    council, everything = totals["organisation", COUNCIL.name], totals["all money", "all money together"]
    assert (council["least_in"], council["total_in"], council["most_in"]) == (900, 1200, 1200)
    assert (everything["least_in"], everything["most_in"]) == (1200, 1200), "it is somebody's all the same"


def test_a_sum_that_is_not_known_is_an_empty_cell() -> None:
    asked = make_flow(recipient=COUNCIL, kind=FlowKind.BID)
    book = book_of(store_of(make_record(asked)))
    (council,) = [row for row in rows_of(book, "totals") if row["name"] == COUNCIL.name]
    assert {council[f"{name}_{end}"] for name in ("total", "check", "joint") for end in ("in", "out")} == {None}
    assert council["sums_in"] == 0
    (decision,) = rows_of(book, "decisions")
    assert (decision["moves"], decision["moves_not_sure"]) == (None, None)


def test_each_decision_says_what_it_moves() -> None:
    moved = {
        row["reference"]: (row["sums"], row["awards"], row["moves"])
        for row in rows_of(book_of(store_of_two()), "decisions")
    }
    assert moved["PCD 2"] == (1, 0, 1000)


def test_the_dictionary_has_every_column() -> None:
    rows = rows_of(book_of(store_of_two()), "dictionary")
    assert [row["column"] for row in rows if row["sheet"] == "flows"] == [each.name for each in columns_of(FlatFlow)]
    assert all(row["meaning"] for row in rows)


def test_an_empty_graph_gives_a_workbook() -> None:
    assert rows_of(book_of(open_memory()), "flows") == []


def test_the_same_graph_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    request = Request(ExportFormat.XLSX)
    one = exported(Source(store_of_two()), request).content
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert exported(Source(store_of_two()), request).content == one
