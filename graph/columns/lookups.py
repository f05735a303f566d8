"""Mappings that look their values up only when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView
from functools import lru_cache
from typing import Any, Generic, TypeVar

V = TypeVar("V")
_KEPT = 20_000


class LookedUp(Mapping[str, V], Generic[V]):
    """A mapping with text keys whose values are looked up one by one, and kept for a while."""

    def __init__(
        self, find: Callable[[str], V | None], keys: Callable[[], Iterable[str]], *, kept: int = _KEPT
    ) -> None:
        """Keep how values and keys are found.

        Args:
            find: Returns the value of a key; None if there is no such key.
            keys: Returns the keys in their order.
            kept: The number of values that are kept.
        """
        self._find = lru_cache(maxsize=kept)(find) if kept else find
        self._keys = keys

    def __getitem__(self, key: str) -> V:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key, or the default.

        It is quicker than the inherited method, which raises and catches an error.
        """
        found = self._find(key)
        return default if found is None else found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys())

    def __len__(self) -> int:
        return sum(1 for _ in self._keys())


class InRows(LookedUp[V], Generic[V]):
    """A mapping whose values are also rows of a table, so that all values can be read in order without their keys."""

    def __init__(
        self, find: Callable[[str], V | None], keys: Callable[[], Iterable[str]], rows: Callable[[], Iterable[V]],
        count: int,
    ) -> None:  # fmt: skip
        super().__init__(find, keys)
        self._rows = rows
        self._count = count

    def __len__(self) -> int:
        return self._count

    def values(self) -> ValuesView[V]:
        """Return the values, each read from the columns when it is reached."""
        return _RowsView(self, self._rows)


class _RowsView(ValuesView[V], Generic[V]):
    def __init__(self, mapping: Mapping[str, V], rows: Callable[[], Iterable[V]]) -> None:
        super().__init__(mapping)
        self._rows = rows

    def __iter__(self) -> Iterator[V]:
        return iter(self._rows())
