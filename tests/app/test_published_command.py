"""`whofunds published` keeps files beside the graph and says what they say of approved sums."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from app import cli

ROWS = """Body Name,Payment Date,Supplier Name,Amount,Description
Mayor's Office for Policing and Crime,01/06/2024,SafeLives,12000,=Drive
Mayor's Office for Policing and Crime,01/09/2024,SafeLives,16000,Drive PCD 9002
Mayor's Office for Policing and Crime,01/09/2024,Paper Shop Ltd,540,Paper
"""


@pytest.fixture
def workspace(small_workspace: Path, tmp_path: Path) -> Path:
    shutil.copytree(small_workspace, tmp_path / "workspace")
    (tmp_path / "spending.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path / "workspace"


def run(workspace: Path, *arguments: str) -> int:
    return cli.main(["published", "--workspace", str(workspace), *arguments])


def test_payments_are_said_beside_the_sum_they_are_of(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(workspace, str(workspace.parent / "spending.csv")) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert (
        "PCD 9002, SafeLives, 2024/25: approved £30,000; published as paid £28,000 in 2 payments, £2,000 less" in said
    )
    assert "3 records of 1 files: 2 beside approved sums, 0 that could be of several, 1 that fit none" in said


def test_programs_get_json_and_a_table(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(workspace, str(workspace.parent / "spending.csv"))
    capsys.readouterr()
    assert run(workspace, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["amount"] for each in found["beside"]] == ["12000.00", "16000.00"]
    assert found["noneFits"] == 1
    assert run(workspace, "--csv", "--decision", "PCD 9002") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["because"] for row in rows] == ["the same parties and years", "it names the decision"]
    assert not any(value.startswith("=") for row in rows for value in row.values())


def test_exports_hold_what_is_published_beside_the_sums(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(workspace, str(workspace.parent / "spending.csv"))
    capsys.readouterr()
    where = ["--workspace", str(workspace)]
    table = ["export", "--format", "csv", "--table", "published", "--programme", "Drive", *where]
    assert cli.main(table) == 0
    printed = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(printed.out)))
    assert [(row["approved"], row["amount"], row["kind"]) for row in rows] == [
        ("30000.00", "12000.00", "payment"), ("30000.00", "16000.00", "payment"),
    ]  # fmt: skip
    assert "left out: 1 published record that fit no approved sum, or several" in printed.err
    package = workspace.parent / "datapackage.json"
    assert cli.main([*table, "-o", str(workspace.parent / "published.csv"), "--dictionary", str(package)]) == 0
    fields = json.loads(package.read_text())["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == list(rows[0])


def test_a_workbook_has_a_sheet_of_what_is_published(workspace: Path) -> None:
    from openpyxl import load_workbook

    run(workspace, str(workspace.parent / "spending.csv"))
    file = workspace.parent / "all.xlsx"
    assert cli.main(["export", "--format", "xlsx", "-o", str(file), "--workspace", str(workspace)]) == 0
    book = load_workbook(file)
    assert book.sheetnames == ["flows", "decisions", "totals", "published", "dictionary"]
    assert [row[5] for row in book["published"].iter_rows(min_row=2, values_only=True)] == [12000, 16000]
    assert {row[0] for row in book["dictionary"].iter_rows(min_row=2, values_only=True)} >= {"published"}


def test_payments_beyond_the_approved_sum_are_a_conflict_and_others_are_none(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def found(*options: str) -> list[tuple[str, list[float]]]:
        capsys.readouterr()
        assert cli.main(["check", "PCD 9002", "--json", *options, "--workspace", str(workspace)]) == 0
        checks = json.loads(capsys.readouterr().out)["checks"]
        return [(check["verdict"], check["figures"]) for check in checks if check["kind"] == "published"]

    run(workspace, str(workspace.parent / "spending.csv"))
    assert found() == []
    assert found("--all") == [("consistent", [30000, 28000])]
    more = ROWS.replace("16000", "20000.50")
    (workspace.parent / "spending.csv").write_text(more, encoding="utf-8")
    run(workspace, str(workspace.parent / "spending.csv"))
    assert found() == [("conflict", [30000, 32000.5])]


def test_what_fits_none_is_listed(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(workspace, str(workspace.parent / "spending.csv"))
    capsys.readouterr()
    assert run(workspace, "--unmatched") == 0
    assert "Paper Shop Ltd" in capsys.readouterr().out


def test_what_cannot_be_read_is_said_and_the_rest_is_kept(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = workspace.parent / "odd.json"
    odd.write_text("{}", encoding="utf-8")
    assert run(workspace, str(odd), str(workspace.parent / "spending.csv")) == 1
    shown = capsys.readouterr()
    assert "odd.json" in shown.err and "3 records of 1 files" in shown.out
