"""Puts the rows of an earlier table and those of changed documents into one table, and renumbers what they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.arrow import as_numbers
from graph.columns.funding import one_piece
from graph.columns.numbering import NONE
from graph.columns.postings import words_with_rows


@dataclass(frozen=True)
class Order:
    """Where each row of an earlier and of a new table stands in the table of both."""

    rows: Any  #: for each row of both, its position among the earlier rows and then the new ones
    earlier: Any  #: for each earlier row, its row in both, or -1 if it has gone: an array of int32
    new: Any  #: likewise for each new row


def order_of(stays: Any, new: int, keys: Any) -> Order:
    """Return the order of the rows that stay and of so many new ones.

    Args:
        stays: Whether each earlier row stays: an array of booleans.
        new: How many new rows there are.
        keys: What the rows are ordered by, earlier rows first: an array. Among equals, earlier rows come first.
    """
    import numpy

    at = numpy.concatenate([numpy.flatnonzero(stays), numpy.arange(len(stays), len(stays) + new)])
    return placed(at[numpy.argsort(keys[at], kind="stable")], len(stays), new)


def placed(rows: Any, earlier: int, new: int) -> Order:
    """Return the order in which rows come: `rows` are their positions among the earlier rows and then the new ones."""
    import numpy

    place = numpy.full(earlier + new, -1, numpy.int32)
    place[rows] = numpy.arange(len(rows), dtype=numpy.int32)
    return Order(rows, place[:earlier], place[earlier:])


Moved = tuple[Any, Any]  #: the new numbers of what the earlier and the new table number: arrays; -1: it has gone


def joined(earlier: Any, new: Any, order: Order, numbers: Mapping[str, Moved]) -> Any:
    """Return one table of the rows of both.

    Args:
        earlier: The earlier table.
        new: The table of changed documents.
        order: The order of the rows.
        numbers: For each column that holds numbers of documents or things, the numbers that they get.
    """
    import pyarrow

    theirs = {name: moved[1] for name, moved in numbers.items()}
    new = pyarrow.table({name: _renumbered_column(new, name, theirs) for name in new.column_names}, schema=new.schema)
    stay_put = all(_stay_put(moved[0]) for moved in numbers.values())
    if stay_put and _stay_put(order.earlier) and _is_in_place(order.earlier, order.new):
        gone = pyarrow.array(_gone(order.earlier))
        if earlier.take(gone).to_pylist() == new.to_pylist():
            return earlier
    ours = {} if stay_put else {name: moved[0] for name, moved in numbers.items()}
    columns = {
        name: _joined_column(_renumbered_column(earlier, name, ours), one_piece(new, name), order.rows)
        for name in new.column_names
    }
    return pyarrow.table(columns, schema=new.schema)


def _renumbered_column(table: Any, name: str, moved: Mapping[str, Any]) -> Any:
    column = one_piece(table, name)
    return renumbered(column, moved[name]) if name in moved else column


def _stay_put(numbers: Any) -> bool:
    """Return True if whatever has not gone keeps its number."""
    import numpy

    return bool(((numbers < 0) | (numbers == numpy.arange(len(numbers)))).all())


def _gone(numbers: Any) -> Any:
    return (numbers < 0).nonzero()[0]


def _is_in_place(earlier: Any, new: Any) -> bool:
    """Return True if new rows stand where the earlier ones stood that have gone."""
    import numpy

    return numpy.array_equal(_gone(earlier), new)


def renumbered(column: Any, moved: Any) -> Any:
    """Return a column of numbers, or of lists of numbers, with other numbers."""
    import numpy
    import pyarrow

    if pyarrow.types.is_list(column.type):
        return pyarrow.ListArray.from_arrays(column.offsets, renumbered(column.values, moved))
    held = numpy.append(moved, numpy.int32(NONE))  # so that NONE, which is -1, finds itself
    return pyarrow.array(held[as_numbers(column)], pyarrow.int32())


def _joined_column(one: Any, other: Any, rows: Any) -> Any:
    import pyarrow

    if pyarrow.types.is_dictionary(one.type):
        return _joined_column(one.dictionary_decode(), other.dictionary_decode(), rows).dictionary_encode()
    pieces = [
        one.slice(first, last - first) if first < len(one) else other.slice(first - len(one), last - first)
        for first, last in _runs(rows, len(one))
    ]
    # an empty slice of lists would keep their values
    return pyarrow.concat_arrays(pieces) if pieces else pyarrow.nulls(0, one.type)


def _runs(rows: Any, earlier: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of positions that follow each other in one of the two tables: (first, last exclusive)."""
    import numpy

    if not len(rows):
        return
    breaks = numpy.flatnonzero((numpy.diff(rows) != 1) | (rows[1:] == earlier)) + 1
    starts, ends = [0, *breaks.tolist()], [*breaks.tolist(), len(rows)]
    yield from ((int(rows[start]), int(rows[end - 1]) + 1) for start, end in zip(starts, ends, strict=True))


