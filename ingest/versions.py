"""Version keys of the code and the registry: documents read, or graphs written, under another key are made again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from graph.settings import PROJECT, Settings
from ingest.extract.second_reader.address import is_asked

if TYPE_CHECKING:
    from ingest.columns.kept import Kept

READING = ("ingest/document.py", "ingest/readers", "ingest/extract", "ingest/columns", "data/reading/*", "graph/parse",
           "graph/model.py")  # fmt: skip
NAMES = ("graph/names", "graph/registry*.py", "graph/search/passages.py")
WRITING = ("graph/rdf", "graph/corrections", "graph/vocabulary.py", "graph/identifiers.py", "ingest/reconcil*")


def reading_version(settings: Settings) -> str:
    """Return the key of the code, the registry and the settings that decide how any document is read."""
    said = f"ocr={settings.ocr}"
    if is_asked(settings):  # the key and the patience are no part of what is asked
        asked = (settings.second_reader, settings.second_reader_model, settings.second_reader_questions)
        said = f"{said} second={asked}"
    return _key((*READING, *NAMES), settings.data / "registry", said)


def document_version(settings: Settings, name: str, kept: Kept | None = None) -> str:
    """Return the key of what decides how one document is read: the reading version and the roles set for its columns.

    `kept` are the column roles that the workspace will have after publishing; None for those that it has now.
    """
    from ingest.columns.kept import kept_key, key_of_document

    columns = key_of_document(name, settings.workspace) if kept is None else kept_key(kept, name)
    return f"{reading_version(settings)}-{columns}" if columns else reading_version(settings)


def graph_version(settings: Settings) -> str:
    """Return the key of the code and the registry that decide how records become triples."""
    return _key(WRITING, settings.data / "registry", "")


@cache
def _key(patterns: tuple[str, ...], registry: Path, more: str) -> str:
    digest = sha256(more.encode())
    for path in sorted({*_files(patterns), *registry.glob("*.csv")}):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files(patterns: Iterable[str]) -> Iterator[Path]:
    for pattern in patterns:
        for path in PROJECT.glob(pattern):
            yield from [*path.rglob("*.py"), *path.rglob("*.json")] if path.is_dir() else [path]
