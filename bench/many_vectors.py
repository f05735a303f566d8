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