def joined_postings(earlier: Any, new: Any, moved: Moved) -> Any:
    """Return one table of words with their rows, out of two tables of `postings_table`.

    Args:
        earlier: The earlier table.
        new: The table of changed documents.
        moved: For each row that the tables speak of, its number now, or -1 if it has gone. Rows that stay keep their
            order.
    """
    import numpy

    if _stay_put(moved[0]) and _is_in_place(*moved) and _listed(earlier, moved[0] < 0) == _listed(new, moved[1] >= 0):
        return earlier
    lists = [_pairs(table, numbers) for table, numbers in zip((earlier, new), moved, strict=True)]
    words = sorted({word for own, _, _ in lists for word in own})
    rank = {word: number for number, word in enumerate(words)}
    width = max([int(numbers.max(initial=0)) for numbers in moved]) + 1
    keys = []
    for own, codes, rows in lists:
        ranks = numpy.array([rank[word] for word in own], numpy.int64)
        keys.append(ranks[codes] * width + rows if len(own) else numpy.empty(0, numpy.int64))
    more = numpy.sort(keys[1])
    every = numpy.insert(keys[0], numpy.searchsorted(keys[0], more), more)
    counts = numpy.bincount(every // width, minlength=len(words))
    held = numpy.flatnonzero(counts)
    offsets = numpy.concatenate(([0], numpy.cumsum(counts[held])))
    return words_with_rows([words[each] for each in held], offsets, every % width)


def _listed(table: Any, chosen: Any) -> list[list[str]]:
    """Return the words of each of some rows that a table of `postings_table` speaks of, given by a mask, in order."""
    import numpy

    lists = one_piece(table, "rows")
    offsets, rows = as_numbers(lists.offsets), as_numbers(lists.values)
    hits = numpy.flatnonzero(chosen[rows]) if len(rows) else numpy.empty(0, numpy.int64)
    found: dict[int, list[str]] = {row: [] for row in numpy.flatnonzero(chosen).tolist()}
    words = numpy.searchsorted(offsets, hits, side="right") - 1
    for word, row in zip(words.tolist(), rows[hits].tolist(), strict=True):
        found[row].append(table["word"][word].as_py())
    return list(found.values())


def _pairs(table: Any, moved: Any) -> tuple[list[str], Any, Any]:
    """Return the words of a table, and for each of their rows that stay the number of the word and that of the row."""
    import numpy

    words: list[str] = table["word"].to_pylist()
    if not words:
        return [], numpy.empty(0, numpy.int64), numpy.empty(0, numpy.int64)
    lists = one_piece(table, "rows")
    offsets = as_numbers(lists.offsets)
    rows = moved[as_numbers(lists.values)[offsets[0] : offsets[-1]]]
    stays = rows >= 0
    return words, numpy.repeat(numpy.arange(len(words)), numpy.diff(offsets))[stays], rows[stays].astype(numpy.int64)
