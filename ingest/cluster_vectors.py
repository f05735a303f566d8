"""Passages embedded by the workers of a cluster: texts and vectors go through files that all of them see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from graph.progress import counting
from graph.settings import Settings
from ingest.executor import on_cluster

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graph.search.passage_vectors import Encode

SHARD = 1_000  #: passages in one file
FOLDER = "passages"  #: within the folder that workers share


@dataclass(frozen=True, slots=True)
class ShardTask:
    """A file of passages to embed; the vectors go into a file beside it."""

    path: Path
    settings: Settings

    @property
    def vectors(self) -> Path:
        """The file of the vectors."""
        return self.path.with_suffix(".npy")


def encoder_for(settings: Settings, folder: Path, *, progress: bool = False) -> Encode | None:
    """Return a function that embeds texts on the settings' cluster; None without a cluster.

    Args:
        settings: The cluster and the model.
        folder: A folder that the workers see under the same path.
        progress: Say on standard error how far it is.
    """
    return partial(encode_on_cluster, settings=settings, folder=folder, progress=progress) if settings.cluster else None


def encode_on_cluster(texts: Sequence[str], *, settings: Settings, folder: Path, progress: bool) -> NDArray[np.float32]:
    """Return one unit vector for each text, in order: (n, width) float32.

    Raises:
        ModelUnavailable: A worker has no model, or not the one that we trust.
        UnreachableCluster: No scheduler answers.
    """
    import numpy as np

    tasks = _written(texts, folder / FOLDER, settings)
    with closing(on_cluster(settings, encode_shard, tasks)) as done:
        for _, future in counting(done, len(tasks), "Embedding", "part", shown=progress):
            future.result()
    return np.concatenate([np.load(task.vectors) for task in tasks])


def encode_shard(task: ShardTask) -> None:
    """Embed the passages of a file and write their vectors beside it."""
    import numpy as np
    from pyarrow import parquet

    from graph.search.embedding import load_encoder

    texts = parquet.read_table(task.path)["text"].to_pylist()
    np.save(task.vectors, load_encoder(task.settings).encode(texts))


def _written(texts: Sequence[str], folder: Path, settings: Settings) -> list[ShardTask]:
    return [
        ShardTask(_write(texts[start : start + SHARD], folder / f"{start:09}.parquet"), settings)
        for start in range(0, len(texts), SHARD)
    ]


def _write(texts: Iterable[str], path: Path) -> Path:
    import pyarrow as pa
    from pyarrow import parquet

    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pa.table({"text": pa.array(texts, pa.string())}), path)
    return path
