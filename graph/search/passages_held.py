"""The passages of a build in memory, as columns and numbers rather than one object for each passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.builds.archive import read_json
from graph.builds.manifest import REMEDY
from graph.errors import DamagedWorkspace
from graph.search.document_heads import DocumentHead
from graph.search.passage_table import HEADS, PLACES, TITLE, words_version
from graph.search.passage_vectors import columns_of, open_table
from graph.search.ranges import Ranges, ranges_at
from graph.search.stems import stems
from graph.typed_json import from_json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PLACE_COLUMNS = ("passage", "document", "locator", "page")
OLD_HEADS = "documents.json.gz"  #: of builds whose passages list the numbers of their documents


class HeldPassages:
    """Passages by row number, and where they stand; decisions are numbered in the order of their names."""

    def __init__(self, passages: Any, places: Any, names: Sequence[str]) -> None:
        """Keep the columns of passages and places.

        Args:
            passages: A table with the columns id, text, section and _rowid, the number that the table's answers have.
            places: A table with the columns passage, document, locator and page.
            names: The names of the decisions' documents, in order.
        """
        import numpy as np

        self._ids = passages["id"].combine_chunks()
        self._texts = passages["text"].combine_chunks()
        self._sections = passages["section"].combine_chunks().dictionary_encode()
        numbers = passages["_rowid"].to_numpy()
        self._by_number = np.argsort(numbers, kind="stable")
        self._numbers = numbers[self._by_number]
        rows = _numbers(places["passage"], passages["id"])
        documents = _numbers(places["document"], names)
        order = np.lexsort((documents, rows))
        order = order[(rows[order] >= 0) & (documents[order] >= 0)]
        rows = rows[order]
        #: the numbers of the decisions in which the passage in each row stands, in order
        self.decisions = Ranges(documents[order], np.searchsorted(rows, np.arange(len(self) + 1)))
        by_decision = np.argsort(self.decisions.values, kind="stable")
        found = self.decisions.values[by_decision]
        #: the rows of each decision's passages
        self.of_decision = Ranges(rows[by_decision], np.searchsorted(found, np.arange(len(names) + 1)))
        self._locators = places["locator"].combine_chunks().dictionary_encode().take(order)
        self._pages = places["page"].combine_chunks().take(order)

    def __len__(self) -> int:
        return len(self._ids)

    def rows(self, numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Return the rows of passages by the numbers that the table's answers have."""
        import numpy as np

        rows: NDArray[np.int64] = self._by_number[np.searchsorted(self._numbers, numbers)]
        return rows

    def ids(self, rows: NDArray[np.int64]) -> list[str]:
        """Return the ids of the passages in some rows."""
        ids: list[str] = self._ids.take(rows).to_pylist()
        return ids

    def text(self, row: int) -> str:
        """Return the words of the passage in a row."""
        return str(self._texts[row])

    def section(self, row: int) -> str:
        """Return the heading above the passage in a row."""
        return str(self._sections[row])

    def titles(self) -> NDArray[np.bool_]:
        """Return a mask over the passages: True for titles of decisions."""
        import numpy as np
        from pyarrow import compute

        return np.asarray(compute.equal(self._sections, TITLE), dtype=np.bool_)

    def places(self, row: int) -> Iterator[tuple[int, str, int | None]]:
        """Yield (decision, locator, page) of each place where the passage in a row stands, by decision."""
        start, end = self.decisions.starts[row : row + 2].tolist()
        columns = (self._locators.slice(start, end - start), self._pages.slice(start, end - start))
        return zip(self.decisions[row].tolist(), *(column.to_pylist() for column in columns), strict=True)

    def in_any(self, decisions: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return a mask over the passages: True for those that stand in a decision of the given mask over decisions."""
        import numpy as np

        found = np.zeros(len(self), dtype=np.bool_)
        found[ranges_at(self.of_decision, decisions.nonzero()[0])[0]] = True
        return found


def read_passages(folder: Path, table: Any, names: Sequence[str]) -> HeldPassages:
    """Return the passages of a build.

    Args:
        folder: The folder of its tables.
        table: The table of passages.
        names: The names of its documents, in order.
    """
    places = open_table(folder, PLACES)
    where = _old_places(table, names) if places is None else columns_of(places, PLACE_COLUMNS)
    return HeldPassages(columns_of(table, ["id", "text", "section", "_rowid"]), where, names)


def read_stems(table: Any, held: HeldPassages) -> Any:
    """Return the stems of a build's passages by row, as an Arrow array; blanks separate them."""
    import numpy as np
    import pyarrow

    about = (table.schema.metadata or {}).get(b"words")
    stemmed = about == words_version().encode() and "stems" in table.schema.names
    read = columns_of(table, ["stems" if stemmed else "text", "_rowid"])
    found = read[0].combine_chunks()
    if not stemmed:  # a build of another way of stemming
        found = pyarrow.array([" ".join(stems(text)) for text in found.to_pylist()], pyarrow.string())
    return found.take(np.argsort(held.rows(read["_rowid"].to_numpy())))


def read_heads(folder: Path) -> tuple[DocumentHead, ...]:
    """Return the heads of a build's documents, in the order of their names.

    Raises:
        DamagedWorkspace: The heads cannot be read.
    """
    try:
        if (folder / OLD_HEADS).is_file():
            return tuple(from_json(DocumentHead, values) for values in read_json(folder / OLD_HEADS))
        table = open_table(folder, HEADS)
        heads = _heads_of(columns_of(table, list(DocumentHead.__dataclass_fields__))) if table is not None else []
    except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise DamagedWorkspace(f"{folder / HEADS}: damaged; {REMEDY}") from error
    return tuple(sorted(heads, key=lambda head: head.name))


def _heads_of(table: Any) -> list[DocumentHead]:
    """Return the heads in a table's rows."""
    import pyarrow

    columns = [column.to_pylist() for column in table.columns]
    for at, column in enumerate(table.columns):
        if pyarrow.types.is_list(column.type):
            columns[at] = [tuple(values) for values in columns[at]]
    return [DocumentHead(*row) for row in zip(*columns, strict=True)]


def _old_places(table: Any, names: Sequence[str]) -> Any:
    """Return the places of passages as rows, from a table of the old layout, which lists documents by number."""
    import pyarrow

    found = columns_of(table, ["id", "documents", "locators", "pages"]).to_pylist()
    rows = [
        (row["id"], names[number], locator, page)
        for row in found
        for number, locator, page in zip(row["documents"], row["locators"], row["pages"], strict=True)
    ]
    kinds = (pyarrow.string(), pyarrow.string(), pyarrow.string(), pyarrow.int32())
    columns = [pyarrow.array([row[at] for row in rows], kind) for at, kind in enumerate(kinds)]
    return pyarrow.table(columns, names=["passage", "document", "locator", "page"])


def _numbers(values: Any, known: Any) -> NDArray[np.int32]:
    """Return for each value its position in `known`, -1 if it is not there."""
    import numpy as np
    from pyarrow import array, compute

    among = array(list(known)) if isinstance(known, Sequence) else known.combine_chunks()
    found = compute.index_in(values.combine_chunks(), value_set=among)
    numbers: NDArray[np.int32] = np.asarray(compute.fill_null(found, -1), dtype=np.int32)
    return numbers
