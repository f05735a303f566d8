"""One publication at a time: a lock on the workspace that ends with its process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import WhofundsError

FILE = "lock"


class WorkspaceBusy(WhofundsError):
    """Another process is publishing a build in this workspace."""


@contextmanager
def locked(workspace: Path) -> Iterator[None]:
    """Hold the workspace's lock; the operating system releases it when the process ends, however it ends.

    Raises:
        WorkspaceBusy: Another process holds it; the message gives its process id.
    """
    workspace.mkdir(parents=True, exist_ok=True)

    def busy(owner: str) -> WhofundsError:
        return WorkspaceBusy(f"{workspace}: process {owner} is publishing a build here; wait for it and try again")

    with hold(workspace / FILE, busy):
        yield


@contextmanager
def hold(path: Path, busy: Callable[[str], WhofundsError]) -> Iterator[None]:
    """Hold the lock of a file; if another process has it, raise `busy(process id)`."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _take(descriptor):
            raise busy(os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown")
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode("ascii"), 0)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
