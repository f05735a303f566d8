"""Builds: immutable published states of graph, records, documents and search, of which one is current."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.audit import Event, check_writable, entry_of
from graph.builds import journal, owed_entries
from graph.builds.build import Build
from graph.builds.files import make_durable, write_pointer
from graph.builds.format import check_format, upgrade
from graph.builds.lock import locked
from graph.builds.manifest import REMEDY, Manifest, is_readable
from graph.builds.rollback import whole_build_before
from graph.errors import DamagedWorkspace, MissingWorkspace, WhofundsError
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.builds.draft import Draft

NO_BUILD = "no build here yet; run 'whofunds ingest PATH' or give --workspace DIR"
KEPT = 5  #: builds that stay on disk; older ones are removed


class Workspace:
    """A folder of builds. Its file `current` names one of them and is replaced atomically."""

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
        """Return the id of the current build, or None where nothing was published."""
        try:
            identity = self._pointer.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return identity if identity and Path(identity).name == identity else None

    def pointed(self) -> object:
        """Return a value that changes whenever another build becomes current, for cheap comparison.

        Return None without a build.
        """
        try:
            found = os.stat(self._pointer)
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def builds(self) -> tuple[Build, ...]:
        """Return the published builds that can be read, newest first."""
        return tuple(build for build in self.all_builds() if _is_readable(build))

    def newest(self) -> Build | None:
        """Return the build that was published last and can be read, or None."""
        return next(filter(_is_readable, self.all_builds()), None)

    def all_builds(self) -> tuple[Build, ...]:
        """Return all published builds, newest first, including those that cannot be read."""
        if not self._builds.is_dir():
            return ()
        begun = journal.pending(self.path)  # stopped before its build became current: it is none, and will be undone
        undone = begun.build if begun is not None and begun.build != self.current_id() else None
        names = sorted((path.name for path in self._builds.iterdir() if path.is_dir()), reverse=True)
        names = [name for name in names if name != undone]
        return tuple(Build(self._builds / name, self._settings) for name in names)

    def rollback(self, passed_over: list[str] | None = None) -> Build:
        """Make the nearest undamaged build before the current one current, and return it.

        Args:
            passed_over: A list that gets a sentence on each damaged build that was passed over.

        Raises:
            MissingWorkspace: There is no earlier build.
            DamagedWorkspace: Every earlier build is damaged; nothing is changed.
            AuditLogFault: The audit log cannot be written; nothing is changed.
        """
        if not self._builds.is_dir():
            raise MissingWorkspace(f"{self.path}: {NO_BUILD}")
        with self.held():
            current = self.current_id()
            build, damaged = whole_build_before(current, self.all_builds())
            if build is None:
                raise _no_way_back(self.path, current, damaged)
            check_writable(self._settings)
            details = {"build": build.id, "base": current, "passed_over": damaged or None}
            owed = owed_entries.owe(self.path, build.id, [entry_of(self._settings, Event.ROLL_BACK, **details)])
            write_pointer(self._pointer, build.id)
            owed_entries.pay(self.path, owed, self._settings)
        if passed_over is not None:
            passed_over += [f"{line}, so it was passed over" for line in damaged]
        return build

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the workspace's lock; a publication that was killed is first finished or undone.

        Raises:
            WorkspaceBusy: Another process publishes here.
            DamagedWorkspace: The workspace has a newer format.
        """
        with locked(self.path):
            check_format(self.path)
            journal.recover(self.path, self.current_id(), self._builds)
            owed_entries.recover(self.path, self.current_id(), self._settings)
            yield

    @contextmanager
    def publishing(self) -> Iterator[Draft]:
        """Hold the workspace's lock and yield a draft of the next build; a draft that is not published is removed.

        Raises:
            WorkspaceBusy: Another process publishes here.
            AuditLogFault: The audit log cannot be written.
            DamagedWorkspace: The workspace has a newer format.
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
            manifest: The build's own description.
            names: The files of people that belong to it.
            entries: Further entries for the audit log.

        Returns:
            The build, and a sentence on any file of people that could not be placed yet ("" if all were).
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
        readable = [build.id for build in islice(filter(_is_readable, self.all_builds()), KEPT)]
        oldest = min(readable, default="")  # one that cannot be read stays as long as readable ones of its age
        keep = {self.current_id(), *(build.id for build in self.all_builds() if build.id >= oldest)}
        for path in self._builds.iterdir():
            if path.is_dir() and path.name not in keep:
                gone = self._staging / path.name
                with suppress(OSError):  # the next publication tries again
                    gone.parent.mkdir(parents=True, exist_ok=True)
                    os.rename(path, gone)  # at once: a build that is half removed must not look like one
                shutil.rmtree(gone, ignore_errors=True)


def _no_way_back(path: Path, current: str | None, damaged: Sequence[str]) -> WhofundsError:
    before = f"before {current or 'the current one'} to go back to"
    if damaged:
        return DamagedWorkspace(f"{path}: no whole build {before}, so nothing was changed: {'; '.join(damaged)}")
    return MissingWorkspace(f"{path}: no build {before}")


def _is_readable(build: Build) -> bool:
    return is_readable(build.path)
