"""`whofunds log`, and who stands in publications, corrections and roll-backs made on the command line."""

from __future__ import annotations

import json
import os
import pwd
import shutil
from pathlib import Path

import pytest

from app.cli import main
from app.commands.log import EVENTS
from graph.audit import Event

ME = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def workspace(small_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(small_workspace, tmp_path / "workspace")
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(tmp_path / "workspace"))
    monkeypatch.setenv("WHOFUNDS_MODEL_FOLDER", "/nonexistent")
    return tmp_path / "workspace"


def logged(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["log", "--json", *options]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_publications_corrections_and_roll_backs_say_who(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["correct", "note", "PCD 9002", "--why", "seen", "--who", "Ann Lee"]) == 0
    assert main(["builds", "--rollback"]) == 0
    found = logged(capsys)
    assert [(each["event"], each["who"]) for each in found] == [
        ("publication", ME), ("publication", ME), ("correction", "Ann Lee"), ("roll-back", ME),
    ]  # fmt: skip
    assert found[2] == {
        **found[2], "login": ME, "correction": "c1", "action": "note", "document": "pcd-9002.md",
        "build": found[1]["build"],
    }  # fmt: skip
    assert found[3]["build"] == found[0]["build"]
    assert main(["builds", "--json"]) == 0
    assert {each["who"] for each in json.loads(capsys.readouterr().out)["builds"]} == {ME}


def test_a_name_may_be_set_for_builds_and_the_user_stands_beside_it(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHOFUNDS_WHO", "nightly run")
    assert main(["correct", "note", "PCD 9002", "--why", "seen"]) == 0
    found = logged(capsys, "--limit", "2")
    assert [(each["who"], each["login"]) for each in found] == [("nightly run", ME)] * 2


def test_a_dry_run_leaves_no_entry(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = logged(capsys)
    assert main(["correct", "note", "PCD 9002", "--why", "seen", "--dry-run"]) == 0
    assert logged(capsys) == before


def test_entries_are_chosen_by_kind_person_day_and_number(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for who in ("Ann Lee", "Bo Ray"):
        assert main(["correct", "note", "PCD 9002", "--why", "seen", "--who", who]) == 0
    assert [each["who"] for each in logged(capsys, "--event", "correction")] == ["Ann Lee", "Bo Ray"]
    assert [each["event"] for each in logged(capsys, "--who", "bo ray")] == ["correction"]
    assert len(logged(capsys, "--limit", "1")) == 1
    assert len(logged(capsys, "--limit", "0")) == 5
    assert logged(capsys, "--since", "2999-01-01") == []
    assert len(logged(capsys, "--since", "2000-01-01")) == 5


def test_people_read_it_as_a_table(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["log"]) == 0
    shown = capsys.readouterr().out
    assert "When (UTC)" in shown and "publication" in shown and ME in shown and "documents 2" in shown


def test_nothing_is_said_as_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "--workspace", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("Nothing of that in ")


def test_a_damaged_line_makes_the_exit_code_one(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (workspace / "audit.jsonl").open("a") as file:
        file.write("torn {\n")
    assert main(["log"]) == 1
    assert "line 2: no entry" in capsys.readouterr().err


def test_the_choices_are_the_events() -> None:
    assert tuple(Event) == EVENTS


def test_a_publication_whose_process_was_killed_before_the_log_is_shown(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("graph.builds.owed_entries.pay", stop)
        main(["correct", "note", "PCD 9002", "--why", "seen", "--who", "Ann Lee"])
    found = logged(capsys)
    assert [(each["event"], each["who"]) for each in found[1:]] == [("publication", ME), ("correction", "Ann Lee")]
    assert logged(capsys) == found
