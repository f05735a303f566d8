"""Writes a workspace into one archive: the current build, what people made, and what else lies beside the builds."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.backups.archive import BUILD, WORKSPACE, write_archive
from graph.builds import journal, owed_entries
from graph.builds.lock import FILE as LOCK
from graph.builds.workspace import Workspace
from graph.errors import DamagedWorkspace, WhofundsError
from graph.settings import Settings

#: of a workspace, what is no part of a backup: builds other than the current one, and what is being made
NOT_KEPT = ("builds", "staging", "current", "current.new", LOCK, journal.FILE, owed_entries.FILE)


class BackupRefused(WhofundsError):
    """A backup cannot be written here, such as over an existing file."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was backed up."""

    path: Path
    build: str
    files: int
    bytes: int  #: of the archive
    messages: tuple[str, ...] = ()  #: what was left out


def back_up(settings: Settings, target: Path | None = None) -> BackupReport:
    """Write a backup of the workspace to `target`: a file that does not exist yet, or a folder for the backup.

    Raises:
        BackupRefused: The file exists already, or would lie in the workspace.
        DamagedWorkspace: The current build is not as it was written.
        MissingWorkspace: There is no build.
        WorkspaceBusy: Another process publishes in this workspace.
    """
    path = _target(settings.workspace, target)
    workspace = Workspace(settings.workspace, settings=settings)
    with _held(settings.workspace):
        build = workspace.current()
        faults = build.faults()
        if faults:
            raise DamagedWorkspace(
                f"{build.path}: {faults[0]}, so a backup would keep the damage; run 'whofunds repair' first, "
                "or copy the folder as it is"
            )
        left_out: list[str] = []
        files = [*_files(build.path, BUILD, left_out), *_beside(settings.workspace, left_out)]
        contents = write_archive(path, files, build.id)
    return BackupReport(path, build.id, len(contents.files), path.stat().st_size, tuple(left_out))


def _target(workspace: Path, target: Path | None) -> Path:
    name = f"whofunds-backup-{datetime.now(UTC).strftime('%Y%m%dT%H%M%SZ')}.zip"
    path = Path(name) if target is None else target / name if target.is_dir() else target
    if path.exists():
        raise BackupRefused(f"{path}: there already; give another name, or a folder")
    if not path.absolute().parent.is_dir():
        raise BackupRefused(f"{path}: there is no folder {path.parent}; make it, or give another place")
    if workspace.resolve() in (path.resolve().parent, *path.resolve().parent.parents):
        raise BackupRefused(f"{path}: lies in the workspace; a backup belongs elsewhere, best on another disk")
    return path


@contextmanager
def _held(workspace: Path) -> Iterator[None]:
    """Hold the workspace's lock while it is copied; a workspace that cannot be written needs no lock."""
    if not workspace.is_dir():
        yield  # whoever looks for the build says so
        return
    try:
        os.close(os.open(workspace / LOCK, os.O_RDWR | os.O_CREAT, 0o644))
    except OSError as error:
        if error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT):
            raise
        yield
        return
    with Workspace(workspace).held():
        yield


def _files(folder: Path, part: str, left_out: list[str]) -> Iterator[tuple[str, Path]]:
    """Yield the regular files below a folder by their names in the archive."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place) / name
            if path.is_symlink() or not path.is_file():
                left_out.append(f"{path}: no regular file; not in the backup")
            elif name not in (".new", "LOCK"):
                yield f"{part}/{path.relative_to(folder).as_posix()}", path


def _beside(workspace: Path, left_out: list[str]) -> Iterator[tuple[str, Path]]:
    for path in sorted(workspace.iterdir()):
        if path.name in NOT_KEPT or path.name.endswith(".new"):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from ((f"{WORKSPACE}/{path.name}/{name.partition('/')[2]}", file)
                        for name, file in _files(path, WORKSPACE, left_out))  # fmt: skip
        elif path.is_file() and not path.is_symlink():
            yield f"{WORKSPACE}/{path.name}", path
        else:
            left_out.append(f"{path}: no regular file; not in the backup")

