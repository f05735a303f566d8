"""Spreadsheets through the commands: the mapping is shown with its reasons, set right, and kept for later ingests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app import cli
from tests.made_sheets import make_csv, make_xlsx

HEADINGS = ("Date", "Supplier", "Purpose", "Theme", "Net")
ROWS = (
    ("03/04/2024", "Victim Support", "Grant", "Drive", 1200.5),
    ("04/04/2024", "SafeLives", "Grant", "Drive", 700),
    ("Total", "", "", "", 1900.5),
)
TITLE = ("Norfolk Police and Crime Commissioner spend over £500",)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHOFUNDS_MODEL_FOLDER", "/nonexistent")
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(tmp_path / "workspace"))
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "payments.csv").write_bytes(make_csv((TITLE, (), HEADINGS, *ROWS), separator=";", encoding="cp1252"))
    (folder / "book.xlsx").write_bytes(make_xlsx({"April": (TITLE, (), HEADINGS, *ROWS)}))
    return folder


def extracted(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert cli.main(["extract", *arguments, "--json"]) == 0
    shown: dict[str, Any] = json.loads(capsys.readouterr().out)
    return shown


@pytest.mark.parametrize("name", ["payments.csv", "book.xlsx"])
def test_a_spreadsheet_is_extracted_with_its_mapping(
    files: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = extracted(capsys, str(files / name))
    assert [(flow["recipient"], flow["amount"], flow["year"]) for flow in shown["flows"]] == [
        ("Victim Support", "1200.50", "2024/25"),
        ("SafeLives", "700.00", "2024/25"),
    ]
    (mapping,) = shown["columns"]
    assert mapping["list"] == "spending" and mapping["table"].endswith("ow 3")
    assert [column["holds"] for column in mapping["columns"]] == ["date", "payee", "purpose", "purpose", "amount"]
    assert mapping["columns"][4]["reasons"][0] == "the heading is “net”"
    assert shown["checks"][0]["verdict"] == "consistent"


def test_people_see_the_mapping_and_how_to_set_it_right(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(files / "payments.csv")]) == 0
    shown = capsys.readouterr().out
    assert "Row 3: read as a list of payments." in shown
    assert "--columns 'Heading=role'" in shown and "the heading is “supplier”" in shown


def test_columns_set_right_change_the_reading_and_touch_no_workspace(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = extracted(capsys, str(files / "payments.csv"), "--columns", "Theme=programme,Purpose=")
    assert {flow["programme"] for flow in shown["flows"]} == {"Drive"}
    assert {flow["purpose"] for flow in shown["flows"]} == {""}
    assert shown["columns"][0]["columns"][3]["set"] is True
    assert not (tmp_path / "workspace").exists()


def test_a_column_that_is_not_there_is_one_line(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["extract", str(files / "payments.csv"), "--columns", "Payer=payer"]) == 1
    assert "payments.csv: no column 'Payer'; the columns are Date; Supplier" in capsys.readouterr().err


def test_what_an_ingest_sets_right_holds_for_later_ones(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(files)
    assert cli.main(["ingest", folder, "--columns", "Theme=programme"]) == 0
    capsys.readouterr()
    assert cli.main(["ingest", folder, "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert {document["status"] for document in again["documents"]} == {"unchanged"}
    assert {flow["programme"] for flow in extracted(capsys, str(files / "book.xlsx"))["flows"]} == {"Drive"}
    assert cli.main(["ingest", folder, "--columns", "Theme=ignored", "--json"]) == 0
    anew = json.loads(capsys.readouterr().out)
    assert {document["status"] for document in anew["documents"]} == {"loaded"}
    assert {flow["programme"] for flow in extracted(capsys, str(files / "book.xlsx"))["flows"]} == {None}


def test_payments_are_answered_with_their_row(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ingest", str(files / "book.xlsx")]) == 0
    monkeypatch.delenv("WHOFUNDS_MODEL_FOLDER")
    capsys.readouterr()
    assert cli.main(["ask", "how much was given to Victim Support in 2024/25", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["value"]["amount"] == "1200.50"
    assert answer["citations"][0]["locator"] == "April, row 4"


def test_a_spreadsheet_that_cannot_be_read_lets_the_others_in(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "broken.xlsx").write_bytes((files / "book.xlsx").read_bytes()[:900])
    (files / "columns.csv").write_bytes(make_csv((("Colour", "Town"), ("red", "Norwich"), ("blue", "Thetford"))))
    assert cli.main(["ingest", folder := str(files)]) == 1, folder
    told = capsys.readouterr()
    assert "broken.xlsx: the workbook is truncated or damaged" in told.err
    assert "columns.csv: no decision recognised" in told.err
    assert "payments.csv" in told.out and "2 flows" in told.out


def test_nothing_is_kept_where_no_file_has_such_a_column(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ingest", str(files), "--columns", "Nobody=payee"]) == 1
    assert "no column 'Nobody'" in capsys.readouterr().err
    assert not (tmp_path / "workspace").exists()
