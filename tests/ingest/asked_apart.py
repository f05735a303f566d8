"""What a process that reads documents is asked in tests."""

from __future__ import annotations

import os
import subprocess
import time

from graph.errors import UnreadableDocument

MB = 1_000_000


def compute_for_ever() -> None:
    while True:
        sum(range(1_000_000))


def take(megabytes: int) -> int:
    return len(b"x" * (megabytes * MB))


def end(code: int) -> None:
    os._exit(code)


def pid_after(task: int) -> int:
    """Return the process of a task; the tasks 1 to 3 take too long, too much, or end it."""
    if task == 1:
        compute_for_ever()
    elif task == 2:
        take(400)
    elif task == 3:
        end(1)
    return os.getpid()


def fail(words: str) -> None:
    raise UnreadableDocument(words)


def compute_seconds(seconds: float) -> int:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return os.getpid()


def run_on(processor: int) -> None:
    os.sched_setaffinity(0, [processor])


def wait_for_child(seconds: float) -> int:
    return subprocess.run(["sleep", str(seconds)], check=False).returncode
