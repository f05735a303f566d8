"""The documents that state something else in one build's tables than in another's, as far as counting looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graph.arrow import as_numbers
from graph.columns.columns import Columns
from graph.columns.funding import one_piece
from graph.columns.making import Tables
from graph.counting.grounds import BETWEEN_DECISIONS

#: tables whose rows counting looks at, each row whole, as `stated`
_LOOKED_AT = ("flows", "documents", "checks")


def documents_that_differ(one: Tables, other: Tables) -> frozenset[str]:
    """Return the documents whose decision, sums, figures at odds or citations differ between two builds' tables."""
    sides = [_Stated(one), _Stated(other)]
    return frozenset(name for here, there in (sides, sides[::-1]) for name in here.names_of_rows_missing_in(there))


class _Stated:
    """The rows of one build's tables, each as the JSON of what it states."""

    def __init__(self, tables: Tables) -> None:
        self._columns = Columns(tables)
        self._tables = tables

    def names_of_rows_missing_in(self, other: _Stated) -> Iterator[str]:
        """Yield the document of each row that another build's tables do not have."""
        import numpy
        from pyarrow import compute

        documents = self._columns.documents
        for table in (*_LOOKED_AT, "relations"):
            stated, numbers = self._rows(table)
            there, _ = other._rows(table)
            found = as_numbers(compute.is_in(stated, value_set=there))
            for row in numpy.flatnonzero(~found).tolist():
                yield documents[int(numbers[row])]

    def _rows(self, table: str) -> tuple[Any, Sequence[int]]:
        """Return those rows of a table that counting looks at, and for each the number of its document."""
        stated = one_piece(self._tables[table], "stated")
        if table == "documents":
            return stated, range(len(stated))
        numbers = self._columns.numbers(table, "document")
        if table != "relations":
            return stated, numbers
        import pyarrow

        rows = self._columns.relation_rows(BETWEEN_DECISIONS, None, None, None)
        return stated.take(pyarrow.array(rows)), numbers[rows]
