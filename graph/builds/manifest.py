"""A build's own description: its documents, what it was made with, and a seal by which damage is noticed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from graph.errors import DamagedWorkspace

FILE = "manifest.json"
COPIES = "copies"  #: folder of a build with a second copy of what finds all else: the manifest and the digests
REMEDY = "run 'whofunds repair'; 'whofunds builds --rollback' goes back to the build before"
FORMAT = 2  #: raised when an older whofunds cannot read what a newer one writes: 2 has digests and a seal
_SEAL = re.compile(rb'\{\s*"seal": "([0-9a-f]{64})"')
_OPEN = b"0" * 64  #: stands for the seal while it is made


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One document of a build."""

    name: str  #: file name; unique within the build
    digest: str  #: SHA-256 of the file's bytes, hex
    version: str  #: key of the code and registry that read it
    status: str = "loaded"  #: loaded | partly
    reference: str | None = None
    title: str = ""
    flows: int = 0
    relations: int = 0
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """A build's own description."""

    id: str
    created: str  #: ISO date and time, UTC
    documents: tuple[DocumentEntry, ...]
    flows: int = 0
    passages: int = 0
    embedded: int = 0  #: passages that have a vector; fewer than `passages` where the model could not be loaded
    model: str = ""  #: of the vectors; "" where there are none
    base: str = ""  #: id of the build that it was made from; rollback goes there
    graph_version: str = ""  #: key of the code and registry that wrote the triples
    who: str = ""  #: in whose name it was published; "" in builds from before that was kept
    contents: str = ""  #: SHA-256 of the file of digests; "" in builds of format 1, which have none
    format: int = FORMAT

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of documents, flows and the like in the build, by name."""
        return {"flows": self.flows, "passages": self.passages, "embedded": self.embedded}

    def entry(self, name: str) -> DocumentEntry | None:
        """Return the entry of a document, given by its file name; None for an unknown document."""
        return next((entry for entry in self.documents if entry.name == name), None)


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest of the build in `folder`, sealed, and a second copy of it."""
    import msgspec

    values = {"seal": _OPEN.decode(), **{name: getattr(manifest, name) for name in Manifest.__dataclass_fields__}}
    data = msgspec.json.format(msgspec.json.encode(values), indent=1)
    sealed = data.replace(_OPEN, _seal(data), 1)
    (folder / COPIES).mkdir(exist_ok=True)
    for place in (folder, folder / COPIES):
        (place / FILE).unlink(missing_ok=True)  # a clone may share it
        (place / FILE).write_bytes(sealed)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the build in `folder`, from its second copy if the first is missing or damaged.

    Raises:
        DamagedWorkspace: Both copies are missing or damaged, or the format is newer than this version knows.
    """
    found = _read_once(folder / FILE) or _read_once(folder / COPIES / FILE)
    if found is None:
        raise DamagedWorkspace(f"{folder / FILE}: missing or damaged; {REMEDY}")
    if found.format > FORMAT:
        newer = f"written by a newer whofunds (format {found.format})"
        raise DamagedWorkspace(f"{folder / FILE}: {newer}; update whofunds")
    return found


def is_whole(path: Path) -> bool:
    """Return True if one copy of a manifest can be read and matches its seal."""
    return _read(path, _Format) is not None


def is_readable(folder: Path) -> bool:
    """Return True if `read_manifest` would read the manifest of the build in `folder`; its documents are not read."""
    found = _read(folder / FILE, _Format) or _read(folder / COPIES / FILE, _Format)
    return found is not None and found.format <= FORMAT


@dataclass(frozen=True, slots=True)
class _Format:
    """The part of a manifest that says how to read the rest."""

    id: str
    created: str
    format: int = FORMAT


M = TypeVar("M", Manifest, _Format)


def _read_once(path: Path) -> Manifest | None:
    """Return a manifest as `_read` does; one that this process has read lately, and that is as it was, is not read."""
    try:
        state = path.stat()
    except OSError:
        return None
    return _read_in_state(path, (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns))


@lru_cache(maxsize=2)
def _read_in_state(path: Path, state: object) -> Manifest | None:
    return _read(path, Manifest)


def _read(path: Path, kind: type[M]) -> M | None:
    """Return a manifest; None if the file is missing or damaged, or does not match its seal."""
    import msgspec  # reads the entries of 15,000 documents in the time that a reader in Python needs for 500

    try:
        data = path.read_bytes()
        manifest = msgspec.json.decode(data, type=kind)
    except (OSError, ValueError, TypeError):  # msgspec's errors are ValueErrors
        return None
    seal = _SEAL.match(data)
    is_sealed = seal[1] == _seal(data.replace(seal[1], _OPEN, 1)) if seal else manifest.format != FORMAT
    return manifest if is_sealed else None


def _seal(data: bytes) -> bytes:
    """Return the seal for the bytes of a manifest without one."""
    return sha256(data).hexdigest().encode()
