"""One published state of the workspace (graph, records, documents and search index), opened for reading."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.builds.archive import (
    CORRECTIONS,
    DOCUMENTS,
    GRAPH,
    RECORDS,
    SEARCH,
    file_key,
    read_correction_set,
    read_json,
    read_record,
)
from graph.builds.digests import Digests, Fault, faults_in, read_digests
from graph.builds.manifest import REMEDY, Manifest, read_manifest
from graph.builds.people import KEPT
from graph.builds.served import loaded_at
from graph.corrections.corrected import apply_corrections, correct_record
from graph.corrections.correction import CorrectionSet
from graph.errors import DamagedWorkspace
from graph.model import Record
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.search.index import PassageIndex
    from graph.stores.store import Store


class Build:
    """One published state of a workspace. Nothing in its folder ever changes."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self.id = path.name
        self._settings = settings

    @cached_property
    def manifest(self) -> Manifest:
        """The build's own description; reading it raises DamagedWorkspace if it cannot be read."""
        return read_manifest(self.path)

    @property
    def created(self) -> str:
        """The moment when the build was published: ISO date and time, UTC."""
        return self.manifest.created

    def store(self) -> Store:
        """Return the graph, opened for reading; the caller closes it.

        Raises:
            DamagedWorkspace: The graph cannot be opened.
        """
        from graph.stores.store import open_disk, open_endpoint

        if self._settings.endpoint:
            return open_endpoint(self._settings.endpoint, build=loaded_at(self.path, self._settings.endpoint))
        folder = self.path / GRAPH
        if not (folder / "CURRENT").is_file():
            raise self._damaged(folder)
        try:
            return open_disk(folder, read_only=True)
        except OSError as error:
            raise self._damaged(folder) from error

    @cached_property
    def corrections(self) -> CorrectionSet:
        """The corrections that the build was made with; reading them raises DamagedWorkspace if they cannot be read."""
        if not (self.path / CORRECTIONS).exists() and CORRECTIONS in self.digests:
            raise DamagedWorkspace(f"{self.path / CORRECTIONS}: missing; {REMEDY}")
        return read_correction_set(self.path)

    @cached_property
    def digests(self) -> Digests:
        """The SHA-256 of each of its files, by path; empty for an old build that has none."""
        return read_digests(self.path, self.manifest.contents) if self.manifest.contents else {}

    def faults(self, *, thorough: bool = True) -> tuple[Fault, ...]:
        """Return the files that are not as they were written; `thorough` reads every file. See `digests.faults_in`.

        Raises:
            DamagedWorkspace: The list of digests cannot be read.
        """
        return faults_in(self.path, self.manifest.contents, thorough=thorough)

    def missing(self) -> tuple[str, ...]:
        """Return sentences on files that are gone.

        It is quick, since it does not look for the files of single documents.
        """
        try:
            paths = [path for path in self.digests if path.split("/")[0] not in (RECORDS, DOCUMENTS, KEPT)]
        except DamagedWorkspace as error:
            return (str(error).partition(";")[0],)
        return tuple(f"{self.path / path}: missing" for path in paths if not (self.path / path).exists())

    def record(self, name: str) -> Record | None:
        """Return the record of a document, given by its file name, with corrections applied.

        Return None for an unknown document.
        """
        found = self.as_read(name)
        return correct_record(found, self.corrections) if found else None

    def as_read(self, name: str) -> Record | None:
        """Return the record of a document, given by its file name, without corrections.

        Return None for an unknown document.
        """
        entry = self.manifest.entry(name)
        return read_record(self.path, entry.name, entry.digest) if entry else None

    def records(self) -> tuple[Record, ...]:
        """Return the record of every document, with corrections applied, in the order of the documents' names."""
        return apply_corrections(self.records_as_read(), self.corrections).records

    def records_as_read(self) -> tuple[Record, ...]:
        """Return the record of every document, without corrections, in the order of the documents' names."""
        return tuple(read_record(self.path, entry.name, entry.digest) for entry in self.manifest.documents)

    def document(self, name: str) -> dict[str, Any] | None:
        """Return the document of that file name as JSON values (text, blocks with offsets), or None."""
        entry = self.manifest.entry(name)
        if entry is None:
            return None
        values: dict[str, Any] = read_json(self.path / DOCUMENTS / file_key(entry.name, entry.digest))
        return values

    def search(self) -> PassageIndex:
        """Return the index of passages.

        Raises:
            DamagedWorkspace: The index cannot be opened.
        """
        from graph.search.index import open_index

        return open_index(self.path / SEARCH, settings=self._settings, model=self.manifest.model)

    def _damaged(self, folder: Path) -> DamagedWorkspace:
        return DamagedWorkspace(f"{folder}: the graph cannot be opened; {REMEDY}")
