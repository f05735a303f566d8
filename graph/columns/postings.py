"""Tables of words with the rows that contain them; the words are sorted, so that they are found by bisection."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any, overload

from graph.arrow import as_numbers, one_of_texts

_MANY = 100  #: words from which on they are looked up together
_FIRST = 4  #: letters by which names and references are looked up


def postings_table(words_by_row: Iterable[Iterable[str]]) -> Any:
    """Return the table of words with their rows, from the words of each row; the first row is number 0."""
    found: dict[str, array[int]] = {}
    for row, words in enumerate(words_by_row):
        for word in words:
            rows = found.get(word)
            if rows is None:
                rows = found[word] = array("i")
            rows.append(row)
    ordered = sorted(found)
    offsets, values = array("q", [0]), array("i")
    for word in ordered:
        values.extend(found[word])
        offsets.append(len(values))
    return words_with_rows(ordered, offsets, values)


def words_with_rows(words: Sequence[str], offsets: Any, rows: Any) -> Any:
    """Return a table of words in order, each with its rows: those from its offset to the next."""
    import pyarrow

    lists = pyarrow.LargeListArray.from_arrays(
        pyarrow.array(offsets, pyarrow.int64()), pyarrow.array(rows, pyarrow.int32())
    )
    return pyarrow.table({"word": pyarrow.array(words, pyarrow.string()), "rows": lists})


class Texts(Sequence[str]):
    """An Arrow array of texts as a sequence, for bisection."""

    def __init__(self, column: Any) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[str]: ...
    def __getitem__(self, row: int | slice) -> str | Sequence[str]:
        if isinstance(row, slice):
            found: list[str] = self._column[row].to_pylist()
            return found
        return str(self._column[row].as_py())

    def index_of(self, text: str) -> int | None:
        """Return the position of a text in sorted texts, or None."""
        row = bisect_left(self, text)
        return row if row < len(self) and self[row] == text else None

    def among(self, texts: Collection[str]) -> Any:
        """Return a mask of the texts that are one of some others."""
        return one_of_texts(self._column, texts)

    def starting_with(self, prefix: str) -> tuple[int, int]:
        """Return the range (first, last), `last` exclusive, of the texts that start with some letters.

        The texts are sorted.
        """
        first = bisect_left(self, prefix)
        return first, bisect_right(self, prefix, lo=first, key=lambda text: text[: len(prefix)])

    def beginning_in(self, lowered: str) -> set[int]:
        """Return the positions of the texts that stand in another text and begin there at the beginning of a word.

        The texts are sorted, and in lower case as the other text is.
        """
        found: set[int] = set()
        for place in range(len(lowered)):
            if place and lowered[place - 1].isalnum() and lowered[place].isalnum():
                continue  # within a word
            beginning = lowered[place : place + _FIRST]
            if len(beginning) == _FIRST:
                first, last = self.starting_with(beginning)
                texts = enumerate(self[first:last], first)
                found.update(position for position, text in texts if lowered.startswith(text, place))
        return found


class Postings:
    """Looks up the rows of a word."""

    def __init__(self, table: Any) -> None:
        """Keep a table of `postings_table` whose columns each consist of one piece."""
        self._words = Texts(table["word"].chunk(0)) if table.num_rows else Texts([])
        self._lists = table["rows"].chunk(0) if table.num_rows else None
        self._rows = lru_cache(maxsize=5_000)(self._rows_of)

    def __contains__(self, word: object) -> bool:
        return self._words.index_of(str(word)) is not None

    def rows(self, word: str) -> Any:
        """Return the numbers of the rows that contain a word, sorted: an array of int32."""
        return self._rows(word)

    def _rows_of(self, word: str) -> Any:
        import numpy

        row = self._words.index_of(word)
        if row is None or self._lists is None:
            return numpy.empty(0, numpy.int32)
        return as_numbers(self._lists[row].values)

    def with_all(self, words: Iterable[str]) -> Any:
        """Return the numbers of the rows that contain all of some words, sorted; an empty array for no words."""
        import numpy

        lists = sorted((self._rows(word) for word in words), key=len)
        if not lists:
            return numpy.empty(0, numpy.int32)
        found = lists[0]
        for other in lists[1:]:
            if not len(found):
                break
            found = numpy.intersect1d(found, other, assume_unique=True)
        return found

    def with_any(self, words: Iterable[str]) -> Any:
        """Return the numbers of the rows that contain one of some words, once for each, in any order."""
        import numpy

        wanted = set(words)
        if len(wanted) < _MANY or self._lists is None:
            return numpy.concatenate([numpy.empty(0, numpy.int32), *map(self._rows, wanted)])
        held = numpy.flatnonzero(self._words.among(wanted))
        offsets, rows = as_numbers(self._lists.offsets), as_numbers(self._lists.values)
        counts = offsets[held + 1] - offsets[held]
        places = numpy.arange(counts.sum()) + numpy.repeat(offsets[held] - numpy.cumsum(counts) + counts, counts)
        return rows[places]

    def has(self, word: str, row: int) -> bool:
        """Return True if a row, given by its number, contains a word."""
        rows = self._rows(word)
        place = int(rows.searchsorted(row))
        return place < len(rows) and int(rows[place]) == row
