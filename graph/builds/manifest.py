"""What a build says of itself: its documents, and what it was made with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from graph.errors import DamagedWorkspace
from graph.typed_json import to_json

FILE = "manifest.json"
REMEDY = "run 'whofunds builds --rollback', or remove the workspace and ingest again"
FORMAT = 1  #: raised when an older whofunds cannot read what a newer one writes


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
    format: int = FORMAT

    @property
    def counts(self) -> dict[str, int]:
        """The build in numbers."""
        return {"flows": self.flows, "passages": self.passages, "embedded": self.embedded}

    def entry(self, name: str) -> DocumentEntry | None:
        """Return the entry of a document, or None."""
        return next((entry for entry in self.documents if entry.name == name), None)


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write the manifest of the build in `folder`."""
    (folder / FILE).write_text(json.dumps(to_json(manifest), ensure_ascii=False, indent=1), encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the build in `folder`.

    Raises:
        DamagedWorkspace: It is missing, damaged, or of a newer format.
    """
    import msgspec  # reads the entries of 15,000 documents in the time that a reader in Python needs for 500

    try:
        manifest = msgspec.json.decode((folder / FILE).read_bytes(), type=Manifest)
    except (OSError, ValueError, TypeError) as error:  # msgspec's errors are ValueErrors
        raise DamagedWorkspace(
            f"{folder / FILE}: missing or damaged; {REMEDY}"
        ) from error
    if manifest.format > FORMAT:
        found = f"written by a newer whofunds (format {manifest.format})"
        raise DamagedWorkspace(f"{folder / FILE}: {found}; update whofunds")
    return manifest
