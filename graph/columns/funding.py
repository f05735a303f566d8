"""Sums, or awards without one, as columns: found by what they name, their kind, their time and their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Generic, TypeVar

from graph.arrow import among, as_numbers
from graph.columns.postings import Postings
from graph.columns.rows import Rows

T = TypeVar("T")
_PENNY = 0.005


def one_piece(table: Any, name: str) -> Any:
    """Return a column as one Arrow array; an empty one where the table has no rows."""
    import pyarrow

    column = table[name]
    return column.chunk(0) if column.num_chunks else pyarrow.nulls(0, column.type)  # `array` would load pandas


class Funding(Generic[T]):
    """A table of `making.py` with sums. A mask has True for each row that meets what was asked."""

    def __init__(self, table: Any, words: Any, kind: type[T]) -> None:
        self._table = table
        self.rows: Rows[T] = Rows(one_piece(table, "stated"), kind)
        self.words = Postings(words)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    @cached_property
    def documents(self) -> Any:
        """The number of each row's document."""
        return self.numbers("document")

    def numbers(self, name: str) -> Any:
        """Return a column of numbers of documents or things."""
        return as_numbers(one_piece(self._table, name))

    def iri(self, row: int) -> str:
        """Return the address of a row."""
        return str(one_piece(self._table, "iri")[row].as_py())

    def of_document(self, number: int) -> range:
        """Return the rows of a document."""
        first, last = self._places.get(number, (0, 0))
        return range(first, last)

    @cached_property
    def _places(self) -> dict[int, tuple[int, int]]:
        return places_of(self.documents)

    def none(self) -> Any:
        """Return a mask of no row."""
        import numpy

        return numpy.zeros(len(self), bool)

    def naming(self, column: str, things: Any) -> Any:
        """Return the rows whose funder, recipient, place or fund is one of some things, given by their numbers."""
        return among(self.numbers(column), things)

    def under(self, programmes: Any) -> Any:
        """Return the rows that are for one of some programmes, given by their numbers."""
        import numpy

        found = self.none()
        lists = one_piece(self._table, "programmes")
        hits = among(as_numbers(lists.values), programmes)
        if hits.any():
            offsets = as_numbers(lists.offsets)
            found[numpy.unique(numpy.searchsorted(offsets, numpy.flatnonzero(hits), side="right") - 1)] = True
        return found

    def in_documents(self, numbers: Any) -> Any:
        """Return the rows of some documents, given by their numbers."""
        return among(self.documents, numbers)

    def saying(self, words: Iterable[str]) -> Any:
        """Return the rows whose own words have all of some stems."""
        found = self.none()
        found[self.words.with_all(words)] = True
        return found

    def where(self, column: str, test: Callable[[str], bool]) -> Any:
        """Return the rows whose kind, status, years or open payee passes a test, which sees each value once."""
        import numpy

        values = one_piece(self._table, column)
        passed = numpy.array([test(value) for value in values.dictionary.to_pylist()], bool)
        return passed[as_numbers(values.indices)] if len(self) else self.none()

    def values(self, column: str) -> list[str]:
        """Return the different kinds, statuses, years or open payees that rows have."""
        found: list[str] = one_piece(self._table, column).dictionary.to_pylist()
        return found

    def between(self, least: Any, most: Any) -> Any:
        """Return the rows whose amount lies between two bounds, or a penny beside them; None is no bound."""
        import numpy

        found = numpy.ones(len(self), bool)
        if least is not None:
            found &= self._amounts >= float(least) - _PENNY
        if most is not None:
            found &= self._amounts <= float(most) + _PENNY
        return found

    @cached_property
    def _amounts(self) -> Any:
        return as_numbers(one_piece(self._table, "amount"))

    def things(self, column: str) -> set[int]:
        """Return the numbers of the things that a column names."""
        import numpy

        return {int(number) for number in numpy.unique(self._numbers_of(column)) if number >= 0}

    def _numbers_of(self, column: str) -> Any:
        values = one_piece(self._table, column)
        return as_numbers(values.values if column == "programmes" else values)


def places_of(numbers: Any) -> dict[int, tuple[int, int]]:
    """Return the first row of each number and the row after its last; equal numbers stand together in the column."""
    import numpy

    if not len(numbers):
        return {}
    starts = numpy.concatenate(([0], numpy.flatnonzero(numpy.diff(numbers)) + 1))
    ends = [*starts[1:].tolist(), len(numbers)]
    return dict(zip(numbers[starts].tolist(), zip(starts.tolist(), ends, strict=True), strict=True))
