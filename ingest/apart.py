"""Reading for review in a process of its own: a file that is slow or deadly harms neither the app nor other files.

The process is `python -m ingest.apart N`, where N is the number of the open socket on which it is asked. It is no
child of `multiprocessing`, which would have it run the main module anew: in the app that is a page.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from graph.builds.manifest import DocumentEntry
from graph.settings import Settings
from ingest.intake import Pending, read_one, refused

POLL_SECONDS = 0.1
ROOT = Path(__file__).resolve().parent.parent  #: where the packages are


class Stopped(Exception):
    """A person stopped the reading."""


class ReaderApart:
    """Reads files in a second process, started with the first file and again after one that killed it."""

    def __init__(self, is_stopped: Callable[[], bool]) -> None:
        self._is_stopped = is_stopped
        self._process: subprocess.Popen[bytes] | None = None
        self._there: Connection | None = None

    def __call__(self, name: str, data: bytes, held: Sequence[DocumentEntry], settings: Settings) -> Pending:
        """Return what was found in a file.

        Raises:
            Stopped: The reading was stopped; the process is gone.
        """
        there = self._started()
        try:
            there.send((name, data, tuple(held), settings))
            while not there.poll(POLL_SECONDS):
                if self._is_stopped():
                    raise Stopped
            found = there.recv()
        except (EOFError, OSError):
            self.close()
            fault = f"{name}: it ended the process that read it, so it is damaged or too large; split it or leave it"
            return refused(name, data, fault, settings)
        except Stopped:
            self.close()
            raise
        assert isinstance(found, Pending)
        return replace(found, data=data)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._there is not None:
            self._there.close()
        self._process = self._there = None

    def _started(self) -> Connection:
        if self._there is None:
            here, there = multiprocessing.Pipe()
            with there:  # closed here once it is open in the process, so that its death is noticed
                command = [sys.executable, "-P", "-m", "ingest.apart", str(there.fileno())]
                path = os.pathsep.join(part for part in (str(ROOT), os.environ.get("PYTHONPATH", "")) if part)
                self._process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, pass_fds=[there.fileno()], env={**os.environ, "PYTHONPATH": path}
                )
            weakref.finalize(self, self._process.kill)  # with the app
            self._there = here
        return self._there


def main() -> None:
    """Read what is asked for until nobody asks."""
    asked: Connection = Connection(int(sys.argv[1]))
    while True:
        try:
            name, data, held, settings = asked.recv()
        except EOFError:
            return
        asked.send(replace(read_one(name, data, held, settings), data=b""))


if __name__ == "__main__":
    main()
