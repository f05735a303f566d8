"""Tables of flows, or of awards without a sum, as columns: rows are found by names, kind, time, amount and words."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from graph.arrow import among, as_numbers, as_pence, in_sorted, texts_column
from graph.columns.postings import Postings
from graph.columns.rows import Rows
from graph.counting.left_out import GRANTED, NO_GRANT

T = TypeVar("T")
_MANY = 500  #: rows from which on they are found together, in the column of all IRIs


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

    def rows_of_iris(self, iris: Collection[str]) -> Any:
        """Return the numbers of the rows with some IRIs, sorted, each once: an array. Unknown IRIs are passed over."""
        rows = self.rows_in_order(set(iris))
        rows = rows[rows >= 0]
        rows.sort()
        return rows

    def rows_in_order(self, iris: Collection[str]) -> Any:
        """Return the rows of some different IRIs, in their order, as an array; -1 for one that is unknown."""
        import numpy
        from pyarrow import compute

        # the table's are looked up among these, which is several times as quick as the other way round
        places = compute.index_in(one_piece(self._table, "iri"), value_set=texts_column(iris))
        found, rows = numpy.full(len(iris), -1), numpy.flatnonzero(as_numbers(compute.is_valid(places)))
        found[as_numbers(places)[rows]] = rows
        return found

    def by_iri(self, iris: Collection[str], one_by_one: Mapping[str, T]) -> Mapping[str, T]:
        """Return the flows or awards with some IRIs; of many the rows are found together.

        Args:
            iris: Those of rows of the table.
            one_by_one: The same table by IRI.
        """
        if len(iris) < _MANY:
            return {iri: one_by_one[iri] for iri in iris}
        wanted = list(dict.fromkeys(iris))
        return dict(zip(wanted, self.rows.at(self.rows_in_order(wanted)), strict=True))

    def of_document(self, number: int) -> range:
        """Return the row numbers of a document, which is given by its number."""
        first, last = self._places.get(number, (0, 0))
        return range(first, last)

    @lru_cache(maxsize=20_000)  # noqa: B019 - tables live as long as the process that opened them
    def rows_by_iri(self, number: int | None) -> Mapping[str, int]:
        """Return the rows of a document, which is given by its number, by the IRI of the flow or award in each."""
        first, last = self._places.get(number, (0, 0)) if number is not None else (0, 0)
        iris = one_piece(self._table, "iri")[first:last].to_pylist() if first < last else []
        return {iri: first + place for place, iri in enumerate(iris)}

    @cached_property
    def _places(self) -> dict[int, tuple[int, int]]:
        return places_of(self.documents)

    def part(self, rows: Any) -> Funding[T]:
        """Return the same table with only some of its rows, whose numbers are given as a sorted array."""
        return _Part(self, rows)

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

    @property
    def programmes(self) -> tuple[Any, Any]:
        """The programmes of the rows: the place of each row, once for each of its programmes, and their numbers."""
        import numpy

        lists = one_piece(self._table, "programmes")
        counts = numpy.diff(as_numbers(lists.offsets))
        return numpy.repeat(numpy.arange(len(counts)), counts), as_numbers(lists.values)

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

        passed = numpy.array([test(value) for value in self.values(column)], bool)
        return passed[self.codes(column)] if len(self) else self.none()

    def values(self, column: str) -> list[str]:
        """Return the different values of the column for kind, status, years or open payee."""
        found: list[str] = one_piece(self._table, column).dictionary.to_pylist()
        return found

    def codes(self, column: str) -> Any:
        """Return, for each row, the position of its kind, status, years or open payee in `values`."""
        return as_numbers(one_piece(self._table, column).indices)

    def between(self, least: Decimal | None, most: Decimal | None, *, strict: bool = False) -> Any:
        """Return a mask of the rows whose amount lies between two bounds.

        None is no bound; with `strict`, an amount that is equal to a bound does not lie between them.
        """
        import numpy

        found = numpy.ones(len(self), bool)
        if least is not None:
            pence = least * 100
            found &= self.pence >= (math.floor(pence) + 1 if strict else math.ceil(pence))
        if most is not None:
            pence = most * 100
            found &= self.pence <= (math.ceil(pence) - 1 if strict else math.floor(pence))
        return found

    @cached_property
    def pence(self) -> Any:
        """The amount of each row in pence."""
        return as_pence(one_piece(self._table, "amount"))

    @cached_property
    def money(self) -> Any:
        """A mask of the rows that are granted money; see `left_out.is_money`."""
        kinds, states = {kind.value for kind in NO_GRANT}, {status.value for status in GRANTED}
        return ~self.where("kind", kinds.__contains__) & self.where("status", states.__contains__)

    def things(self, column: str) -> set[int]:
        """Return the numbers of the things that a column names."""
        import numpy

        return {int(number) for number in numpy.unique(self._numbers_of(column)) if number >= 0}

    def _numbers_of(self, column: str) -> Any:
        values = one_piece(self._table, column)
        return as_numbers(values.values if column == "programmes" else values)


class _Part(Funding[T], Generic[T]):
    """Some rows of a table: what is asked of each row is asked of these alone."""

    def __init__(self, whole: Funding[T], rows: Any) -> None:
        self._table = whole._table
        self.rows = whole.rows
        self.words = whole.words
        self._whole = whole
        self._chosen = rows

    def __len__(self) -> int:
        return len(self._chosen)

    def numbers(self, name: str) -> Any:
        return self._whole.numbers(name)[self._chosen]

    @property
    def programmes(self) -> tuple[Any, Any]:
        import numpy

        lists = one_piece(self._table, "programmes")
        offsets, values = as_numbers(lists.offsets), as_numbers(lists.values)
        first = offsets[self._chosen]
        counts = offsets[self._chosen + 1] - first
        owners = numpy.repeat(numpy.arange(len(self)), counts)
        places = numpy.arange(len(owners)) - numpy.repeat(numpy.cumsum(counts) - counts, counts) + first[owners]
        return owners, values[places]

    def under(self, programmes: Any) -> Any:
        found = self.none()
        owners, numbers = self.programmes
        found[owners[among(numbers, programmes)]] = True
        return found

    def saying(self, words: Iterable[str]) -> Any:
        return in_sorted(self._chosen, self.words.with_all(words))

    def codes(self, column: str) -> Any:
        return self._whole.codes(column)[self._chosen]

    @cached_property
    def pence(self) -> Any:
        return self._whole.pence[self._chosen]


def places_of(numbers: Any) -> dict[int, tuple[int, int]]:
    """Return, for each number in a sorted column, its first row and the row after its last."""
    import numpy

    if not len(numbers):
        return {}
    starts = numpy.concatenate(([0], numpy.flatnonzero(numpy.diff(numbers)) + 1))
    ends = [*starts[1:].tolist(), len(numbers)]
    return dict(zip(numbers[starts].tolist(), zip(starts.tolist(), ends, strict=True), strict=True))
