"""The commands that look after a workspace: backup, restore, repair, builds --verify; and what the app says."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path

import pytest
import streamlit as st

from app import cli
from graph.builds.workspace import Workspace
from tests.app.test_pages import opened, words


@pytest.fixture
def workspace(small_workspace: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_workspace, tmp_path / "workspace"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(list(arguments))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_backup_goes_out_and_comes_back(workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "backup.zip"
    code, out, _ = run(capsys, "backup", str(file), "--json", "--workspace", str(workspace))
    build = Workspace(workspace).current_id()
    assert (code, json.loads(out)["build"]) == (0, build)
    other = tmp_path / "moved"
    code, out, _ = run(capsys, "restore", str(file), "--workspace", str(other))
    assert code == 0 and "2 documents" in out and "is published" in out
    code, out, _ = run(capsys, "ask", "who funds Drive in London", "--json", "--workspace", str(other))
    assert run(capsys, "ask", "who funds Drive in London", "--json", "--workspace", str(workspace))[1] == out
    file.write_bytes(file.read_bytes()[:-100])
    code, _, err = run(capsys, "restore", str(file), "--workspace", str(other))
    assert code == 1 and err.startswith(f"whofunds: {file}: no whole archive")


def test_verify_names_what_is_damaged_and_repair_makes_it_good(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--workspace", str(workspace))
    assert run(capsys, "builds", "--verify", *at)[0] == 0
    build = Workspace(workspace).current()
    (build.path / "ledger.parquet").unlink()
    code, out, _ = run(capsys, "builds", "--verify", "--json", *at)
    (row,) = json.loads(out)["builds"]
    assert (code, row["state"]) == (1, "damaged")
    assert row["faults"] == [{"file": "ledger.parquet", "fault": "missing"}]
    code, _, err = run(capsys, "builds", "--verify", *at)
    assert f"{build.id}: ledger.parquet is missing" in err and "whofunds repair" in err
    code, out, err = run(capsys, "repair", "--dry-run", *at)
    assert code == 1 and "ledger.parquet is missing" in err
    assert out == "nothing was changed (dry run); 'whofunds repair' does it\n"
    code, out, _ = run(capsys, "repair", *at)
    assert code == 0 and "is published" in out
    assert run(capsys, "repair", *at)[1].startswith("nothing to repair")
    assert run(capsys, "repair", "--dry-run", *at)[1].startswith("nothing to repair")
    code, _, err = run(capsys, "builds", "--verify", *at)
    assert code == 0 and f"{build.id}: ledger.parquet is missing" in err and "the current one is whole" in err
    code, _, err = run(capsys, "builds", "--rollback", *at)
    assert code == 1 and err.count("\n") == 1 and f"build {build.id} is damaged (ledger.parquet is missing)" in err


@pytest.mark.parametrize(
    "command", [("ask", "who funds Drive"), ("search", "Drive"), ("export", "--format", "csv"), ("check",)]
)
def test_a_command_that_a_damaged_part_stops_names_it_and_what_mends_it(
    workspace: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    build = Workspace(workspace).current()
    part = "graph/CURRENT" if command == ("check",) else "ledger.parquet"
    (build.path / part).write_bytes(b"PAR1")
    code, _, err = run(capsys, *command, "--workspace", str(workspace))
    assert code == 1
    assert "unexpected fault" not in err and "whofunds repair" in err and str(build.path) in err


def test_an_answer_without_the_columns_says_that_they_are_damaged(
    workspace: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    before = run(capsys, "ask", "who funds Drive", "--workspace", str(workspace))[1]
    (Workspace(workspace).current().path / "columns" / "flows.arrow").write_bytes(b"ARROW1")
    assert run(capsys, "ask", "who funds Drive", "--workspace", str(workspace))[:2] == (0, before)
    assert [each.levelname for each in caplog.records if "whofunds repair" in each.getMessage()] == ["ERROR"]


def test_a_correction_of_a_build_that_was_taken_back_is_said_to_wait(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--workspace", str(workspace))
    flow = ("flow", "PCD 9001", "£120,000", "--fund", "A pot", "--who", "A. Reader", "--why", "said so")
    assert run(capsys, "correct", *flow, *at)[0] == 0
    assert "not in build" not in run(capsys, "correct", "--list", *at)[2]
    assert run(capsys, "builds", "--rollback", *at)[0] == 0
    assert "c1: not in build" in run(capsys, "correct", "--list", *at)[2]


def test_rollback_says_which_damaged_build_it_passed_over(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("--workspace", str(workspace))
    whole = Workspace(workspace).current().id
    assert run(capsys, "correct", "note", "PCD 9002", "--why", "seen", *at)[0] == 0
    damaged = Workspace(workspace).current()
    (damaged.path / "ledger.parquet").unlink()
    assert run(capsys, "repair", *at)[0] == 0
    code, _, err = run(capsys, "builds", "--rollback", *at)
    assert code == 0 and err.splitlines() == [
        f"build {damaged.id} is damaged (ledger.parquet is missing), so it was passed over",
        f"current is now {whole}",
    ]


def test_ask_says_that_the_build_lacks_its_ledger_and_answers_the_same(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("ask", "who funds Drive in London", "--json", "--workspace", str(workspace))
    code, out, err = run(capsys, *asked)
    assert (code, err) == (0, "")
    ledger = Workspace(workspace).current().path / "ledger.parquet"
    ledger.unlink()
    code, again, err = run(capsys, *asked)
    assert (code, again) == (0, out)
    assert err == f"{ledger}: missing; answers do without it, as far as they can. Run 'whofunds repair'\n"


def test_a_restore_and_a_repair_stand_in_the_log(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at, file = ("--workspace", str(workspace)), tmp_path / "backup.zip"
    archived = Workspace(workspace).current().id
    assert run(capsys, "backup", str(file), *at)[0] == 0
    assert run(capsys, "correct", "note", "PCD 9002", "--why", "seen", *at)[0] == 0
    assert run(capsys, "restore", str(file), *at)[0] == 1
    assert run(capsys, "restore", str(file), "--replace", "--dry-run", *at)[0] == 0
    assert run(capsys, "log", "--event", "restore", *at)[1].startswith("Nothing of that")
    assert run(capsys, "restore", str(file), "--replace", *at)[0] == 0
    build = Workspace(workspace).current()
    (build.path / "ledger.parquet").unlink()
    assert run(capsys, "repair", *at)[0] == 0
    out = run(capsys, "log", "--event", "restore", "--event", "repair", "--json", *at)[1]
    restored, repaired = map(json.loads, out.splitlines())
    assert restored["build"] == build.id and restored["archive"] == str(file) and restored["archived"] == archived
    assert restored["removed_corrections"] == ["c1"] and restored["made"]
    assert repaired["base"] == build.id and repaired["damaged"] == ["ledger.parquet is missing"]


def test_a_repair_that_puts_a_file_back_stands_in_the_log(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--workspace", str(workspace))
    assert run(capsys, "correct", "note", "PCD 9002", "--why", "seen", *at)[0] == 0
    (workspace / "corrections.yaml").unlink()
    assert run(capsys, "repair", *at)[0] == 0
    (entry,) = map(json.loads, run(capsys, "log", "--event", "repair", "--json", *at)[1].splitlines())
    assert "corrections.yaml: has c1 again" in entry["restored"][0]


def test_a_disk_that_is_full_is_told_in_a_line(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object, **named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "a/file")

    monkeypatch.setattr("ingest.pipeline.find_sources", full)
    code, _, err = run(capsys, "ingest", "x.md", "--workspace", str(workspace))
    assert code == 1 and err.startswith("whofunds: a/file: the disk is full; free some space")
    assert err.count("\n") == 1


def test_the_app_and_check_say_that_corrections_are_missing(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    what = ("merge", "SafeLives", "Respect", "--why", "same body")
    assert run(capsys, "correct", *what, "--workspace", str(workspace))[0] == 0
    (workspace / "corrections.yaml").unlink()
    monkeypatch.setenv("WHOFUNDS_WORKSPACE", str(workspace))
    st.cache_resource.clear()  # the app keeps the settings that it was started with
    said = "the 1 correction of build"
    app = words(opened())
    assert "Work of people is missing or damaged" in app and said in app and "whofunds repair" in app
    for command in (("check",), ("correct", "--list")):
        code, _, err = run(capsys, *command, "--workspace", str(workspace))
        assert code == 0 and said in err
    code, _, err = run(capsys, "correct", *what, "--workspace", str(workspace))
    assert code == 1 and said in err
    assert run(capsys, "repair", "--workspace", str(workspace))[0] == 0
    assert "is missing or damaged" not in words(opened())
    st.cache_resource.clear()
