"""The passages of a build in memory, as columns and numbers rather than one object for each passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.builds.archive import read_json
from graph.builds.manifest import REMEDY
from graph.errors import DamagedWorkspace
from graph.search.document_heads import DocumentHead
from graph.search.passage_table import HEADS, PLACES, words_version
from graph.search.passage_vectors import columns_of, open_table
from graph.search.stems import stems
from graph.typed_json import from_json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OLD_HEADS = "documents.json.gz"  #: of builds whose passages list the numbers of their documents


class DocumentsOf(Mapping[str, "NDArray[np.int32]"]):
    """The numbers of the decisions in which each passage stands, by passage id."""

    def __init__(self, held: HeldPassages) -> None:
        self._held = held

    def __getitem__(self, id: str) -> NDArray[np.int32]:
        return self._held.documents(self._held.row_of[id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._held.row_of)

    def __len__(self) -> int:
        return len(self._held.row_of)


class HeldPassages:
    """Passages by row number, and where they stand; decisions are numbered in the order of their names."""

    def __init__(self, passages: Any, places: Any, names: Sequence[str]) -> None:
        """Keep the columns of passages and places.

        Args:
            passages: A table with the columns id, text, section and stems.
            places: A table with the columns passage, document, locator and page.
            names: The names of the decisions' documents, in order.
        """
        import numpy as np

        self.row_of: dict[str, int] = {id: row for row, id in enumerate(passages["id"].to_pylist())}
        self._texts = passages["text"].combine_chunks()
        self._sections = passages["section"].combine_chunks().dictionary_encode()
        self._stems = passages["stems"].combine_chunks() if "stems" in passages.column_names else None
        rows = _numbers(places["passage"], passages["id"])
        documents = _numbers(places["document"], names)
        order = np.lexsort((documents, rows))
        order = order[(rows[order] >= 0) & (documents[order] >= 0)]
        self._documents: NDArray[np.int32] = documents[order]
        self._starts = np.searchsorted(rows[order], np.arange(len(self.row_of) + 1))
        self._rows: NDArray[np.int32] = rows[order]
        self._locators = places["locator"].combine_chunks().dictionary_encode().take(order)
        self._pages = places["page"].combine_chunks().take(order)
        self._count = len(names)

    def text(self, row: int) -> str:
        """Return the words of the passage in a row."""
        return str(self._texts[row])

    def section(self, row: int) -> str:
        """Return the heading above the passage in a row."""
        return str(self._sections[row])

    def stems(self, row: int) -> str:
        """Return the stems of the passage in a row, separated by blanks."""
        return " ".join(stems(self.text(row))) if self._stems is None else str(self._stems[row])

    def documents(self, row: int) -> NDArray[np.int32]:
        """Return the numbers of the decisions in which the passage in a row stands, in order."""
        return self._documents[self._starts[row] : self._starts[row + 1]]

    def places(self, row: int) -> Iterator[tuple[int, str, int | None]]:
        """Yield (decision, locator, page) of each place where the passage in a row stands, by decision."""
        for at in range(self._starts[row], self._starts[row + 1]):
            yield int(self._documents[at]), str(self._locators[at]), self._pages[at].as_py()

    def of_decision(self, number: int) -> list[int]:
        """Return the rows of a decision's passages; the decision is given by its number."""
        start, end = self._by_decision[1][number : number + 2]
        rows: list[int] = self._by_decision[0][start:end].tolist()
        return rows

    def in_any(self, decisions: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return a mask over the passages: True for those that stand in a decision of the given mask over decisions."""
        import numpy as np

        found = np.zeros(len(self.row_of), dtype=np.bool_)
        found[self._rows[decisions[self._documents]]] = True
        return found

    @cached_property
    def ids(self) -> list[str]:
        """The id of each passage, by row."""
        return list(self.row_of)

    @cached_property
    def _by_decision(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        import numpy as np

        order = np.argsort(self._documents, kind="stable")
        starts = np.searchsorted(self._documents[order], np.arange(self._count + 1))
        return self._rows[order], starts


def read_passages(folder: Path, table: Any, names: Sequence[str]) -> HeldPassages:
    """Return the passages of a build.

    Args:
        folder: The folder of its tables.
        table: The table of passages.
        names: The names of its documents, in order.
    """
    wanted = ["id", "text", "section"]
    places = open_table(folder, PLACES)
    if places is None:
        return HeldPassages(columns_of(table, wanted), _old_places(table, names), names)
    about = (table.schema.metadata or {}).get(b"words")
    if about == words_version().encode():
        wanted.append("stems")
    return HeldPassages(
        columns_of(table, wanted), columns_of(places, ["passage", "document", "locator", "page"]), names
    )


def read_heads(folder: Path) -> tuple[DocumentHead, ...]:
    """Return the heads of a build's documents, in the order of their names.

    Raises:
        DamagedWorkspace: The heads cannot be read.
    """
    try:
        if (folder / OLD_HEADS).is_file():
            return tuple(from_json(DocumentHead, values) for values in read_json(folder / OLD_HEADS))
        table = open_table(folder, HEADS)
        rows = columns_of(table, list(DocumentHead.__dataclass_fields__)).to_pylist() if table is not None else []
        heads = [from_json(DocumentHead, row) for row in rows]
    except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise DamagedWorkspace(f"{folder / HEADS}: damaged; {REMEDY}") from error
    return tuple(sorted(heads, key=lambda head: head.name))


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
