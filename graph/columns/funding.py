"""Tables of flows, or of awards without a sum, as columns: rows are found by names, kind, time, amount and words."""

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
    """Return a column as one Arrow array, which is empty if the table has no rows."""
    import pyarrow

    column = table[name]
    return column.chunk(0) if column.num_chunks else pyarrow.nulls(0, column.type)  # `array` would load pandas


class Funding(Generic[T]):
    """A table of flows or awards from `make_tables`.

    Most methods return a mask: an array of booleans, one for each row, that is True where the row meets the condition.
    """

    def __init__(self, table: Any, words: Any, kind: type[T]) -> None:
        self._table = table
        self.rows: Rows[T] = Rows(one_piece(table, "stated"), kind)
        self.words = Postings(words)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    @cached_property
    def documents(self) -> Any:
        """The number of the document of each row."""
        return self.numbers("document")

    def numbers(self, name: str) -> Any:
        """Return a column of numbers of documents or things, one for each row."""
        return as_numbers(one_piece(self._table, name))

    def iri(self, row: int) -> str:
        """Return the IRI of the flow or award in a row."""
        return str(one_piece(self._table, "iri")[row].as_py())

    def rows_of_iris(self, iris: Iterable[str]) -> Any:
        """Return the numbers of the rows with some IRIs, sorted, each once: an array. Unknown IRIs are passed over."""
        import numpy
        import pyarrow
        from pyarrow import compute

        found = compute.index_in(pyarrow.array(list(iris), pyarrow.string()), value_set=one_piece(self._table, "iri"))
        return numpy.unique(as_numbers(found.drop_null()))

    def of_document(self, number: int) -> range:
        """Return the row numbers of a document, which is given by its number."""
        first, last = self._places.get(number, (0, 0))
        return range(first, last)

    @cached_property
    def _places(self) -> dict[int, tuple[int, int]]:
        return places_of(self.documents)

    def none(self) -> Any:
        """Return a mask that is False for every row."""
        import numpy

        return numpy.zeros(len(self), bool)

    def naming(self, column: str, things: Any) -> Any:
        """Return a mask of the rows whose funder, recipient, place or fund is one of some things, given by number."""
        return among(self.numbers(column), things)

    def under(self, programmes: Any) -> Any:
        """Return a mask of the rows that are for one of some programmes, given by number."""
        import numpy

        found = self.none()
        lists = one_piece(self._table, "programmes")
        hits = among(as_numbers(lists.values), programmes)
        if hits.any():
            offsets = as_numbers(lists.offsets)
            found[numpy.unique(numpy.searchsorted(offsets, numpy.flatnonzero(hits), side="right") - 1)] = True
        return found

    def in_documents(self, numbers: Any) -> Any:
        """Return a mask of the rows of some documents, given by number."""
        return among(self.documents, numbers)

    def saying(self, words: Iterable[str]) -> Any:
        """Return a mask of the rows whose own words contain all of some stems."""
        found = self.none()
        found[self.words.with_all(words)] = True
        return found

    def where(self, column: str, test: Callable[[str], bool]) -> Any:
        """Return a mask of the rows whose value in `column` passes a test.

        The column is the kind, status, years or open payee; the test is called once for each different value.
        """
        import numpy

        values = one_piece(self._table, column)
        passed = numpy.array([test(value) for value in values.dictionary.to_pylist()], bool)
        return passed[as_numbers(values.indices)] if len(self) else self.none()

    def values(self, column: str) -> list[str]:
        """Return the different values of the column for kind, status, years or open payee."""
        found: list[str] = one_piece(self._table, column).dictionary.to_pylist()
        return found

    def between(self, least: Any, most: Any) -> Any:
        """Return a mask of the rows whose amount lies between two bounds, give or take a penny; None is no bound."""
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
    """Return, for each number in a sorted column, its first row and the row after its last."""
    import numpy

    if not len(numbers):
        return {}
    starts = numpy.concatenate(([0], numpy.flatnonzero(numpy.diff(numbers)) + 1))
    ends = [*starts[1:].tolist(), len(numbers)]
    return dict(zip(numbers[starts].tolist(), zip(starts.tolist(), ends, strict=True), strict=True))
