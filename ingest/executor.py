"""Where work is done: in this process, in local processes, or on a Dask cluster, through one interface."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import ModuleType
from typing import Generic, Protocol, TypeVar

from graph.errors import MissingExtra, WhofundsError
from graph.settings import Settings

Task = TypeVar("Task")
Result = TypeVar("Result")
_TaskIn = TypeVar("_TaskIn", contravariant=True)
_ResultOut = TypeVar("_ResultOut", covariant=True)
FEW = 8  #: tasks; fewer are done sooner than processes are started
_ONE_AT_A_TIME = threading.Lock()  #: of those that start processes


class Executor(Protocol[_TaskIn, _ResultOut]):
    """Does work on tasks and yields the results as they come, in any order."""

    def run(self, tasks: Sequence[_TaskIn]) -> Iterator[_ResultOut]:
        """Yield one result per task."""


class InProcess(Generic[Task, Result]):
    """One task after the other, here."""

    def __init__(self, work: Callable[[Task], Result]) -> None:
        self._work = work

    def run(self, tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield the results in the order of the tasks."""
        return map(self._work, tasks)


class LocalProcesses(Generic[Task, Result]):
    """Several processes on this machine. A task that kills its process costs only itself."""

    def __init__(self, work: Callable[[Task], Result], lost: Callable[[Task], Result], workers: int) -> None:
        self._work = work
        self._lost = lost
        self._workers = workers

    def run(self, tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield the results as they come; tasks left by a broken pool are done again, each on its own."""
        left = dict(enumerate(tasks))
        with self._pool(self._workers) as pool:
            with plain_main():
                futures = {pool.submit(self._work, task): number for number, task in left.items()}
            try:
                for future in as_completed(futures):
                    result = future.result()
                    del left[futures[future]]
                    yield result
            except BrokenProcessPool:
                pass
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
        for task in left.values():
            yield self._alone(task)

    def _alone(self, task: Task) -> Result:
        with self._pool(1) as pool:
            try:
                with plain_main():
                    future = pool.submit(self._work, task)
                return future.result()
            except BrokenProcessPool:
                return self._lost(task)

    def _pool(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


@contextmanager
def plain_main() -> Iterator[None]:
    """Start processes as if there were no main module: in the app it is a page, which each of them would draw.

    One thread at a time; where another put its own main module there meanwhile, as a page that opens does, it stays.
    """
    with _ONE_AT_A_TIME:
        main, plain = sys.modules["__main__"], ModuleType("__main__")
        sys.modules["__main__"] = plain
        try:
            yield
        finally:
            if sys.modules["__main__"] is plain:
                sys.modules["__main__"] = main


class DaskCluster(Generic[Task, Result]):
    """The workers of a Dask scheduler, which have whofunds installed and see the same files."""

    def __init__(self, work: Callable[[Task], Result], lost: Callable[[Task], Result], address: str) -> None:
        self._work = work
        self._lost = lost
        self._address = address

    def run(self, tasks: Sequence[Task]) -> Iterator[Result]:
        """Yield the results as they come."""
        try:
            from distributed import Client
            from distributed import as_completed as as_done
        except ImportError as error:
            raise MissingExtra("a cluster needs the 'cluster' extra: pip install 'whofunds[cluster]'") from error
        try:
            client = Client(self._address, timeout="10s")
        except (OSError, ValueError, TimeoutError) as error:
            raise UnreachableCluster(
                f"{self._address}: no Dask scheduler answers there; check WHOFUNDS_CLUSTER, or unset it to work here"
            ) from error
        with client:
            futures = {client.submit(self._work, task, pure=False): task for task in tasks}
            for future in as_done(futures):
                yield self._lost(futures[future]) if future.exception() else future.result()


class UnreachableCluster(WhofundsError):
    """The Dask scheduler does not answer."""


def open_executor(
    work: Callable[[Task], Result],
    lost: Callable[[Task], Result],
    *,
    settings: Settings,
    workers: int,
    tasks: int,
) -> Executor[Task, Result]:
    """Return the executor for so many tasks.

    Args:
        work: does a task; a function of a module, as other processes must find it.
        lost: the result for a task whose process died.
        settings: `cluster` names a Dask scheduler.
        workers: local processes; 1 works in this process.
        tasks: how many there will be.
    """
    if settings.cluster:
        return DaskCluster(work, lost, settings.cluster)
    if workers > 1 and tasks >= FEW:
        return LocalProcesses(work, lost, min(workers, tasks))
    return InProcess(work)
