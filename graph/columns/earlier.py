"""What the tables of the build before say that still holds: of rows that are stated as they were, in another place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.arrow import as_numbers
from graph.columns.funding import one_piece, places_of
from graph.columns.postings import postings_after, postings_table


class Earlier:
    """The tables of the build before; none of a build that has none before it."""

    def __init__(self, tables: Mapping[str, Any] | None = None) -> None:
        self._tables = tables

    def rows_of(self, table: str, stated: Any) -> Any:
        """Return, for each row that a table had, its place among rows as they are stated now, or -1."""
        import numpy
        from pyarrow import compute

        if self._tables is None:
            return numpy.empty(0, numpy.int32)
        found = compute.index_in(one_piece(self._tables[table], "stated"), value_set=stated)
        return as_numbers(compute.fill_null(found, -1)).astype(numpy.int32)

    def documents_of(self, documents: Any, passages: Any) -> Any:
        """Return, for each document that there was, its number now if decision and text are as they were, else -1."""
        moved = self.rows_of("documents", one_piece(documents, "stated"))
        if self._tables is not None:
            had, has = _texts(self._tables["passages"]), _texts(passages)
            for number, now in enumerate(moved.tolist()):
                if now >= 0 and had.get(number) != has.get(now):
                    moved[number] = -1
        return moved

    def words(self, table: str, moved: Any, fresh: Mapping[int, Iterable[str]]) -> Any:
        """Return a table of words with their rows: of those that `moved` says where they were, and of fresh ones."""
        return postings_after(postings_table(()) if self._tables is None else self._tables[table], moved, fresh)

    def vocabulary(self, moved: Any) -> set[str] | None:
        """Return the words of the texts and titles that there were, or None where one of them is there no longer."""
        if self._tables is None or (moved < 0).any():
            return None
        rows = self._tables["vocabulary"].filter(self._tables["vocabulary"]["is_in_text"])
        return set(rows["word"].to_pylist())


def _texts(passages: Any) -> dict[int, tuple[Any, ...]]:
    """The passages of each document, by its number: one without an id is told by its words."""
    ids, sections, texts = (one_piece(passages, name) for name in ("id", "section", "text"))
    said = list(zip(ids.to_pylist(), sections.to_pylist(), strict=True))
    return {
        document: (*said[first:last], *(texts[row].as_py() for row in range(first, last) if not said[row][0]))
        for document, (first, last) in places_of(as_numbers(one_piece(passages, "document"))).items()
    }
