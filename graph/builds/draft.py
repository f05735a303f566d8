"""The next build while it is being made: cloned from the current one without its damaged files, then published."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from graph.audit import Event, entry_of
from graph.builds import archive
from graph.builds.archive import GRAPH, SEARCH
from graph.builds.build import Build
from graph.builds.digests import FILE as DIGESTS
from graph.builds.digests import Fault, is_as_listed, write_digests
from graph.builds.files import clone_tree, link_or_copy
from graph.builds.manifest import COPIES, Manifest, write_manifest
from graph.builds.manifest import FILE as MANIFEST
from graph.builds.people import kept_file
from graph.errors import DamagedWorkspace, MissingWorkspace
from graph.settings import Settings


class Builds(Protocol):
    """What a draft needs of its workspace: the existing builds, and a way to publish one more."""

    def current(self) -> Build:
        """Return the current build."""

    def builds(self) -> tuple[Build, ...]:
        """Return the published builds that can be read, newest first."""

    def newest(self) -> Build | None:
        """Return the build that was published last and can be read, or None."""

    def all_builds(self) -> tuple[Build, ...]:
        """Return all published builds, newest first."""

    def publish(
        self, staged: Path, manifest: Manifest, names: Sequence[str], entries: Sequence[Mapping[str, Any]] = ()
    ) -> tuple[Build, str]:
        """Make a complete draft the current build; return the build and a sentence on files not placed yet."""


class Draft:
    """The next build while it is being made, in the staging folder."""

    def __init__(self, workspace: Builds, staging: Path) -> None:
        self._workspace = workspace
        newest = max([build.id for build in workspace.all_builds()], default="")
        self.id = _next_id(newest)
        self.path = staging / self.id
        self.is_thorough = False  #: every file of the base is read to see whether it is whole, however many there are
        self.said: list[str] = []  #: what people should know of the publication
        self._brought: dict[str, bytes | None] = {}
        self._entries: list[Mapping[str, Any]] = []

    @property
    def shelf(self) -> Path:
        """A folder beside the draft for files that are read before the draft is begun; it is removed with the draft."""
        return self.path.parent / "read"

    @cached_property
    def pointer_fault(self) -> str:
        """Why the current build cannot be the base although builds exist; "" if it can, or if there are no builds."""
        try:
            self._workspace.current()
        except DamagedWorkspace as error:
            return str(error)
        except MissingWorkspace:
            pass
        return ""

    def base(self) -> Build | None:
        """Return the build that the draft starts from: the current one, else the newest that can be read, else None."""
        return self._base

    @cached_property
    def _base(self) -> Build | None:
        try:
            return self._workspace.current()
        except (MissingWorkspace, DamagedWorkspace):
            return self.newest()

    def newest(self) -> Build | None:
        """Return the build that was published last, even if a roll-back has left it; None if no build can be read."""
        return self._workspace.newest()

    @cached_property
    def lost(self) -> tuple[Fault, ...]:
        """The damaged files of the base that no other build has undamaged.

        Lists that the draft writes anew are not counted.
        """
        own = (MANIFEST, DIGESTS, f"{COPIES}/{MANIFEST}", f"{COPIES}/{DIGESTS}")
        return tuple(fault for fault in self.faults if fault.path not in own and self._whole(fault.path) is None)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """The files of the base that are not as they were written."""
        base = self.base()
        if base is None:
            return ()
        try:
            return base.faults(thorough=self.is_thorough)
        except DamagedWorkspace:  # without digests each part is only known by whether it opens
            return (Fault(GRAPH, "unreadable"), Fault(SEARCH, "unreadable"), Fault(archive.CORRECTIONS, "unreadable"))

    def lacks(self, part: str) -> bool:
        """Return True if a part of the base, such as its graph, is lost: the file, or anything in the folder."""
        return any(fault.path == part or fault.path.startswith(f"{part}/") for fault in self.lost)

    def begin(self) -> Path:
        """Make the draft's folder as a clone of the base, and return it.

        A damaged file is taken from another build that has it undamaged; if none has, it is left out.
        """
        base = self.base()
        self.path.mkdir(parents=True, exist_ok=True)
        if base is not None:
            clone_tree(base.path, self.path, without={COPIES, *(fault.path for fault in self.faults)})
            for fault in self.faults:
                whole = self._whole(fault.path)
                if whole is not None:
                    target = self.path / fault.path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    link_or_copy(whole, target)
        return self.path

    def earlier_search(self) -> Path | None:
        """Return the passage index whose vectors can be reused: the base's, if it is undamaged; else None."""
        base = self.base()
        if base is not None and not any(fault.path.startswith(SEARCH) for fault in self.faults):
            return base.path / SEARCH
        return next((build.path / SEARCH for build in self._workspace.builds() if _is_whole(build, SEARCH)), None)

    def bring(self, name: str, data: bytes | None) -> None:
        """Set the content that a file of people gets when the draft is published; None moves the file into `aside`.

        The draft keeps a copy of the content.
        """
        self._brought[name] = data

    def brought(self, name: str) -> bytes | None:
        """Return the content that `bring` set for a file; None if it set none, or if the file is to be removed."""
        return self._brought.get(name)

    def tell(self, settings: Settings, event: Event, **details: object) -> None:
        """Add an entry for the audit log.

        It is written, beside the entry of the publication, once the draft is published.
        """
        self._entries.append(entry_of(settings, event, build=self.id, **details))

    def keep(self, name: str, data: bytes | None) -> None:
        """Keep `data` as the draft's copy of a file of people, in place of the copy that it has.

        None removes the copy.
        """
        file = kept_file(self.path, name)
        file.unlink(missing_ok=True)  # a clone shares it
        if data is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    def keep_copy(self, name: str, source: Path) -> None:
        """Keep a copy of a file of people as it is in the workspace, with its modification time."""
        file = kept_file(self.path, name)
        file.unlink(missing_ok=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, file)

    def publish(self, manifest: Manifest) -> Build:
        """Write digests and manifest, make everything durable on disk, and make the draft the current build."""
        for name, data in self._brought.items():
            self.keep(name, data)
        base = self.base()
        contents = write_digests(self.path, base.path if base else None)
        write_manifest(replace(manifest, contents=contents), self.path)
        build, said = self._workspace.publish(self.path, manifest, tuple(self._brought), self._entries)
        self.said += [said] if said else []
        return build

    def _whole(self, path: str) -> Path | None:
        """Return an undamaged file of another build that equals what the base's file should be; None without one."""
        base = self.base()
        try:
            wanted = base.digests.get(path) if base else None
        except DamagedWorkspace:
            return None
        if wanted is None:
            return None
        others = (build.path / path for build in self._workspace.builds() if base and build.id != base.id)
        return next((file for file in others if is_as_listed(file, wanted)), None)


def _is_whole(build: Build, part: str) -> bool:
    """Return True if a folder of a build is as it was written; an old build without digests is believed."""
    try:
        listed = {path: digest for path, digest in build.digests.items() if path.startswith(f"{part}/")}
    except DamagedWorkspace:
        return False
    return all(is_as_listed(build.path / path, digest) for path, digest in listed.items())


def _next_id(newest: str) -> str:
    """Return an id that sorts after the newest build's, whatever the clock says."""
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    if now <= newest[:15]:
        stamp, _, count = newest.partition("-")
        return f"{stamp}-{int(count.partition('-')[0] or 0) + 1:03d}-{secrets.token_hex(2)}"
    return f"{now}-001-{secrets.token_hex(2)}"
