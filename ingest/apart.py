"""Read documents in a separate process with limits of time and memory: no file harms the app, an ingest or other files.

The process is started as `python -m ingest.apart`, not with `multiprocessing`, which would run the main module again
(in the app, the main module is a page). The process is reused for the next documents, since starting it takes seconds.
It ends when a document ends it, when its memory has grown too much, and when the process that started it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar, cast

from graph.memory import most_taken_bytes
from graph.settings import IMPORTED_FROM, Settings
from ingest.reading_time import ReadingTime

Given = ParamSpec("Given")
Found = TypeVar("Found")
POLL_SECONDS = 0.1
OUT_OF_MEMORY = 77  #: what the process returns where a document needs more than it may take
SPARE_SECONDS = 4  #: beside those of computing that a document may take where the machine is idle
BUSY_MACHINE = 5  #: times the computing time that is waited for in any case, since others compute too
MOST_IDLE = 4  #: processes that wait for the next document
MOST_WRITTEN_BYTES = 1_000_000_000  #: of one temporary file, as recognition of pictures writes them


class Stopped(Exception):
    """A person stopped the reading of a document."""


class ReadingEnded(Exception):
    """The reading process ended before the document was read.

    The message gives reason and remedy, without the file's name.
    """

    seconds: float = 0.0  #: after which it did
    computing_seconds: float = 0.0  #: of them on a processor


@dataclass(frozen=True, slots=True)
class Limits:
    """The time and the memory that reading one document may take."""

    seconds: float  #: of computing
    megabytes: int  #: of memory
    wait_seconds: float  #: until it is ended, whatever it does, less the time in which the machine kept it waiting
    most_seconds: float  #: until it is ended in any case

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Return the limits that the settings give.

        The time for a second reader's answers is added to the reading time.
        """
        asked = settings.second_reader_questions * settings.second_reader_timeout_seconds
        beside = asked if settings.second_reader else 0.0
        return cls(
            settings.max_reading_seconds,
            settings.max_reading_megabytes,
            settings.max_reading_seconds + SPARE_SECONDS + beside,
            BUSY_MACHINE * settings.max_reading_seconds + settings.max_ocr_seconds + beside,
        )


def _never() -> bool:
    return False


class ReadingProcess:
    """A second process that runs functions. It starts at the first call, and again after a call that ended it.

    Used by one thread at a time.
    """

    def __init__(self, limits: Limits) -> None:
        self.is_stopped: Callable[[], bool] = _never  #: asked while it works
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._there: Connection | None = None

    def ask(self, function: Callable[Given, Found], /, *given: Given.args, **named: Given.kwargs) -> Found:
        """Run a module-level function in the process; return its result, or raise the error that it raised.

        Raises:
            ReadingEnded: The function took more time or memory than the limits allow, or the process died.
            Stopped: `is_stopped` returned True; the process has been ended.
        """
        there = self._started()
        assert self._process is not None
        taken = ReadingTime(self._process.pid)
        try:
            there.send((function, given, named))
            self._wait(there, taken)
            is_done, found, is_worn = there.recv()
        except (EOFError, OSError) as error:
            raise _with_times(ReadingEnded(self._ending()), taken) from error
        except ReadingEnded as ended:
            self.close()
            raise _with_times(ended, taken) from None
        except BaseException:
            self.close()
            raise
        if is_worn:
            self.close()
        if not is_done:
            raise found
        return cast(Found, found)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._there is not None:
            self._there.close()
        self._process = self._there = None

    @property
    def pid(self) -> int | None:
        """The operating system's id of the process; None while no process runs."""
        return self._process.pid if self._process is not None else None

    def _wait(self, there: Connection, taken: ReadingTime) -> None:
        limits = self._limits
        while not there.poll(POLL_SECONDS):
            if self.is_stopped():
                raise Stopped
            taken.look()
            is_late = taken.is_known and taken.counted > limits.wait_seconds
            if is_late or taken.seconds > limits.most_seconds:
                raise ReadingEnded(
                    f"nothing came of it in {taken.seconds:.0f} s, so reading it was stopped; check that its folder "
                    "can be reached, split it, or raise WHOFUNDS_MAX_READING_SECONDS"
                )

    def _ending(self) -> str:
        """Return why the process is gone."""
        assert self._process is not None
        try:
            code = self._process.wait(5)
        except subprocess.TimeoutExpired:  # it closed its end and goes on
            code = 0
        self.close()
        if code == -signal.SIGXCPU:
            return (
                f"reading it took more than {self._limits.seconds:g} s of computing, so it was stopped; split it, or "
                "raise WHOFUNDS_MAX_READING_SECONDS"
            )
        if code == OUT_OF_MEMORY:
            return (
                f"reading it needs more than {self._limits.megabytes} MB of memory, so it was stopped; split it, or "
                "raise WHOFUNDS_MAX_READING_MEGABYTES"
            )
        return "it ended the process that read it, so it is damaged or too large; split it or leave it"

    def _started(self) -> Connection:
        if self._there is None:
            here, there = multiprocessing.Pipe()
            with there:  # closed here once it is open in the process, so that its death is noticed
                limits = [str(self._limits.seconds), str(self._limits.megabytes)]
                command = [sys.executable, "-P", "-m", f"{__package__}.apart", str(there.fileno()), *limits]
                path = os.pathsep.join(part for part in (str(IMPORTED_FROM), os.environ.get("PYTHONPATH", "")) if part)
                self._process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, pass_fds=[there.fileno()], env={**os.environ, "PYTHONPATH": path}
                )
            weakref.finalize(self, self._process.kill)  # with the process that started it
            self._there = here
        return self._there


