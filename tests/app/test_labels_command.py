"""`whofunds labels`: labels checked, compared, and made from the corrections of a tiny workspace."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from app import cli
from graph.settings import Settings

DECISION = """# PCD 9001 Drive in London

- Reference: PCD 9001
- Title: Drive in London
- Decision body: Mayor's Office for Policing and Crime
- Date signed: 2023-07-06
- Record type: decision notice

## Executive summary
The decision pays for Drive in London.

## Recommendation
1. Approve a grant of £10,000 to SafeLives for Drive in 2023/24.
2. Approve a grant of £20,000 to Respect for Drive in 2023/24.
"""
WHY = ("--why", "the annex says so", "--who", "A. Reader")
LABELS = Settings().data / "labels"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    monkeypatch.setenv("WHOFUNDS_MODEL_FOLDER", "/nonexistent")
    (tmp_path / "one.md").write_text(DECISION, encoding="utf-8")
    place = ["--workspace", str(tmp_path / "workspace")]
    assert cli.main(["ingest", str(tmp_path / "one.md"), *place]) == 0
    assert cli.main(["correct", "flow", "one.md", "£10,000", "--amount", "£12,500", *WHY, *place]) == 0
    capsys.readouterr()
    return place


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_corrections_become_labels_that_hold(
    workspace: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "labels"
    assert cli.main(["labels", "--export", str(folder), str(tmp_path / "one.md"), *workspace]) == 0
    rows = {row["amount"]: row for row in rows_of(folder, "flows")}
    assert (rows["12500.00"]["required"], rows["20000.00"]["required"]) == ("yes", "optional")
    assert "the annex says so" in rows["12500.00"]["where"]
    assert "A. Reader" not in (folder / "flows.csv").read_text(encoding="utf-8"), "labels may be published"
    assert rows_of(folder, "SPLITS") == [{"document": "one", "body": "mopac", "form": "notice", "group": "labels"}]
    assert (folder / "documents" / "one.md").read_text(encoding="utf-8") == DECISION
    capsys.readouterr()
    assert cli.main(["labels", "--check", str(folder), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["documents"], shown["sums"], shown["required"], shown["faults"]) == (1, 2, 1, [])


def test_a_document_that_was_not_given_is_said_to_be_missing(
    workspace: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "labels"
    assert cli.main(["labels", "--export", str(folder), *workspace]) == 1
    assert "one.md: its text is missing; copy the file to" in capsys.readouterr().err
    assert cli.main(["labels", "--check", str(folder)]) == 1
    assert "one.md is not there" in capsys.readouterr().err


def test_labels_that_a_folder_has_stay_as_they_are(
    workspace: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "labels"
    export = ["labels", "--export", str(folder), str(tmp_path / "one.md"), *workspace]
    assert cli.main(export) == 0
    before = (folder / "flows.csv").read_bytes()
    capsys.readouterr()
    assert cli.main(export) == 1
    assert "has labels of it already" in capsys.readouterr().err
    assert (folder / "flows.csv").read_bytes() == before


def test_without_corrections_nothing_is_written(
    workspace: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["correct", "--undo", "c1", *workspace]) == 0
    capsys.readouterr()
    assert cli.main(["labels", "--export", str(tmp_path / "labels"), *workspace]) == 0
    assert "nothing is written" in capsys.readouterr().out
    assert not (tmp_path / "labels").exists()


def test_the_labels_of_the_project_are_checked_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["labels", "--check"]) == 0
    assert " required; " in capsys.readouterr().out.replace(" of them", "")


def test_faults_are_lines_and_the_exit_code_is_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(LABELS, tmp_path / "labels")
    with (tmp_path / "labels" / "flows.csv").open("a", encoding="utf-8") as out:
        out.write("nowhere,1,,,5.00,,,,,,grant,approved,yes,\n")
    assert cli.main(["labels", "--check", str(tmp_path / "labels")]) == 1
    assert "document 'nowhere' is not in decisions.csv; add it there or mend the name." in capsys.readouterr().err


def test_two_folders_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["labels", "--agreement", str(LABELS), str(LABELS), "--json"]) == 0
    everything = json.loads(capsys.readouterr().out)["agreement"][-1]
    assert everything["required"] == everything["both"] == everything["whole"] > 200
    assert cli.main(["labels", "--agreement", str(LABELS), str(LABELS)]) == 0
    assert "Both state 100 % of the" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments", [[], ["one.md"], ["--check", "a", "b.md"], ["--check", "--export", "a"], ["--export", "a", "none.md"]]
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["labels", *arguments])
    assert stopped.value.code == 2
