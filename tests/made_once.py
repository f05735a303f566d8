"""What a run needs once, however many workers it has: the first that wants it makes it, the others wait for it."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, worker_id: str, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder of the run that `make` has filled; nobody may write to it afterwards.

    Args:
        factory: that of pytest; its folder lies within that of the whole run.
        worker_id: of pytest-xdist, "master" where there are no workers.
        name: of the folder.
        make: is given the folder, empty but for a lock.
    """
    base = factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            make(folder)
            (folder / "done").touch()
    return folder
