"""The most memory of a process: its own since it runs its program, not that of the process that started it."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import pytest

from graph.memory import most_taken_bytes, paused_garbage_collection

HOLD = "import sys; held = bytearray({0}) ; held[::4096] = b'x' * len(held[::4096]); print(); sys.stdin.read()"


def peak_of(held_bytes: int) -> int:
    command = [sys.executable, "-c", HOLD.format(held_bytes)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdin is not None
        process.stdout.readline()
        found = most_taken_bytes(process.pid)
        process.stdin.close()
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="the figure of another process is Linux's")
def test_a_process_that_a_larger_one_started_has_its_own_figure() -> None:
    here = bytearray(300_000_000)
    here[::4096] = b"x" * len(here[::4096])
    assert most_taken_bytes() > 300_000_000
    assert peak_of(0) < 100_000_000 < peak_of(100_000_000) < 200_000_000
    assert here


def test_a_process_that_has_ended_is_said() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    with pytest.raises(ProcessLookupError):
        most_taken_bytes(process.pid)


class Ring:
    """An object that refers to itself, so that only a collection of garbage frees it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_made_in_a_pause_is_still_collected_once_nobody_holds_it() -> None:
    assert gc.isenabled()
    with paused_garbage_collection():
        assert not gc.isenabled()
        gone = weakref.ref(Ring())
    assert gc.isenabled() and not gc.get_freeze_count()
    gc.collect()
    assert gone() is None
