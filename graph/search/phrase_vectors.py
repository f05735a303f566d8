"""The file of vectors that comes with the thesaurus, so that an ingest need not embed its phrases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = "search/phrases.npz"
LARGEST = 127  #: of a signed byte; each vector is kept as bytes, its length is always 1


def write_phrase_vectors(path: Path, model: str, vectors: Mapping[str, NDArray[np.float32]]) -> None:
    """Write unit vectors, by phrase, with the name of the model that made them."""
    import numpy as np

    rows = np.asarray(list(vectors.values()), dtype=np.float32)
    small = np.rint(rows / np.abs(rows).max(axis=1, keepdims=True) * LARGEST).astype(np.int8)
    np.savez_compressed(path, model=np.asarray(model), phrases=np.asarray(list(vectors)), vectors=small)


def read_phrase_vectors(settings: Settings) -> dict[str, NDArray[np.float32]]:
    """Return the unit vectors by phrase; {} if there is no such file, or another model made them."""
    import numpy as np

    path = settings.data / FILE
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as file:
        if str(file["model"]) != settings.model:
            return {}
        rows = file["vectors"].astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return dict(zip(file["phrases"].tolist(), rows, strict=True))
