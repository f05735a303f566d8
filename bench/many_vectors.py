"""The vectors of many passages: those that the model makes within some time, and from these as many more as are wanted.

The vectors that no model made are mixtures of two vectors of rewritings of the same passage, with noise.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from bench.many_passages import ManyPassages
from graph.search.embedding import load_encoder
from graph.search.passage_table import passages_of
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PART = 4_000  #: passages in one file
NEIGHBOURS = 5  #: of a vector, one of which it is mixed with
NOISE = 0.2  #: length of what is added to a mixture of unit vectors
AT_ONCE = 2_000  #: vectors that are compared with all others at a time


def texts_of(many: ManyPassages) -> Iterator[tuple[str, str]]:
    """Yield id and text of each passage once, copy after copy, without end."""
    seen: set[str] = set()
    for record in chain.from_iterable(many.copies()):
        for passage in passages_of(record):
            if passage.id not in seen:
                seen.add(passage.id)
                yield passage.id, passage.text


def embed_for(folder: Path, many: ManyPassages, settings: Settings, *, seconds: float) -> dict[str, float]:
    """Embed passages into files of a folder for some seconds of the processor; parts that are there are kept.

    Returns the number of passages that were embedded now, and the seconds of the processor that this took.
    """
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder(settings)
    texts, made, cost = texts_of(many), 0, 0.0
    number = 0
    while cost < seconds:
        part, number = list(islice(texts, PART)), number + 1
        path = folder / f"{number:05}.npz"
        if path.is_file():
            continue
        start = time.process_time()
        vectors = encoder.encode([text for _, text in part])
        cost += time.process_time() - start
        made += len(part)
        unfinished = path.with_suffix(".part")
        with unfinished.open("wb") as file:
            np.savez(file, ids=np.asarray([id for id, _ in part]), vectors=vectors)
        unfinished.replace(path)
    return {"passages": made, "CPU s": cost}


def made_vectors(folder: Path) -> tuple[list[str], NDArray[np.float32]]:
    """Return the ids of the passages that were embedded, and their vectors as rows."""
    import numpy as np

    parts = [np.load(path) for path in sorted(folder.glob("*.npz"))]
    ids = [id for part in parts for id in part["ids"].tolist()]
    return ids, np.concatenate([part["vectors"] for part in parts])


def more_vectors(rows: NDArray[np.float32], base: NDArray[np.int64], seed: int) -> NDArray[np.float32]:
    """Return a unit vector for each number of a row: a mixture of that row and one of its neighbours, with noise."""
    import numpy as np

    chance = np.random.default_rng(seed)
    near = neighbours(rows, np.unique(base))
    other = near[base, chance.integers(0, NEIGHBOURS, len(base))]
    made = np.empty((len(base), rows.shape[1]), np.float32)
    for start in range(0, len(base), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        share = chance.uniform(0.2, 0.8, (len(base[part]), 1)).astype(np.float32)
        noise = chance.standard_normal((len(base[part]), rows.shape[1]), np.float32)
        noise *= NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
        made[part] = share * rows[base[part]] + (1 - share) * rows[other[part]] + noise
        made[part] /= np.linalg.norm(made[part], axis=1, keepdims=True)
    return made


def neighbours(rows: NDArray[np.float32], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of the rows nearest to each wanted row, itself apart: (rows, NEIGHBOURS)."""
    import numpy as np

    found = np.zeros((len(rows), NEIGHBOURS), np.int64)
    for start in range(0, len(wanted), AT_ONCE):
        own = wanted[start : start + AT_ONCE]
        cosines = rows[own] @ rows.T
        cosines[np.arange(len(own)), own] = -2
        found[own] = np.argpartition(-cosines, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
    return found
