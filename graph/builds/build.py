"""One published state of graph, records, documents and search, opened for reading."""

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
    """One published state. Nothing in its folder changes."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self.id = path.name
        self._settings = settings

    @cached_property
    def manifest(self) -> Manifest:
        """What the build says of itself; DamagedWorkspace where it cannot be read."""
        return read_manifest(self.path)

    @property
    def created(self) -> str:
        """When it was published: ISO date and time, UTC."""
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
        """What people set right in what was read; DamagedWorkspace where it cannot be read."""
        if not (self.path / CORRECTIONS).exists() and CORRECTIONS in self.digests:
            raise DamagedWorkspace(f"{self.path / CORRECTIONS}: missing; {REMEDY}")
        return read_correction_set(self.path)

    @cached_property
    def digests(self) -> Digests:
        """The SHA-256 of each of its files; none in a build of before digests."""
        return read_digests(self.path, self.manifest.contents) if self.manifest.contents else {}

    def faults(self, *, thorough: bool = True) -> tuple[Fault, ...]:
        """Return which of its files are not as they were written; DamagedWorkspace where nothing can be said."""
        return faults_in(self.path, self.manifest.contents, thorough=thorough)

    def missing(self) -> tuple[str, ...]:
        """Return its files that are gone, in words; quick, as those of single documents are not looked for."""
        try:
            paths = [path for path in self.digests if path.split("/")[0] not in (RECORDS, DOCUMENTS, KEPT)]
        except DamagedWorkspace as error:
            return (str(error).partition(";")[0],)
        return tuple(f"{self.path / path}: missing" for path in paths if not (self.path / path).exists())

    def record(self, name: str) -> Record | None:
        """Return what was read from the document of that file name, as corrected, or None."""
        found = self.as_read(name)
        return correct_record(found, self.corrections) if found else None

    def as_read(self, name: str) -> Record | None:
        """Return what was read from the document of that file name, without corrections, or None."""
        entry = self.manifest.entry(name)
        return read_record(self.path, entry.name, entry.digest) if entry else None

    def records(self) -> tuple[Record, ...]:
        """Return what was read from every document, as corrected, in the order of their names."""
        return apply_corrections(self.records_as_read(), self.corrections).records

    def records_as_read(self) -> tuple[Record, ...]:
        """Return what was read from every document, without corrections, in the order of their names."""
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
