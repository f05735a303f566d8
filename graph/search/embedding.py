"""Sentence embeddings: the model in the package, whose files are verified, or another model from the settings.

The packaged model is run by `graph.search.packaged_encoder`, others by sentence-transformers.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from graph.errors import ModelUnavailable
from graph.progress import counted
from graph.search.model_files import LIBRARIES, PACKAGED_MODEL, lacking, loading_from, model_folder
from graph.search.packaged_encoder import FEW, PackagedEncoder, load_packaged_encoder
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COMPILED = "TORCHINDUCTOR_CACHE_DIR"  #: the variable that says where torch keeps what it compiles
BATCH_CHARACTERS = 4_096


class Encoder:
    """Turns texts into unit vectors by sentence-transformers. `load_encoder` makes one."""

    def __init__(self, model: Any) -> None:
        import torch

        self.model = model
        self._threads = torch.get_num_threads()

    @property
    def width(self) -> int:
        """The number of dimensions of a vector."""
        return int(self.model.get_embedding_dimension())

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> NDArray[np.float32]:
        """Return one unit vector for each text, in order: (n, width) float32. `progress` shows a bar."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.width), dtype=np.float32)
        import torch

        # threads that wait for each other cost a query more than they save it
        torch.set_num_threads(1 if len(texts) <= FEW else self._threads)
        vectors = np.empty((len(texts), self.width), dtype=np.float32)
        with counted(len(texts), "Embedding", "passage", shown=progress) as bar:
            for batch in batches([len(text) for text in texts]):
                made = self.model.encode(
                    [texts[at] for at in batch], batch_size=len(batch), convert_to_numpy=True, show_progress_bar=False
                )
                vectors[batch] = np.asarray(made, dtype=np.float32)
                bar.update(len(batch))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        result: NDArray[np.float32] = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
        return result


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the positions of texts to embed together: texts of similar length, so that little padding is needed.

    A batch holds `BATCH_CHARACTERS`, counting each text as long as the longest, or one single text that is longer.
    """
    batch: list[int] = []
    for at in sorted(range(len(lengths)), key=lambda at: lengths[at]):  # so the one that is added is the longest
        if batch and lengths[at] * (len(batch) + 1) > BATCH_CHARACTERS:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def load_encoder(settings: Settings) -> Encoder | PackagedEncoder:
    """Return the encoder of the settings' model, which is loaded once in a process; nothing is ever downloaded.

    Raises:
        ModelUnavailable: The model cannot be found, verified or loaded.
    """
    return _load_by_library(settings) if _needs_library(settings) else load_packaged_encoder(settings)


def encode_query(text: str, settings: Settings) -> NDArray[np.float32]:
    """Return the unit vector of a text by the settings' model.

    Raises:
        ModelUnavailable: The model cannot be found, verified or loaded.
    """
    packaged = settings.model == PACKAGED_MODEL
    encoder = load_packaged_encoder(settings) if packaged else load_encoder(settings)
    vector: NDArray[np.float32] = encoder.encode([text])[0]
    return vector


def query_vector(text: str, settings: Settings) -> NDArray[np.float32] | None:
    """Return the unit vector of a text; None if the settings' model cannot be loaded."""
    try:
        return encode_query(text, settings)
    except ModelUnavailable:
        return None


def _needs_library(settings: Settings) -> bool:
    """Return True if sentence-transformers computes the vectors of passages."""
    return settings.model != PACKAGED_MODEL or settings.exact_vectors


@cache
def _load_by_library(settings: Settings) -> Encoder:
    folder = model_folder(settings)
    for name, value in (("HF_HUB_OFFLINE", "1"), ("TRANSFORMERS_OFFLINE", "1"), ("TOKENIZERS_PARALLELISM", "false")):
        os.environ.setdefault(name, value)
    with loading_from(folder):
        with _compiling_nowhere():
            from sentence_transformers import SentenceTransformer

        _quieten()
        return Encoder(SentenceTransformer(str(folder), device="cpu", local_files_only=True, trust_remote_code=False))


@contextmanager
def _compiling_nowhere() -> Iterator[None]:
    """Have torch's compiler, which is not used, create its cache folder where it is removed again.

    Importing transformers imports the compiler (`torch._dynamo.package`), which creates a folder at once among the
    system's temporary files and leaves it there.
    """
    if _COMPILED in os.environ:  # its owner wants it there
        yield
        return
    with TemporaryDirectory(prefix="whofunds-") as folder:
        os.environ[_COMPILED] = folder
        try:
            yield
        finally:
            del os.environ[_COMPILED]


def _quieten() -> None:
    """Keep the libraries' progress bars and notices, which are not for users, off standard error."""
    from transformers.utils import logging

    notices: Any = logging
    notices.set_verbosity_error()
    notices.disable_progress_bar()


def why_unavailable(settings: Settings) -> str:
    """Return why passages can be given no vectors here, and what to do, or "" if they can; loads nothing."""
    try:
        model_folder(settings)
    except ModelUnavailable as error:
        return str(error)
    wanted = LIBRARIES if _needs_library(settings) else ()
    return next((lacking(name) for name in wanted if not _is_installed(name)), "")


def _is_installed(library: str) -> bool:
    try:
        return importlib.util.find_spec(library) is not None
    except ValueError:  # what is half imported has no specification
        return library in sys.modules


def is_available(settings: Settings) -> bool:
    """Return True if passages can be given vectors: what runs the model is there, and its files are those we trust."""
    return not why_unavailable(settings)
