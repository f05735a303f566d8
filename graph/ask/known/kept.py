"""What was worked out for questions on one build, kept for the next that need the same: a build never changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

V = TypeVar("V")
MOST = 128  #: values of each kind; the one that was not asked for the longest goes


class Kept:
    """Values by their kind and what they were made from."""

    def __init__(self) -> None:
        self._kinds: dict[str, OrderedDict[Hashable, Any]] = {}
        self._lock = Lock()

    def value(self, kind: str, key: Hashable, make: Callable[[], V]) -> V:
        """Return a value, made if it is not kept; two threads that ask at once may both make it."""
        with self._lock:
            values = self._kinds.setdefault(kind, OrderedDict())
            if key in values:
                values.move_to_end(key)
                return cast(V, values[key])
        made = make()
        with self._lock:
            values[key] = made
            if len(values) > MOST:
                values.popitem(last=False)
        return made
