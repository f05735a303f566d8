"""The archive of a backup: a ZIP file with a list of what it holds, each file with its size and SHA-256.

`build/` holds the current build, `workspace/` what lies beside the builds. The list stands in `whofunds-backup.json`
and carries a digest of itself. Nothing of an archive is believed before it was compared with that list.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from graph.errors import WhofundsError

LIST = "whofunds-backup.json"
FORMAT = 1  #: raised when an older whofunds cannot read what a newer one writes
BUILD, WORKSPACE = "build", "workspace"
_STORED = (".gz", ".parquet", ".zip", ".docx", ".xlsx", ".pdf")  #: compressed already
_MOST_LIST_BYTES = 200_000_000
_CHUNK = 1 << 20


class DamagedBackup(WhofundsError):
    """A file is no backup, has a newer format, or differs from what was written."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of an archive."""

    size: int
    digest: str  #: SHA-256, hex


@dataclass(frozen=True, slots=True)
class Contents:
    """The list that an archive has of its own files."""

    build: str  #: id of the build
    made: str  #: ISO date and time, UTC
    files: Mapping[str, Packed]  #: by name in the archive


def write_archive(target: Path, files: Iterable[tuple[str, Path]], build: str) -> Contents:
    """Write an archive of files, given as (name in the archive, path); a process killed meanwhile leaves no archive.

    Nobody but its owner can read it, whatever the folder allows: it holds all that people made, and the audit log.

    Args:
        target: The file to write.
        files: The files with their names in the archive.
        build: The id of the build in it.

    Raises:
        DamagedBackup: A name cannot stand in an archive.
        OSError: A file cannot be read, or the archive cannot be written.
    """
    draft = target.with_name(f".{target.name}.new")
    packed: dict[str, Packed] = {}
    try:
        draft.unlink(missing_ok=True)  # of a killed backup: its permissions would stay
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as file, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            for name, path in files:
                packed[name] = _pack(archive, name, path)
            contents = Contents(build, datetime.now(UTC).isoformat(timespec="seconds"), packed)
            archive.writestr(LIST, _text_of(contents))
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return contents


def read_contents(path: Path) -> Contents:
    """Return the list of an archive's files, after every file was compared with it.

    Raises:
        DamagedBackup: It is no backup, or not as it was written; the message names the first fault.
    """
    try:
        with ZipFile(path) as archive:
            contents = _contents(archive, path)
            for name, packed in contents.files.items():
                _compare(archive, name, packed, path, None)
            return contents
    except FileNotFoundError:
        raise DamagedBackup(f"{path}: no such file") from None
    except (BadZipFile, EOFError, zlib.error, NotImplementedError, KeyError) as error:
        raise DamagedBackup(f"{path}: no whole archive ({error}); use another backup") from error


def unpack(path: Path, contents: Contents, part: str, folder: Path) -> None:
    """Write the files of one part of an archive into a folder, each compared once more while it is written.

    Raises:
        DamagedBackup: A file is not as it was written.
    """
    try:
        with ZipFile(path) as archive:
            for name, packed in contents.files.items():
                if name.startswith(f"{part}/"):
                    target = folder / name.removeprefix(f"{part}/")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with target.open("wb") as file:
                        _compare(archive, name, packed, path, file)
    except (BadZipFile, EOFError, zlib.error, KeyError) as error:
        raise DamagedBackup(f"{path}: no whole archive ({error}); use another backup") from error


def _pack(archive: ZipFile, name: str, path: Path) -> Packed:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise DamagedBackup(f"{path}: its name is not UTF-8 and cannot stand in an archive; rename it") from None
    digest, size = sha256(), 0
    kind = ZIP_STORED if path.suffix in _STORED else ZIP_DEFLATED
    with path.open("rb") as source, archive.open(_info(name, kind), "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return Packed(size, digest.hexdigest())


def _info(name: str, kind: int) -> Any:
    from zipfile import ZipInfo

    info = ZipInfo(name)  # without a time: the same workspace makes the same archive, but for the moment in the list
    info.compress_type = kind
    return info


def _text_of(contents: Contents) -> str:
    files = {name: {"size": each.size, "sha256": each.digest} for name, each in contents.files.items()}
    values = {"format": FORMAT, "made": contents.made, "build": contents.build, "files": files}
    return json.dumps({**values, "seal": _seal(values)}, indent=1)


def _seal(values: Mapping[str, Any]) -> str:
    return sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _contents(archive: ZipFile, path: Path) -> Contents:
    names = archive.namelist()
    if LIST not in names:
        raise DamagedBackup(f"{path}: no backup of whofunds: it has no {LIST}")
    if archive.getinfo(LIST).file_size > _MOST_LIST_BYTES:
        raise DamagedBackup(f"{path}: its {LIST} is too large to be a list; use another backup")
    try:
        values = json.loads(archive.read(LIST).decode("utf-8"))
        seal = values.pop("seal")
        if int(values["format"]) > FORMAT:
            raise DamagedBackup(f"{path}: written by a newer whofunds (format {values['format']}); update whofunds")
        files = {name: Packed(int(each["size"]), str(each["sha256"])) for name, each in values["files"].items()}
        contents = Contents(str(values["build"]), str(values["made"]), files)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedBackup(f"{path}: its {LIST} is damaged; use another backup") from error
    if seal != _seal(values):
        raise DamagedBackup(f"{path}: its {LIST} is not as it was written; use another backup")
    other = {*names} ^ {LIST, *files}
    if other or len(names) != len(files) + 1:
        raise DamagedBackup(f"{path}: {min(other, default='a name')!r} is not in both the archive and its list")
    outside = [name for name in files if not _is_inside(name)]
    if outside:
        raise DamagedBackup(f"{path}: {outside[0]!r} would lie outside the workspace; this is no backup of whofunds")
    return contents


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return len(parts) > 1 and parts[0] in (BUILD, WORKSPACE) and ".." not in parts and "\0" not in name


def _compare(archive: ZipFile, name: str, packed: Packed, path: Path, target: IO[bytes] | None) -> None:
    """Compare a file of an archive with the list while reading it, and write it to `target` if given.

    Never more bytes are read than the list says.
    """
    digest, left = sha256(), packed.size
    with archive.open(name) as source:
        while chunk := source.read(min(_CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            if target is not None:
                target.write(chunk)
    if left != 0 or digest.hexdigest() != packed.digest:
        raise DamagedBackup(f"{path}: {name} is not as it was written; nothing was changed; use another backup")
