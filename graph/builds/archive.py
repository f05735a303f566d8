"""Records, documents and corrections of a build on disk: compressed JSON, a file for each document named by digest."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from graph.builds.manifest import REMEDY
from graph.corrections.correction import CorrectionSet
from graph.errors import DamagedWorkspace
from graph.model import Record
from graph.typed_json import decoded, to_json

T = TypeVar("T")

#: parts of a build's folder
GRAPH = "graph"
SEARCH = "search"
RECORDS = "records"
DOCUMENTS = "documents"
CORRECTIONS = "corrections.json.gz"


def file_key(name: str, digest: str) -> str:
    """Return the file name for a document: digests of its content and of its name, since two contents may be alike."""
    return f"{digest[:32]}-{sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}.json.gz"


def write_json(path: Path, values: Any) -> None:
    """Write values as compressed JSON; the same values make the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(gzip.compress(text.encode("utf-8", "surrogatepass"), compresslevel=5, mtime=0))
    os.replace(draft, path)  # never in place: an earlier build may share the file


def read_json(path: Path) -> Any:
    """Return the values of a compressed JSON file.

    Raises:
        DamagedWorkspace: It is missing or damaged.
    """
    try:
        return json.loads(_unpacked(path).decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise DamagedWorkspace(f"{path}: missing or damaged; {REMEDY}") from error


def read_typed(kind: type[T], path: Path) -> T:
    """Return the dataclass that a compressed JSON file holds.

    Raises:
        DamagedWorkspace: It is missing or damaged, or holds something else.
    """
    try:
        return decoded(kind, _unpacked(path))
    except ValueError as error:
        raise DamagedWorkspace(f"{path}: damaged ({error}); {REMEDY}") from error


def _unpacked(path: Path) -> bytes:
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise DamagedWorkspace(f"{path}: missing or damaged; {REMEDY}") from error


def write_record(folder: Path, record: Record) -> None:
    """Write a record into the build in `folder`."""
    write_json(folder / RECORDS / file_key(record.document, record.digest), to_json(record))


def read_record(folder: Path, name: str, digest: str) -> Record:
    """Return one record of the build in `folder`.

    Raises:
        DamagedWorkspace: It is missing or damaged.
    """
    return read_typed(Record, folder / RECORDS / file_key(name, digest))


def write_correction_set(folder: Path, corrections: CorrectionSet) -> None:
    """Write the corrections of the build in `folder`; no file where there are none."""
    (folder / CORRECTIONS).unlink(missing_ok=True)
    if corrections.corrections:
        write_json(folder / CORRECTIONS, to_json(corrections))


def read_correction_set(folder: Path) -> CorrectionSet:
    """Return the corrections of the build in `folder`; none where it has no file of them.

    Raises:
        DamagedWorkspace: The file is damaged.
    """
    path = folder / CORRECTIONS
    return read_typed(CorrectionSet, path) if path.exists() else CorrectionSet()
