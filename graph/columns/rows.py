"""A column of typed objects, each made from its JSON when it is first looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar, overload

from graph.arrow import offsets_of

T = TypeVar("T")
_KEPT = 60_000  #: objects that are kept once they were made


class Rows(Sequence[T], Generic[T]):
    """A column of objects that are stored as JSON; a row is decoded when it is asked for."""

    def __init__(self, column: Any, kind: type[T], *, kept: int | None = _KEPT) -> None:
        """Keep the column.

        Args:
            column: The objects as JSON: an Arrow array of bytes, in one piece.
            kind: The class of the objects.
            kept: How many decoded objects are kept; None for all.
        """
        import msgspec

        self._length = len(column)
        decode = msgspec.json.Decoder(kind).decode
        offsets, data = offsets_of(column), memoryview(column.buffers()[2] or b"")

        def read(row: int) -> T:
            found: T = decode(data[offsets[row] : offsets[row + 1]])
            return found

        self._read = lru_cache(maxsize=kept)(read)

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, row: int) -> T: ...
    @overload
    def __getitem__(self, row: slice) -> list[T]: ...
    def __getitem__(self, row: int | slice) -> T | list[T]:
        if isinstance(row, slice):
            return [self._read(each) for each in range(*row.indices(len(self)))]
        if not -self._length <= row < self._length:
            raise IndexError(row)
        return self._read(int(row) % self._length)

    def __iter__(self) -> Iterator[T]:
        return map(self._read, range(self._length))

    def at(self, rows: Any) -> list[T]:
        """Return the objects of some rows, in the order given; `rows` is an array of row numbers."""
        return list(map(self._read, rows.tolist()))


class Chosen(Sequence[T], Generic[T]):
    """Some rows of a column of objects; each object is decoded when it is looked at."""

    def __init__(self, column: Rows[T], rows: Any) -> None:
        """Keep the column, and the numbers of its rows as an array."""
        self._column = column
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        return self._column.at(self.rows[place]) if isinstance(place, slice) else self._column[self.rows[place]]

    def __iter__(self) -> Iterator[T]:
        return iter(self._column.at(self.rows))


def as_json(value: object) -> bytes:
    """Return an object as the JSON that `Rows` reads back.

    The object is a frozen dataclass of texts, numbers, enums and tuples.
    """
    import msgspec

    return msgspec.json.encode(value)
