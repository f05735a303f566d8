"""Reading for review in a process of its own: a file that is slow or deadly harms neither the app nor other files."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from graph.builds.manifest import DocumentEntry
from graph.settings import Settings
from ingest.executor import plain_main
from ingest.intake import Pending, read_one, refused

POLL_SECONDS = 0.1


class Stopped(Exception):
    """A person stopped the reading."""


class ReaderApart:
    """Reads files in a second process, started with the first file and again after one that killed it."""

    def __init__(self, is_stopped: Callable[[], bool]) -> None:
        self._is_stopped = is_stopped
        self._process: SpawnProcess | None = None
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
            self._process.join()
        if self._there is not None:
            self._there.close()
        self._process = self._there = None

    def _started(self) -> Connection:
        if self._there is None:
            context = multiprocessing.get_context("spawn")
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(there,), daemon=True)
            with plain_main():
                process.start()
            there.close()  # so that its death is noticed here
            self._process, self._there = process, here
        return self._there


def _serve(asked: Connection) -> None:
    """Read what is asked for until nobody asks."""
    while True:
        try:
            name, data, held, settings = asked.recv()
        except EOFError:
            return
        asked.send(replace(read_one(name, data, held, settings), data=b""))