def _with_times(ended: ReadingEnded, taken: ReadingTime) -> ReadingEnded:
    ended.seconds, ended.computing_seconds = taken.seconds, taken.computing
    return ended


@contextmanager
def reading_process(settings: Settings, is_stopped: Callable[[], bool] = _never) -> Iterator[ReadingProcess]:
    """Open a reading process within the limits of the settings, for a run of documents.

    It is closed on leaving `with`.
    """
    key = (os.getcwd(), os.environ.get("PATH", ""), Limits.of(settings))
    process = _taken(key) or ReadingProcess(Limits.of(settings))
    process.is_stopped = is_stopped
    try:
        if settings.second_reader:
            from ingest.extract.second_reader.consultation import begin_run

            process.ask(begin_run, settings)
        yield process
    finally:
        process.is_stopped = _never
        _give_back(key, process)


_Key = tuple[str, str, Limits]  #: the settings a process was started with
_IDLE: list[tuple[_Key, ReadingProcess]] = []
_CHANGING = threading.Lock()


def _taken(key: _Key) -> ReadingProcess | None:
    with _CHANGING:
        found = next((place for place, (held, _) in enumerate(_IDLE) if held == key), None)
        return _IDLE.pop(found)[1] if found is not None else None


def _give_back(key: _Key, process: ReadingProcess) -> None:
    if process.pid is None:
        return
    with _CHANGING:
        _IDLE.append((key, process))
        left = _IDLE[:-MOST_IDLE]
        del _IDLE[:-MOST_IDLE]
    for _, each in left:
        each.close()


def do_apart(
    settings: Settings, function: Callable[Given, Found], /, *given: Given.args, **named: Given.kwargs
) -> Found:
    """Run a module-level function once in a separate process with the limits of the settings; return its result.

    Raises:
        ReadingEnded: The function took more time or memory than the limits allow, or the process died.
    """
    with reading_process(settings) as process:
        return process.ask(function, *given, **named)


def main() -> None:
    """Run the functions that the parent process sends through the connection, until the connection is closed."""
    asked: Connection = Connection(int(sys.argv[1]))
    seconds, megabytes = float(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asks is interrupted, and ends this one
    _limit_memory(megabytes * 1_000_000)
    while True:
        try:
            function, given, named = asked.recv()
        except (EOFError, ConnectionError):
            return
        _limit_computing(seconds)
        try:
            answer = (True, function(*given, **named))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except Exception as error:
            answer = (False, error)
        try:
            asked.send((*answer, most_taken_bytes() > megabytes * 1_000_000 / 2))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except ConnectionError:  # who asked was killed meanwhile
            return


def _limit_memory(most_bytes: int) -> None:
    limits = {
        resource.RLIMIT_DATA: most_bytes,
        resource.RLIMIT_FSIZE: MOST_WRITTEN_BYTES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        with suppress(ValueError, OSError):  # a system that lacks the limit, or has a lower one
            resource.setrlimit(kind, (most, most))


def _limit_computing(seconds: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds + 1), hard))


if __name__ == "__main__":
    main()
