"""Where documents are read: in local processes or on a Dask cluster, always in separate processes with limits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from functools import partial
from itertools import islice
from queue import SimpleQueue
from typing import Any, Generic, Protocol, TypeVar

from graph.errors import MissingExtra, WhofundsError
from graph.settings import Settings
from ingest.apart import ReadingEnded, ReadingProcess, do_apart, reading_process

Task = TypeVar("Task")
Result = TypeVar("Result")
_TaskIn = TypeVar("_TaskIn", contravariant=True)
_ResultOut = TypeVar("_ResultOut", covariant=True)
WITH_SCHEDULER = 500  #: tasks that a cluster's scheduler has at any time
FEW = 16  #: tasks; starting another process for fewer takes more of the processors than it saves time


class Executor(Protocol[_TaskIn, _ResultOut]):
    """Runs tasks and yields their results in the order in which they finish."""

    def run(self, tasks: Sequence[_TaskIn]) -> Iterator[_ResultOut]:
        """Yield one result for each task, in no fixed order."""


class LocalProcesses(Generic[Task, Result]):
    """Several reading processes on this machine. A task that exceeds the limits fails alone; the others go on."""

    def __init__(
        self,
        work: Callable[[Task], Result],
        lost: Callable[[Task, ReadingEnded], Result],
        settings: Settings,
        workers: int,
    ) -> None:
        self._work = work
        self._lost = lost
        self._settings = settings
        self._workers = workers

    def run(self, tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield each result as soon as its task is done, in no fixed order."""
        over = threading.Event()
        free: SimpleQueue[ReadingProcess] = SimpleQueue()
        workers = self._workers if len(tasks) >= FEW else 1
        with ExitStack() as lent, ThreadPoolExecutor(workers) as pool:
            for _ in range(workers):
                free.put(lent.enter_context(reading_process(self._settings, over.is_set)))
            try:
                for future in as_completed([pool.submit(self._one, task, free) for task in tasks]):
                    yield future.result()
            finally:
                over.set()
                pool.shutdown(cancel_futures=True)

    def _one(self, task: Task, free: SimpleQueue[ReadingProcess]) -> Result:
        process = free.get()
        try:
            return process.ask(self._work, task)
        except ReadingEnded as ended:
            return self._lost(task, ended)
        finally:
            free.put(process)


class DaskCluster(Generic[Task, Result]):
    """The workers of a Dask scheduler, which have whofunds installed and see the same files."""

    def __init__(
        self, work: Callable[[Task], Result], lost: Callable[[Task, ReadingEnded], Result], settings: Settings
    ) -> None:
        self._work = work
        self._lost = lost
        self._settings = settings

    def run(self, tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield each result as soon as its task is done, in no fixed order."""
        for task, done in on_cluster(self._settings, partial(_apart, self._settings, self._work), tasks):
            fault = done.exception()
            yield self._lost(task, _ended(fault)) if fault else done.result()


def _apart(settings: Settings, work: Callable[[Task], Result], task: Task) -> Result:
    return do_apart(settings, work, task)


def on_cluster(
    settings: Settings, function: Callable[[Task], Result], tasks: Iterable[Task]
) -> Generator[tuple[Task, Future[Result]], None, None]:
    """Yield each task with its future as soon as it is done, in no fixed order. Close it to leave the cluster early.

    Only some tasks are with the scheduler at any time, so that neither its memory nor ours grows with their number.

    Raises:
        MissingExtra: Dask is not installed.
        UnreachableCluster: No scheduler answers.
    """
    try:
        from distributed import Client
        from distributed import as_completed as as_done
    except ImportError as error:
        raise MissingExtra("a cluster needs the 'cluster' extra: pip install 'whofunds[cluster]'") from error
    address = settings.cluster
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError, TimeoutError) as error:
        raise UnreachableCluster(
            f"{address}: no Dask scheduler answers there; check WHOFUNDS_CLUSTER, or unset it to work here"
        ) from error
    with client:
        waiting = iter(tasks)

        def submitted(number: int) -> dict[Any, Task]:
            return {client.submit(function, task, pure=False): task for task in islice(waiting, number)}

        running = submitted(WITH_SCHEDULER)
        finished = as_done(running)
        for future in finished:
            yield running.pop(future), future
            running |= (more := submitted(1))
            finished.update(more)


def _ended(fault: BaseException) -> ReadingEnded:
    died = ReadingEnded("the cluster's worker that read it died; unset WHOFUNDS_CLUSTER to read it here")
    return fault if isinstance(fault, ReadingEnded) else died


class UnreachableCluster(WhofundsError):
    """The Dask scheduler does not answer."""


def open_executor(
    work: Callable[[Task], Result],
    lost: Callable[[Task, ReadingEnded], Result],
    *,
    settings: Settings,
    workers: int,
) -> Executor[Task, Result]:
    """Return a Dask executor if the settings name a cluster, else one that uses local processes.

    Args:
        work: Does a task; a module-level function, so that other processes can import it.
        lost: Makes the result of a task whose process ended, from the task and the reason.
        settings: `cluster` is the address of a Dask scheduler; also the limits of a task.
        workers: Number of local processes.
    """
    if settings.cluster:
        return DaskCluster(work, lost, settings)
    return LocalProcesses(work, lost, settings, workers)
