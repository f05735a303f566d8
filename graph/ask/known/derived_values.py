"""What is worked out for questions on one build, which never changes: a cache of it, and values made when needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from threading import Lock
from typing import Any, Generic, TypeVar, cast, overload

S = TypeVar("S")
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


class MadeLater(Sequence[V], Generic[V]):
    """A sequence that is made when it is first looked at."""

    def __init__(self, make: Callable[[], tuple[V, ...]]) -> None:
        self._make = make

    @cached_property
    def _values(self) -> tuple[V, ...]:
        return self._make()

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, place: int) -> V: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[V, ...]: ...
    def __getitem__(self, place: int | slice) -> V | tuple[V, ...]:
        return self._values[place]


class EachLater(Sequence[V], Generic[S, V]):
    """A sequence each of whose values is made out of its source when it is first looked at."""

    def __init__(self, sources: Sequence[S], make: Callable[[S], V], key: Callable[[S], str]) -> None:
        """Keep the sources, how a value is made of each, and by what a value is told from the others."""
        self._sources = sources
        self._make = make
        self._key = key
        self._made: dict[int, V] = {}

    def keys(self) -> list[str]:
        """Return the key of each value; none is made for it."""
        return [self._key(source) for source in self._sources]

    def __len__(self) -> int:
        return len(self._sources)

    @overload
    def __getitem__(self, place: int) -> V: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[V, ...]: ...
    def __getitem__(self, place: int | slice) -> V | tuple[V, ...]:
        places = range(len(self))[place]
        return self._at(places) if isinstance(places, int) else tuple(map(self._at, places))

    def _at(self, place: int) -> V:
        if place not in self._made:
            self._made[place] = self._make(self._sources[place])
        return self._made[place]
