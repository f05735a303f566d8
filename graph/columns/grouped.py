"""The rows of a table by the number in one of its columns, such as the rows of each document."""

from __future__ import annotations

from typing import Any


class Grouped:
    """An index of a column of numbers: the rows that have a number are found without looking at the others."""

    def __init__(self, numbers: Any, rows: Any = None) -> None:
        """Index a column.

        Args:
            numbers: The number of each row, as an array.
            rows: The numbers of the only rows that are indexed, sorted; None for all.
        """
        import numpy

        own = numbers if rows is None else numbers[rows]
        order = numpy.argsort(own, kind="stable")
        self._numbers = own[order]
        self._rows = order if rows is None else rows[order]

    def rows(self, number: int) -> Any:
        """Return the rows that have a number, sorted."""
        first, last = self._numbers.searchsorted([number, number + 1])
        return self._rows[first:last]
