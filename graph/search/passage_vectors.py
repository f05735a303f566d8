"""The vectors of passages and phrases: vectors in an earlier build are reused, and the missing ones are made."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.builds.manifest import REMEDY
from graph.errors import DamagedWorkspace, ModelUnavailable
from graph.search.lance import load_lancedb
from graph.search.phrase_vectors import read_phrase_vectors
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: returns one unit vector for each text, in order: (n, width) float32; raises ModelUnavailable
Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]
log = logging.getLogger(__name__)

PASSAGES = "passages"
PHRASES = "phrases"  #: table of vectors of the thesaurus's phrases, where they do not come with it


@dataclass(slots=True)
class Vectors:
    """Unit vectors by id, as the rows of one array."""

    rows: NDArray[np.float32]
    row_of: dict[str, int]

    def __contains__(self, id: str) -> bool:
        return id in self.row_of

    def __getitem__(self, id: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self.rows[self.row_of[id]]
        return vector

    def column(self, ids: Sequence[str]) -> Any:
        """Return an Arrow column with the vectors of some ids, null for an id without one."""
        import numpy as np
        import pyarrow as pa

        at = np.asarray([self.row_of.get(id, -1) for id in ids], dtype=np.int64)
        values = self.rows[np.maximum(at, 0)] if len(self.rows) else np.zeros((len(ids), 0), dtype=np.float32)
        mask = pa.array(at < 0)
        return pa.FixedSizeListArray.from_arrays(pa.array(values.reshape(-1)), values.shape[1], mask=mask)


def embed(
    texts: Mapping[str, str],
    known: Vectors,
    settings: Settings,
    *,
    progress: bool = False,
    encode: Encode | None = None,
) -> tuple[Vectors, str]:
    """Return the vectors of texts, by id, and a note if some are missing, else ""; known vectors are not made again.

    `encode` makes the vectors in place of the settings' model in this process.
    """
    import numpy as np

    held = {id: known.row_of[id] for id in texts if id in known}
    missing = [id for id in texts if id not in held]
    made, note = np.zeros((0, known.rows.shape[1]), dtype=np.float32), ""
    if missing:
        try:
            if encode is None:
                from graph.search.embedding import load_encoder

                encode = partial(load_encoder(settings).encode, progress=progress)
            made = encode([texts[id] for id in missing])
        except ModelUnavailable as error:
            log.warning("%s", error)
            note = f"{error}; {len(missing)} texts can be found by their words alone until the next ingest"
            missing = []
    old = known.rows[list(held.values())] if held else np.zeros((0, made.shape[1]), dtype=np.float32)
    rows = np.concatenate([old, made]) if len(made) else old
    return Vectors(rows, {id: at for at, id in enumerate([*held, *missing])}), note


def phrase_vectors(folder: Path, settings: Settings) -> dict[str, NDArray[np.float32]]:
    """Return the vectors of the thesaurus's phrases, from the file that comes with it and from a build."""
    held = known_vectors(folder, settings.model, PHRASES)
    return {**read_phrase_vectors(settings), **{phrase: held[phrase] for phrase in held.row_of}}


def known_vectors(folder: Path | None, model: str, name: str = PASSAGES) -> Vectors:
    """Return the vectors that this model made in a build's table; none if the table cannot be read."""
    import numpy as np

    nothing = Vectors(np.zeros((0, 0), dtype=np.float32), {})
    try:
        table = open_table(folder, name) if folder is not None else None
        if table is None or "vector" not in table.schema.names or made_by(table) != model:
            return nothing
        columns = columns_of(table, ["id", "vector"]).combine_chunks()
    except (DamagedWorkspace, OSError, ValueError, RuntimeError):
        return nothing
    vectors = columns["vector"].combine_chunks()
    ids = columns["id"].filter(vectors.is_valid()).to_pylist()
    vectors = vectors.drop_null()
    rows = np.asarray(vectors.flatten()).reshape(len(ids), -1)
    return Vectors(rows, {id: at for at, id in enumerate(ids)})


def open_table(folder: Path, name: str = PASSAGES) -> Any | None:
    """Return a table of a build, by default that of its passages; None if the build has none.

    Raises:
        DamagedWorkspace: The table cannot be opened.
    """
    if not folder.is_dir():
        raise DamagedWorkspace(f"{folder}: the index of passages is missing; {REMEDY}")
    if not (folder / f"{name}.lance").is_dir():
        return None
    try:
        return load_lancedb().connect(str(folder)).open_table(name)
    except (OSError, ValueError, RuntimeError) as error:
        raise DamagedWorkspace(f"{folder}: the index of passages cannot be opened; {REMEDY}") from error


def columns_of(table: Any, names: Sequence[str], where: str = "") -> Any:
    """Return some columns of a table, for all rows or for those that `where` selects; other columns are not read."""
    asked = table.search().select(list(names)).limit(max(table.count_rows(), 1))
    return (asked.where(where) if where else asked).to_arrow().select(list(names))


def made_by(table: Any) -> str:
    """Return the name of the model that made a table's vectors."""
    return ((table.schema.metadata or {}).get(b"model") or b"").decode()
