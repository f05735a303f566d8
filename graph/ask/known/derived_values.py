"""A cache of what was worked out for questions on one build, which never changes: readings and drafts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

V = TypeVar("V")
MOST = 128  #: values of each kind; the one that was not asked for the longest goes


class DerivedValues:
    """A cache of values by kind and by the key that they were made from; of each kind, `MOST` values stay."""

    def __init__(self) -> None:
        self._kinds: dict[str, OrderedDict[Hashable, Any]] = {}
        self._lock = Lock()

    def value(self, kind: str, key: Hashable, make: Callable[[], V]) -> V:
        """Return the value of a key, made by `make` if it is not cached; two threads may both make it."""
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
