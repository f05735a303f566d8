"""What reads documents apart is limited in time and memory, tells why it ended, and stays for the next document."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.apart import POLL_SECONDS, Limits, ReadingEnded, ReadingProcess, Stopped, do_apart, reading_process
from ingest.executor import LocalProcesses
from tests.ingest.asked_apart import (
    MB,
    compute_for_ever,
    compute_seconds,
    end,
    fail,
    pid_after,
    run_on,
    take,
    wait_for_child,
)

SETTINGS = Settings(max_reading_seconds=1, max_reading_megabytes=300)


@contextmanager
def only_processor_taken_by(others: int) -> Iterator[int]:
    """Yield a processor on which other processes compute all the time."""
    processor = min(os.sched_getaffinity(0))
    code = f"import os; os.sched_setaffinity(0, [{processor}])\nwhile True: pass"
    running = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(others)]
    try:
        yield processor
    finally:
        for each in running:
            each.kill()
            each.wait()


def lost(task: int, ended: ReadingEnded) -> str:
    return f"{task}: {ended}"


@pytest.mark.parametrize(
    ("function", "given", "says"),
    [
        (compute_for_ever, (), "more than 1 s of computing.*raise WHOFUNDS_MAX_READING_SECONDS"),
        (take, (400,), "more than 300 MB of memory.*raise WHOFUNDS_MAX_READING_MEGABYTES"),
        (end, (3,), "ended the process that read it.*split it or leave it"),
    ],
)
def test_what_goes_beyond_a_limit_is_ended_and_says_what_to_do(function, given, says) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ReadingEnded, match=says) as caught:
        do_apart(SETTINGS, function, *given)
    assert "\n" not in str(caught.value)


def test_what_hangs_without_computing_is_ended() -> None:
    process = ReadingProcess(Limits(seconds=20, megabytes=300, wait_seconds=0.5, most_seconds=60))
    with pytest.raises(ReadingEnded, match="nothing came of it"):
        process.ask(time.sleep, 60)
    assert process.pid is None


def test_the_errors_of_a_document_come_back_as_they_are() -> None:
    with pytest.raises(UnreadableDocument, match=r"^a\.md: no words$"):
        do_apart(SETTINGS, fail, "a.md: no words")


def test_a_process_stays_for_the_next_document_and_goes_where_it_has_grown() -> None:
    first = do_apart(SETTINGS, os.getpid)
    assert do_apart(SETTINGS, os.getpid) == first
    assert do_apart(SETTINGS, take, 200) == 200 * MB
    assert do_apart(SETTINGS, os.getpid) != first


def test_the_time_of_one_document_is_not_taken_from_the_next() -> None:
    with reading_process(Settings(max_reading_seconds=2)) as process:
        pids = {process.ask(compute_seconds, 1.0) for _ in range(4)}
    assert len(pids) == 1


def test_a_stop_ends_the_process() -> None:
    with reading_process(SETTINGS, lambda: True) as process:
        with pytest.raises(Stopped):
            process.ask(time.sleep, 60)
        assert process.pid is None


def test_a_killed_process_costs_its_document_only() -> None:
    with reading_process(SETTINGS) as process:
        pid = process.ask(os.getpid)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ReadingEnded):
            process.ask(os.getpid)
        assert process.ask(os.getpid) != pid


def test_each_task_has_a_result_whatever_the_others_do() -> None:
    executor = LocalProcesses[int, int | str](pid_after, lost, SETTINGS, workers=2)
    found = list(executor.run(range(8)))
    assert sorted(str(one).split(":")[0] for one in found if isinstance(one, str)) == ["1", "2", "3"]
    assert sum(isinstance(one, int) for one in found) == 5


def test_processes_do_not_run_the_page_that_started_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.py").write_text("raise RuntimeError('a reader drew the page')", encoding="utf-8")
    page = ModuleType("__main__")
    page.__file__ = str(tmp_path / "page.py")
    monkeypatch.setitem(sys.modules, "__main__", page)
    monkeypatch.chdir(tmp_path)
    assert do_apart(SETTINGS, abs, -2) == 2


def test_a_folder_that_was_changed_into_is_that_of_the_process_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_apart(SETTINGS, os.getcwd)
    monkeypatch.chdir(tmp_path)
    assert do_apart(SETTINGS, os.getcwd) == str(tmp_path)


def test_an_idle_machine_is_at_a_document_for_less_than_twenty_seconds() -> None:
    plain, asked = Limits.of(Settings()), Limits.of(Settings(second_reader="http://127.0.0.1:9/v1"))
    assert plain.wait_seconds + POLL_SECONDS < 20
    assert plain.most_seconds == 5 * 15 + 300
    assert asked.wait_seconds == plain.wait_seconds + 20 * 20
    assert asked.most_seconds == plain.most_seconds + 20 * 20


def test_what_the_machine_is_too_busy_to_read_at_once_is_not_ended() -> None:
    with only_processor_taken_by(5) as processor:
        process = ReadingProcess(Limits(seconds=20, megabytes=300, wait_seconds=3, most_seconds=120))
        process.ask(run_on, processor)
        started = time.monotonic()
        process.ask(compute_seconds, 1.5)
        took = time.monotonic() - started
        process.close()
    assert took > 3


def test_what_is_ended_says_how_long_it_took_and_how_much_of_that_it_computed() -> None:
    process = ReadingProcess(Limits(seconds=20, megabytes=300, wait_seconds=3, most_seconds=60))
    process.ask(os.getpid)
    with pytest.raises(ReadingEnded) as caught:
        process.ask(time.sleep, 60)
    assert caught.value.seconds >= 3
    assert 0 <= caught.value.computing_seconds < 1


def test_recognition_in_a_process_of_its_own_has_its_own_limit() -> None:
    process = ReadingProcess(Limits(seconds=20, megabytes=300, wait_seconds=2, most_seconds=60))
    process.ask(os.getpid)
    assert process.ask(wait_for_child, 3.0) == 0
    process.close()


def test_a_process_at_work_for_ever_is_ended_in_any_case() -> None:
    process = ReadingProcess(Limits(seconds=20, megabytes=300, wait_seconds=60, most_seconds=1))
    with pytest.raises(ReadingEnded, match="nothing came of it in 1 s"):
        process.ask(wait_for_child, 60.0)
    assert process.pid is None


def test_a_process_stays_for_the_next_document_however_large_the_one_that_started_it_is() -> None:
    held = bytearray(600_000_000)
    held[::4096] = b"x" * len(held[::4096])
    process = ReadingProcess(Limits.of(SETTINGS))
    process.ask(os.getpid)
    first = process.pid
    process.ask(os.getpid)
    assert first is not None and process.pid == first and held
    process.close()


def test_a_process_whose_asker_is_gone_ends_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    process = ReadingProcess(Limits.of(SETTINGS))
    there = process._started()
    there.send((compute_seconds, (0.2,), {}))
    there.close()  # as the system does for one that is killed
    assert process._process is not None and process._process.wait(60) == 0
    process.close()
    assert capfd.readouterr().err == ""
