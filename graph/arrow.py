"""Columns of Apache Arrow tables as numpy arrays."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from graph.hidden_package import hidden

_FEW = 8
_FEW_TEXTS = 1_000


def leave_pandas_out() -> None:
    """Make Arrow's first array without pandas, which takes longer to load than a few documents to publish.

    It looks for pandas once, to tell its columns from lists. What converts to or from pandas still loads it.
    """
    import pyarrow

    with hidden("pandas"):
        pyarrow.array([0])


def as_numbers(column: Any) -> Any:
    """Return an Arrow column of whole numbers or booleans, without nulls, as a numpy array of the same length.

    Numbers share the column's memory; booleans are copied. Arrow's own conversion loads pandas, which takes longer than
    an answer.
    """
    import numpy

    kind, buffer, first = column.type, column.buffers()[1], column.offset
    if not len(column):
        return numpy.empty(0, str(kind))
    if str(kind) == "bool":
        bits = numpy.unpackbits(numpy.frombuffer(buffer, numpy.uint8), bitorder="little")
        return bits[first : first + len(column)].astype(bool)
    width = kind.bit_width // 8
    return numpy.frombuffer(buffer, numpy.dtype(str(kind)), len(column), first * width)


def as_pence(column: Any) -> Any:
    """Return an Arrow column of amounts in pounds with two decimals, without nulls, as an array of whole pence.

    They are exact: integers of any length where one is longer than a machine's.
    """
    import numpy

    if not len(column):
        return numpy.empty(0, numpy.int64)
    halves = numpy.frombuffer(column.buffers()[1], numpy.int64).reshape(-1, 2)
    halves = halves[column.offset : column.offset + len(column)]
    if ((halves[:, 0] >> 63) == halves[:, 1]).all() and abs(halves[:, 0]).sum(dtype=float) < 2.0**62:
        return halves[:, 0]
    return numpy.array([int(amount.scaleb(2)) for amount in column.to_pylist()], object)


def one_of_texts(column: Any, wanted: Collection[str]) -> Any:
    """Return a boolean mask, as long as an Arrow column of texts: True for each text that is one of `wanted`.

    Many texts are compared by Arrow; its module for that takes longer to load than to compare a few.
    """
    import numpy

    if len(column) <= _FEW_TEXTS:
        return numpy.array([text in wanted for text in column.to_pylist()], bool)
    from pyarrow import compute

    return as_numbers(compute.is_in(column, value_set=texts_column(wanted)))


def texts_column(texts: Collection[str]) -> Any:
    """Return texts as an Arrow column; Arrow's own conversion loads pandas, which takes longer than an answer."""
    import numpy
    import pyarrow

    encoded = [text.encode() for text in texts]
    ends = numpy.cumsum([0, *map(len, encoded)], dtype=numpy.int32)
    buffers = [None, pyarrow.py_buffer(ends.tobytes()), pyarrow.py_buffer(b"".join(encoded))]
    return pyarrow.Array.from_buffers(pyarrow.string(), len(encoded), buffers)


def numbers_column(numbers: Any) -> Any:
    """Return an array of row numbers as an Arrow column; Arrow's own conversion loads pandas, as of texts."""
    import numpy
    import pyarrow

    plain = numpy.ascontiguousarray(numbers, numpy.int64)
    return pyarrow.Array.from_buffers(pyarrow.int64(), len(plain), [None, pyarrow.py_buffer(plain)])


def offsets_of(column: Any) -> Any:
    """Return where the values of an Arrow column of texts or bytes begin in its data, and where the last one ends.

    The array has one number more than the column has rows.
    """
    import numpy

    width = numpy.int64 if str(column.type).startswith("large_") else numpy.int32
    if not len(column):
        return numpy.zeros(1, width)
    return numpy.frombuffer(column.buffers()[1], width, len(column) + 1, column.offset * numpy.dtype(width).itemsize)


def in_sorted(numbers: Any, wanted: Any) -> Any:
    """Return a boolean mask, as long as `numbers`: True for each number that is in the sorted array `wanted`.

    It takes time for the numbers alone, however long the other array is.
    """
    import numpy

    if not len(wanted):
        return numpy.zeros(len(numbers), bool)
    places = wanted.searchsorted(numbers)
    return wanted[numpy.minimum(places, len(wanted) - 1)] == numbers


def among(numbers: Any, wanted: Collection[int]) -> Any:
    """Return a boolean mask, as long as `numbers`: True for each number that is one of `wanted`.

    Most questions are about one thing or a few. Comparing with each of a few takes a tenth of the time of `numpy.isin`.
    """
    import numpy

    if len(wanted) > _FEW:
        return numpy.isin(numbers, list(wanted))
    found = numpy.zeros(len(numbers), bool)
    for each in wanted:
        found |= numbers == each
    return found
