"""The audit log: entries are added and never changed, full files are kept, what cannot be said is not done."""

from __future__ import annotations

import json
import multiprocessing
import os
import pwd
from pathlib import Path

import pytest

from graph import audit
from graph.audit import AuditLogFault, Event, audit_file, audit_files, check_writable, entries, record
from graph.builds.workspace import Workspace
from graph.settings import Settings


def settings_of(folder: Path, **more: object) -> Settings:
    return Settings(workspace=folder / "workspace", **more)  # type: ignore[arg-type]


def test_an_entry_says_who_when_and_what(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, who="Ann Lee")
    record(settings, Event.PUBLICATION, build="b1", base=None)
    found = list(entries(settings))
    assert [(each.event, each.who) for each in found] == [("publication", "Ann Lee")]
    assert found[0].when.endswith("+00:00")
    assert found[0].details == {"login": pwd.getpwuid(os.getuid()).pw_name, "build": "b1"}


def test_without_a_name_it_is_the_systems_user_whatever_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")
    settings = settings_of(tmp_path)
    record(settings, Event.ROLL_BACK)
    assert [each.who for each in entries(settings)] == [pwd.getpwuid(os.getuid()).pw_name]


def test_no_text_of_a_user_makes_a_line_of_its_own(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, who='x\n{"event": "publication"}\u2028 \ud800')
    record(settings, Event.ADDITION, file="a\r\nb")
    assert len(audit_file(settings).read_bytes().split(b"\n")) == 2
    assert [each.event for each in entries(settings)] == ["addition"]


def test_a_full_file_is_set_aside_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "MOST_BYTES", 500)
    settings = settings_of(tmp_path)
    for number in range(40):
        record(settings, Event.ADDITION, number=number)
    record(settings, Event.ADDITION, number=40, long="x" * 2000)
    files = audit_files(settings)
    assert len(files) > 5
    assert all(path.stat().st_size <= 500 for path in files[:-1])
    assert [each.details["number"] for each in entries(settings)] == list(range(41))


def _write_many(workspace: Path, writer: int) -> None:
    audit.MOST_BYTES = 2000
    for number in range(100):
        record(Settings(workspace=workspace), Event.ADDITION, writer=writer, number=number)


def test_several_processes_lose_none_of_their_entries(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write_many, args=(workspace, writer)) for writer in range(4)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    found = [(each.details["writer"], each.details["number"]) for each in entries(Settings(workspace=workspace))]
    assert sorted(found) == [(writer, number) for writer in range(4) for number in range(100)]
    for writer in range(4):
        assert [number for who, number in found if who == writer] == list(range(100))


def test_a_damaged_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    record(settings, Event.ADDITION, number=1)
    with audit_file(settings).open("ab") as file:
        file.write(b'{"when": "2026\n[]\n\xff\xfe\n')
    record(settings, Event.ADDITION, number=2)
    faults: list[str] = []
    assert [each.details["number"] for each in entries(settings, faults)] == [1, 2]
    assert [fault.partition(": ")[0].rpartition(", ")[2] for fault in faults] == ["line 2", "line 3", "line 4"]


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    record(settings, Event.ROLL_BACK)
    assert audit_file(settings).stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_written_down_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").mkdir()
    settings = settings_of(tmp_path, audit_log=str(tmp_path / "in-the-way"))
    with pytest.raises(AuditLogFault, match=r"nothing was changed.*WHOFUNDS_AUDIT_LOG"):
        check_writable(settings)
    with pytest.raises(AuditLogFault), Workspace(settings.workspace, settings=settings).publishing():
        raise AssertionError("published without a log")


def test_another_file_may_be_set(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, audit_log=str(tmp_path / "elsewhere" / "whofunds.log"))
    check_writable(settings)
    record(settings, Event.CORRECTION)
    assert json.loads((tmp_path / "elsewhere" / "whofunds.log").read_text())["event"] == "correction"
