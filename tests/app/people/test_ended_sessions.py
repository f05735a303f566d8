"""Sign-outs are known after a restart, and refusals do not fill the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.people import refusals
from app.people.ended import EndedSessions
from graph.audit import Event, audit_file, entries, record
from graph.settings import Settings


def test_a_sign_out_is_known_when_the_app_is_started_again(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, who="jo@office.example")
    record(settings, Event.SIGN_IN, session="one")
    record(settings, Event.SIGN_OUT, session="two")
    ended = EndedSessions(Settings(workspace=tmp_path))
    assert "two" in ended and "one" not in ended
    ended.end("one")
    assert "one" in ended


def test_a_sign_out_longer_ago_than_any_session_lasts_is_forgotten(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path)
    record(settings, Event.SIGN_OUT, session="old")
    path = audit_file(settings)
    path.write_text(path.read_text().replace('"when": "20', '"when": "19', 1), encoding="utf-8")
    assert "old" not in EndedSessions(settings)


def test_the_same_refusal_is_written_once_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(refusals.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(refusals, "_said", {})
    settings = Settings(workspace=tmp_path, who="rita@office.example")
    for _ in range(500):
        refusals.refused(settings, "correcting")
    refusals.refused(settings, "publishing")
    now[0] += refusals.QUIET_SECONDS
    refusals.refused(settings, "correcting")
    assert [each.details["what"] for each in entries(settings)] == ["correcting", "publishing", "correcting"]
