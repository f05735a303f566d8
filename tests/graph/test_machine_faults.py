"""Faults of the machine are told by what they are, however a library words them."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from graph.machine_faults import machine_fault

WORKSPACE = Path("workspace")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a/b"), "a/b: the disk is full; free some space"),
        (OSError(errno.EROFS, "Read-only file system", "a/b"), "a/b: the disk is read-only; mount it"),
        (PermissionError(errno.EACCES, "Permission denied", "a/b"), "a/b: no permission; have its owner"),
        (OSError(errno.EIO, "Input/output error"), "workspace: the disk has a fault"),
        (OSError(errno.EMFILE, "Too many open files"), "workspace: too many open files"),
        (MemoryError(), "workspace: out of memory; close other programs"),
        (RuntimeError("lance error: IO: No space left on device (os error 28)"), "workspace: the disk is full"),
        (OSError("IO error: No space left on device: While appending to file"), "workspace: the disk is full"),
        (RuntimeError("std::bad_alloc"), "workspace: out of memory"),
    ],
)
def test_a_fault_of_the_machine_is_one_line_that_helps(error: Exception, says: str) -> None:
    said = machine_fault(error, WORKSPACE)
    assert said.startswith(says) and "\n" not in said


def test_what_led_to_an_error_is_looked_at() -> None:
    try:
        try:
            raise OSError(errno.ENOSPC, "No space left on device", "graph/1.sst")
        except OSError as cause:
            raise ValueError("cannot be opened") from cause
    except ValueError as error:
        assert machine_fault(error, WORKSPACE).startswith("graph/1.sst: the disk is full")


@pytest.mark.parametrize("error", [ValueError("no"), FileNotFoundError(errno.ENOENT, "No such file"), KeyError("x")])
def test_other_errors_are_none(error: Exception) -> None:
    assert machine_fault(error, WORKSPACE) == ""
