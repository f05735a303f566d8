"""Builds: immutable published states of graph, records, documents and search, of which one is current."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.audit import Event, check_writable, entry_of
from graph.builds import journal, owed_entries
from graph.builds.archive import CORRECTIONS, DOCUMENTS, file_key, read_correction_set, read_json, read_record
from graph.builds.digests import Digests, Fault, faults_in, read_digests
from graph.builds.files import make_durable, write_pointer
from graph.builds.format import check_format, upgrade
from graph.builds.lock import locked
from graph.builds.manifest import REMEDY, Manifest, read_manifest
from graph.builds.served import loaded_at
from graph.corrections.corrected import apply_corrections, correct_record
from graph.corrections.correction import CorrectionSet
from graph.errors import DamagedWorkspace, MissingWorkspace
from graph.model import Record
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.builds.draft import Draft
    from graph.search.index import PassageIndex
    from graph.stores.store import Store

GRAPH = "graph"
SEARCH = "search"
NO_BUILD = "no build here yet; run 'whofunds ingest PATH' or give --workspace DIR"
KEPT = 5  #: builds that stay on disk; older ones are removed


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


class Workspace:
    """A folder of builds. `current` names one of them and is replaced at once."""

    def __init__(self, path: Path, *, settings: Settings | None = None) -> None:
        self.path = path
        self._settings = settings or Settings(workspace=path)
        self._builds = path / "builds"
        self._staging = path / "staging"
        self._pointer = path / "current"

    def current(self) -> Build:
        """Return the current build.

        Raises:
            MissingWorkspace: There is no workspace, or nothing was ever published in it.
            DamagedWorkspace: The current build lacks a part, or the workspace is of a newer format.
        """
        check_format(self.path)
        identity = self.current_id()
        if identity is None:
            if self.builds():
                raise DamagedWorkspace(f"{self._pointer}: does not say which build is the current one; {REMEDY}")
            raise MissingWorkspace(f"{self.path}: {NO_BUILD}")
        build = Build(self._builds / identity, self._settings)
        if not build.path.is_dir():
            raise DamagedWorkspace(f"{build.path}: the current build is missing; {REMEDY}")
        _ = build.manifest
        return build

    def current_id(self) -> str | None:
        """Return the id of the current build, or None where nothing was published; cheap, for noticing a new one."""
        try:
            identity = self._pointer.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return identity if identity and Path(identity).name == identity else None

    def builds(self) -> tuple[Build, ...]:
        """Return the published builds that can be read, newest first."""
        return tuple(build for build in self.all_builds() if _is_readable(build))

    def all_builds(self) -> tuple[Build, ...]:
        """Return the published builds, newest first, those that cannot be read too."""
        if not self._builds.is_dir():
            return ()
        begun = journal.pending(self.path)  # stopped before its build became current: it is none, and will be undone
        undone = begun.build if begun is not None and begun.build != self.current_id() else None
        names = sorted((path.name for path in self._builds.iterdir() if path.is_dir()), reverse=True)
        names = [name for name in names if name != undone]
        return tuple(Build(self._builds / name, self._settings) for name in names)

    def rollback(self) -> Build:
        """Make the newest readable build before the current one current, and return it.

        Raises:
            MissingWorkspace: There is none before it.
            AuditLogFault: Who did it could not be written down.
        """
        if not self._builds.is_dir():
            raise MissingWorkspace(f"{self.path}: {NO_BUILD}")
        with self.held():
            current = self.current_id()
            builds = {build.id: build for build in self.builds()}
            base = builds[current].manifest.base if current in builds else ""
            earlier = [base] if base in builds else [name for name in builds if current is None or name < current]
            if not earlier:
                raise MissingWorkspace(f"{self.path}: no build before {current or 'the current one'} to go back to")
            check_writable(self._settings)
            entry = entry_of(self._settings, Event.ROLL_BACK, build=earlier[0], base=current)
            owed = owed_entries.owe(self.path, earlier[0], [entry])
            write_pointer(self._pointer, earlier[0])
            owed_entries.pay(self.path, owed, self._settings)
            return builds[earlier[0]]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the workspace; what a publication that was stopped left is finished or undone.

        Raises:
            WorkspaceBusy: Another process publishes here.
            DamagedWorkspace: The workspace is of a newer format.
        """
        with locked(self.path):
            check_format(self.path)
            journal.recover(self.path, self.current_id(), self._builds)
            owed_entries.recover(self.path, self.current_id(), self._settings)
            yield

    @contextmanager
    def publishing(self) -> Iterator[Draft]:
        """Hold the workspace and yield a draft of the next build; what is not published is removed.

        Raises:
            WorkspaceBusy: Another process publishes here.
            AuditLogFault: Who publishes could not be written down.
            DamagedWorkspace: The workspace is of a newer format.
        """
        from graph.builds.draft import Draft

        with self.held():
            check_writable(self._settings)
            upgrade(self.path)
            shutil.rmtree(self._staging, ignore_errors=True)  # left by a process that was stopped
            draft = Draft(self, self._staging)
            try:
                yield draft
            finally:
                shutil.rmtree(self._staging, ignore_errors=True)

    def publish(
        self, staged: Path, manifest: Manifest, names: Sequence[str], entries: Sequence[Mapping[str, Any]] = ()
    ) -> tuple[Build, str]:
        """Make a complete draft the current build.

        Args:
            staged: The draft's folder.
            manifest: What the build says of itself.
            names: The files of people that go with it.
            entries: What the audit log is to say besides.

        Returns:
            The build, and what people should know: a file that could not be placed yet.
        """
        make_durable(staged)
        self._builds.mkdir(parents=True, exist_ok=True)
        target = self._builds / manifest.id
        counts = {"documents": len(manifest.documents), "flows": manifest.flows}
        entry = entry_of(self._settings, Event.PUBLICATION, build=manifest.id, base=manifest.base or None, **counts)
        owed = owed_entries.owe(self.path, manifest.id, [entry, *entries])
        begun = journal.begin(self.path, manifest.id, names)
        os.rename(staged, target)
        make_durable(self._builds, deep=False)
        write_pointer(self._pointer, manifest.id)
        said = journal.finish(self.path, target, begun)
        owed_entries.pay(self.path, owed, self._settings)
        self._remove_old()
        return Build(target, self._settings), said

    def _remove_old(self) -> None:
        readable = [build.id for build in self.builds()[:KEPT]]
        oldest = min(readable, default="")  # one that cannot be read stays as long as readable ones of its age
        keep = {self.current_id(), *(build.id for build in self.all_builds() if build.id >= oldest)}
        for path in self._builds.iterdir():
            if path.is_dir() and path.name not in keep:
                gone = self._staging / path.name
                with suppress(OSError):  # the next publication tries again
                    gone.parent.mkdir(parents=True, exist_ok=True)
                    os.rename(path, gone)  # at once: a build that is half removed must not look like one
                shutil.rmtree(gone, ignore_errors=True)


def _is_readable(build: Build) -> bool:
    try:
        _ = build.manifest
    except DamagedWorkspace:
        return False
    return True
