"""Documents read in the process of the tests, for those that put something in place of a part of the reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from graph.settings import Settings
from ingest.extract.second_reader.consultation import begin_run


class Here:
    """Does what a process is asked, at once."""

    def ask(self, function: Callable[..., Any], *given: Any, **named: Any) -> Any:
        return function(*given, **named)


@contextmanager
def reading_here(settings: Settings, is_stopped: object = None) -> Iterator[Here]:
    """Lend what stands for a process that reads."""
    begin_run(settings)
    yield Here()
