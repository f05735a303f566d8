"""Reuse of the earlier build's tables: which of their rows still hold, though perhaps under another number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.arrow import as_numbers
from graph.columns.funding import one_piece, places_of
from graph.columns.postings import postings_after, postings_table


class Earlier:
    """The tables of the build before; all methods find nothing if there is no build before."""

    def __init__(self, tables: Mapping[str, Any] | None = None) -> None:
        self._tables = tables

    def rows_of(self, table: str, stated: Any) -> Any:
        """Return, for each row of an earlier table, the number of the equal row now, or -1: an array of int32.

        `stated` is the column of JSON objects of the table as it is now.
        """
        import numpy
        from pyarrow import compute

        if self._tables is None:
            return numpy.empty(0, numpy.int32)
        found = compute.index_in(one_piece(self._tables[table], "stated"), value_set=stated)
        return as_numbers(compute.fill_null(found, -1)).astype(numpy.int32)

    def documents_of(self, documents: Any, passages: Any) -> Any:
        """Return, for each earlier document, its number now if its decision and text are unchanged, else -1."""
        moved = self.rows_of("documents", one_piece(documents, "stated"))
        if self._tables is not None:
            had, has = _texts(self._tables["passages"]), _texts(passages)
            for number, now in enumerate(moved.tolist()):
                if now >= 0 and had.get(number) != has.get(now):
                    moved[number] = -1
        return moved

    def words(self, table: str, moved: Any, fresh: Mapping[int, Iterable[str]]) -> Any:
        """Return a table of words with their rows, out of an earlier one.

        Args:
            table: The table's name.
            moved: For each earlier row its number now, or -1.
            fresh: The words of the other rows, by row number.
        """
        return postings_after(postings_table(()) if self._tables is None else self._tables[table], moved, fresh)

    def vocabulary(self, moved: Any) -> set[str] | None:
        """Return the words of the earlier texts and titles.

        Return None if one of these texts has gone, since its words may have too.
        """
        if self._tables is None or (moved < 0).any():
            return None
        rows = self._tables["vocabulary"].filter(self._tables["vocabulary"]["is_in_text"])
        return set(rows["word"].to_pylist())


def _texts(passages: Any) -> dict[int, tuple[Any, ...]]:
    """Return the passages of each document, by document number: their ids, and the words of those without an id."""
    ids, sections, texts = (one_piece(passages, name) for name in ("id", "section", "text"))
    said = list(zip(ids.to_pylist(), sections.to_pylist(), strict=True))
    return {
        document: (*said[first:last], *(texts[row].as_py() for row in range(first, last) if not said[row][0]))
        for document, (first, last) in places_of(as_numbers(one_piece(passages, "document"))).items()
    }
