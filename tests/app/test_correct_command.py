"""`whofunds correct` from end to end on a tiny workspace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import cli

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
"""
WHY = ("--why", "the annex says so", "--who", "A. Reader")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    monkeypatch.setenv("WHOFUNDS_MODEL_FOLDER", "/nonexistent")
    (tmp_path / "one.md").write_text(DECISION, encoding="utf-8")
    place = ["--workspace", str(tmp_path / "workspace")]
    assert cli.main(["ingest", str(tmp_path / "one.md"), *place]) == 0
    capsys.readouterr()
    return place


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_a_correction_is_seen_in_answers_and_exports_and_undone(
    workspace: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("WHOFUNDS_MODEL_FOLDER")
    assert cli.main(["correct", "flow", "PCD 9001", "£10,000", "--amount", "£12,500", *WHY, *workspace]) == 0
    assert "£10,000 → £12,500" in shown(capsys)
    assert cli.main(["ask", "how much did SafeLives get for Drive in 2023/24", "--json", *workspace]) == 0
    answer = json.loads(shown(capsys))
    assert answer["value"]["amount"] == "12500.00"
    assert "£10,000" in answer["citations"][0]["quote"]
    assert answer["citations"][0]["corrected"].startswith("Amount corrected from £10,000 to £12,500 (A. Reader, ")
    assert cli.main(["export", "--format", "csv", *workspace]) == 0
    assert ",12500" in shown(capsys)
    assert cli.main(["correct", "--undo", "c1", "--json", *workspace]) == 0
    assert json.loads(shown(capsys))["corrections"][0]["undoes"] == "c1"
    assert cli.main(["export", "--format", "csv", *workspace]) == 0
    assert ",12500" not in shown(capsys)


def test_corrections_are_listed_with_who_when_why_and_state(
    workspace: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["correct", "merge", "SafeLives", "Respect", *WHY, *workspace]) == 0
    assert cli.main(["correct", "note", "one.md", *WHY, *workspace]) == 0
    shown(capsys)
    assert cli.main(["correct", "--list", "--json", *workspace]) == 0
    merge, note = json.loads(shown(capsys))["corrections"]
    assert (merge["who"], merge["why"], merge["state"]) == ("A. Reader", "the annex says so", "applied")
    assert (merge["name"], merge["into"], note["action"]) == ("SafeLives", "Respect", "note")
    assert cli.main(["correct", "--list", *workspace]) == 0
    assert "A. Reader" in shown(capsys)


def test_a_dry_run_changes_nothing(workspace: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["correct", "withdraw", "one.md", "£10,000", "--dry-run", *WHY, *workspace]) == 0
    assert "nothing published" in shown(capsys)
    assert cli.main(["correct", "--list", *workspace]) == 0
    assert "No corrections." in shown(capsys)


@pytest.mark.parametrize(
    "arguments",
    [
        ["flow", "PCD 9001", "£77", "--amount", "5"], ["flow", "PCD 1", "£10,000", "--amount", "5"],
        ["flow", "PCD 9001", "£10,000", "--amount", "plenty"], ["merge", "Nobody Ltd", "Respect"],
    ],
)  # fmt: skip
def test_what_cannot_be_corrected_is_one_line_and_1(
    arguments: list[str], workspace: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["correct", *arguments, *WHY, *workspace]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["correct"], ["correct", "flow"], ["correct", "flow", "a", "b", "--why", "x"], ["correct", "merge", "a", "b"],
        ["correct", "flow", "a", "b", "--amount", "1"], ["correct", "name", "a", "--why", "x"],
        ["correct", "merge", "a", "b", "--amount", "1", "--why", "x"], ["correct", "--undo", "c1", "--list"],
        ["correct", "--list", "x", "y"],
    ],
)  # fmt: skip
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize(("name", "into"), [("Acme Helpers Trust", "Respect"), ("SafeLives", "Respect")])
def test_a_question_under_the_old_name_finds_what_was_put_together(
    name: str, into: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WHOFUNDS_MODEL_FOLDER", "/nonexistent")
    (tmp_path / "one.md").write_text(DECISION.replace("SafeLives", name), encoding="utf-8")
    place = ["--workspace", str(tmp_path / "workspace")]
    assert cli.main(["ingest", str(tmp_path / "one.md"), *place]) == 0
    assert cli.main(["correct", "merge", name, into, *WHY, *place]) == 0
    monkeypatch.delenv("WHOFUNDS_MODEL_FOLDER")
    for asked in (name, into):
        shown(capsys)
        assert cli.main(["ask", f"how much did {asked} get for Drive in 2023/24", "--json", *place]) == 0
        answer = json.loads(shown(capsys))
        assert (answer["status"], answer["value"]["amount"]) == ("answered", "10000.00"), answer["text"]
