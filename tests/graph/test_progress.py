"""Progress is a bar in a terminal, a line every few seconds in a log, and nothing where it is not wanted."""

from __future__ import annotations

import io
import sys

import pytest

from graph import progress
from graph.progress import counted, counting, saying
from graph.settings import PROJECT


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which a test moves on."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_log_gets_a_line_every_few_seconds(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    for _ in counting(range(1500), 1500, "Reading", "document", shown=True):
        clock[0] += 0.0078125  # 640 of them take five seconds
    assert capsys.readouterr().err.splitlines() == [
        "Reading: 640 of 1,500 documents", "Reading: 1,280 of 1,500 documents",
    ]  # fmt: skip


def test_what_is_done_sooner_says_nothing(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with counted(10, "Embedding", "passage", shown=True) as counter:
        clock[0] += 4
        counter.update(9)
    tell = saying(True)
    tell("Counting")
    assert capsys.readouterr().err == ""
    clock[0] += 6
    tell("Publishing")
    assert capsys.readouterr().err == "Publishing\n"


def test_nothing_is_said_where_it_is_not_wanted(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with counted(10, "Embedding", "passage", shown=False) as counter:
        clock[0] += 60
        counter.update(5)
    saying(False)("Counting")
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar_and_no_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0.0)
    assert list(counting("ab", 2, "Reading", "document", shown=True)) == ["a", "b"]
    saying(True)("Counting")
    assert "Reading: 100%" in screen.getvalue()
    assert "Counting" not in screen.getvalue()


def test_make_reads_the_samples_with_progress() -> None:
    [line] = [
        line for line in (PROJECT / "Makefile").read_text(encoding="utf-8").splitlines() if "ingest data/" in line
    ]
    assert "--quiet" not in line and "2>" not in line
