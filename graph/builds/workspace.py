"""Builds: immutable published states of graph, records, documents and search, of which one is current."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.audit import Event, check_writable, record
from graph.builds.archive import DOCUMENTS, file_key, read_correction_set, read_json, read_record
from graph.builds.files import clone_tree, make_durable, write_pointer
from graph.builds.lock import locked
from graph.builds.manifest import REMEDY, Manifest, read_manifest, write_manifest
from graph.builds.served import loaded_at
from graph.corrections.corrected import apply_corrections, correct_record
from graph.corrections.correction import CorrectionSet
from graph.errors import DamagedWorkspace, MissingWorkspace
from graph.model import Record
from graph.settings import Settings

if TYPE_CHECKING:
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
        return read_correction_set(self.path)

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
            DamagedWorkspace: The current build lacks a part.
        """
        identity = self.current_id()
        if identity is None:
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
        if not self._builds.is_dir():
            return ()
        names = sorted((path.name for path in self._builds.iterdir() if path.is_dir()), reverse=True)
        return tuple(build for name in names if _is_readable(build := Build(self._builds / name, self._settings)))

    def rollback(self) -> Build:
        """Make the newest readable build before the current one current, and return it.

        Raises:
            MissingWorkspace: There is none before it.
            AuditLogFault: Who did it could not be written down.
        """
        if not self._builds.is_dir():
            raise MissingWorkspace(f"{self.path}: {NO_BUILD}")
        with locked(self.path):
            current = self.current_id()
            builds = {build.id: build for build in self.builds()}
            base = builds[current].manifest.base if current in builds else ""
            earlier = [base] if base in builds else [name for name in builds if current is None or name < current]
            if not earlier:
                raise MissingWorkspace(f"{self.path}: no build before {current or 'the current one'} to go back to")
            check_writable(self._settings)
            write_pointer(self._pointer, earlier[0])
            record(self._settings, Event.ROLL_BACK, build=earlier[0], base=current)
            return builds[earlier[0]]

    @contextmanager
    def publishing(self) -> Iterator[Draft]:
        """Hold the workspace and yield a draft of the next build; what is not published is removed.

        Raises:
            WorkspaceBusy: Another process publishes here.
            AuditLogFault: Who publishes could not be written down.
        """
        with locked(self.path):
            check_writable(self._settings)
            shutil.rmtree(self._staging, ignore_errors=True)  # left by a process that was stopped
            draft = Draft(self, self._staging)
            try:
                yield draft
            finally:
                shutil.rmtree(self._staging, ignore_errors=True)

    def _publish(self, staged: Path, manifest: Manifest) -> Build:
        make_durable(staged)
        self._builds.mkdir(parents=True, exist_ok=True)
        target = self._builds / manifest.id
        os.rename(staged, target)
        make_durable(self._builds, deep=False)
        write_pointer(self._pointer, manifest.id)
        counts = {"documents": len(manifest.documents), "flows": manifest.flows}
        record(self._settings, Event.PUBLICATION, build=manifest.id, base=manifest.base or None, **counts)
        self._remove_old()
        return Build(target, self._settings)

    def _remove_old(self) -> None:
        keep = {self.current_id(), *(build.id for build in self.builds()[:KEPT])}
        for path in self._builds.iterdir():
            if path.is_dir() and path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)


class Draft:
    """The next build while it is made, in the staging folder."""

    def __init__(self, workspace: Workspace, staging: Path) -> None:
        self._workspace = workspace
        newest = max([build.id for build in workspace.builds()], default="")
        self.id = _next_id(newest)
        self.path = staging / self.id

    @property
    def shelf(self) -> Path:
        """Folder beside the draft for what is read before it is begun; it goes with the draft."""
        return self.path.parent / "read"

    def base(self) -> Build | None:
        """Return the build that the draft starts from: the current one, else the newest that can be read, else None."""
        try:
            return self._workspace.current()
        except (MissingWorkspace, DamagedWorkspace):
            return next(iter(self._workspace.builds()), None)

    def begin(self) -> Path:
        """Make the draft's folder as a clone of the current build, and return it."""
        base = self.base()
        if base is None:
            self.path.mkdir(parents=True, exist_ok=True)
        else:
            clone_tree(base.path, self.path)
        return self.path

    def publish(self, manifest: Manifest) -> Build:
        """Write the manifest, make all durable, and make the draft the current build."""
        write_manifest(manifest, self.path)
        return self._workspace._publish(self.path, manifest)


def _is_readable(build: Build) -> bool:
    try:
        _ = build.manifest
    except DamagedWorkspace:
        return False
    return True


def _next_id(newest: str) -> str:
    """Return an id that sorts after the newest build's, whatever the clock says."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    if now <= newest[:15]:
        stamp, _, count = newest.partition("-")
        return f"{stamp}-{int(count.partition('-')[0] or 0) + 1:03d}-{secrets.token_hex(2)}"
    return f"{now}-001-{secrets.token_hex(2)}"
