"""The SHA-256 of every file of a build: written when it is made, compared whenever somebody wants to be sure.

The list has the form of `sha256sum`, so that `sha256sum --check digests.sha256` in a build's folder checks it as well.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from hashlib import file_digest, sha256
from itertools import accumulate
from pathlib import Path

from graph.builds.files import walked
from graph.builds.manifest import COPIES, REMEDY, is_whole
from graph.builds.manifest import FILE as MANIFEST
from graph.errors import DamagedWorkspace

FILE = "digests.sha256"
WHOLE_BYTES = 256_000_000  #: builds up to this size are read whole by every publication; of others what was touched is
_UNLISTED = (MANIFEST, FILE)
_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"))

Digests = Mapping[str, str]  #: path within the build -> SHA-256, hex


@dataclass(frozen=True, slots=True)
class Fault:
    """One file of a build that is not as it was written."""

    path: str  #: within the build, with "/"
    what: str  #: missing | altered | unreadable

    def __str__(self) -> str:
        return f"{self.path} is {self.what}"


def write_digests(folder: Path, base: Path | None = None) -> str:
    """Write the SHA-256 of each file of a build, and a second copy of the list; return the digest of the list itself.

    Args:
        folder: The build's folder, complete but for its manifest.
        base: The build that it was cloned from. A file that is unchanged since keeps the digest that it had there, so
            that
            damage to a shared file is noticed in both builds.
    """
    known = _kept_digests(base) if base else {}
    linked = _linked(folder, base) if base and known else frozenset()
    lines = []
    for path in sorted(_files(folder)):
        is_shared = path in known and (path in linked or _is_same(f"{folder}/{path}", f"{base}/{path}"))
        lines.append(_line(path, known[path] if is_shared else _digest(folder / path)))
    data = "".join(lines).encode("utf-8", "surrogateescape")
    (folder / COPIES).mkdir(exist_ok=True)
    for place in (folder, folder / COPIES):
        (place / FILE).unlink(missing_ok=True)  # a clone may share it
        (place / FILE).write_bytes(data)
    return sha256(data).hexdigest()


def read_digests(folder: Path, contents: str) -> Digests:
    """Return the digests of a build's files, by path.

    Args:
        folder: The build's folder.
        contents: The digest of the list, from the build's manifest.

    Raises:
        DamagedWorkspace: The list and its copy are missing or damaged.
    """
    for path in (folder / FILE, folder / COPIES / FILE):
        data = _list(path, contents)
        if data is not None:
            text = data.decode("utf-8", "surrogateescape")
            return dict(_entry(line) for line in text.split("\n") if line)
    raise DamagedWorkspace(f"{folder / FILE}: missing or damaged; {REMEDY}")


def faults_in(folder: Path, contents: str, *, thorough: bool = True) -> tuple[Fault, ...]:
    """Return the files of a build that are not as they were written, in the order of their paths.

    Args:
        folder: The build's folder.
        contents: The digest of its list of digests; "" for an old build without digests, of which nothing is known.
        thorough: Read every file. Otherwise, in a build larger than `WHOLE_BYTES`, only files that were written after
            the
            manifest are read.

    Raises:
        DamagedWorkspace: The list of digests cannot be read.
    """
    if not contents:
        return ()
    found = [Fault(name, _state(folder / name)) for name in _UNLISTED if not _is_own_whole(folder, name, contents)]
    copied = [f"{COPIES}/{name}" for name in _UNLISTED if not _is_own_whole(folder / COPIES, name, contents)]
    found += [Fault(name, _state(folder / name)) for name in copied]
    listed = read_digests(folder, contents)
    since = None if thorough or not _is_large(folder) else _written(folder)
    for path, digest in listed.items():
        what = _fault(f"{folder}/{path}", digest, since)
        found += [Fault(path, what)] if what else []
    return tuple(sorted(found, key=lambda fault: fault.path))


def is_as_listed(file: Path, digest: str) -> bool:
    """Return True if a file's content has the given SHA-256."""
    return not _fault(str(file), digest, None)


def _files(folder: Path) -> Iterator[str]:
    for here, folders, names in walked(folder):
        if not here and COPIES in folders:
            folders.remove(COPIES)
        yield from (here + name for name in names if here + name not in _UNLISTED and name != "LOCK")


def _kept_digests(base: Path) -> Digests:
    from graph.builds.manifest import read_manifest

    try:
        contents = read_manifest(base).contents
        return read_digests(base, contents) if contents else {}
    except DamagedWorkspace:
        return {}


def _linked(folder: Path, base: Path) -> Set[str]:
    """Return the files of a build that are hard links to the file of the same path in another build."""
    if folder.stat().st_dev != base.stat().st_dev:
        return frozenset()
    theirs = dict(_inodes(str(base), ""))
    return {path for path, number in _inodes(str(folder), "") if theirs.get(path) == number}


def _inodes(folder: str, here: str) -> Iterator[tuple[str, int]]:
    """Yield the path and the number of each file below a folder; no file is looked at."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _inodes(entry.path, f"{here}{entry.name}/")
            else:
                yield here + entry.name, entry.inode()


def _is_same(file: str, other: str) -> bool:
    """Return True if a file is the same as a file of another build: a hard link, or a copy not written since."""
    try:
        one, two = os.stat(file), os.stat(other)
    except OSError:
        return False
    return os.path.samestat(one, two) or (one.st_size, one.st_mtime_ns) == (two.st_size, two.st_mtime_ns)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _fault(file: str, digest: str, since: int | None) -> str:
    """Return "missing", "unreadable" or "altered", or "" for a sound file.

    With `since` (nanoseconds), a file that was written no later is taken as sound.
    """
    try:
        if since is not None and os.stat(file).st_mtime_ns <= since:
            return ""
        return "" if _digest(Path(file)) == digest else "altered"
    except (FileNotFoundError, NotADirectoryError):
        return "missing"
    except OSError:
        return "unreadable"


def _state(file: Path) -> str:
    return "altered" if file.is_file() else "missing"


def _is_own_whole(folder: Path, name: str, contents: str) -> bool:
    return is_whole(folder / name) if name == MANIFEST else _list(folder / name, contents) is not None


def _list(path: Path, contents: str) -> bytes | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return data if sha256(data).hexdigest() == contents else None


def _is_large(folder: Path) -> bool:
    """Return True if a build has more than `WHOLE_BYTES`; no more of its files are looked at than needed."""
    sizes = accumulate(os.lstat(f"{folder}/{path}").st_size for path in _files(folder))
    return any(size > WHOLE_BYTES for size in sizes)


def _written(folder: Path) -> int:
    """Return when the manifest, the last file of a build, was written: nanoseconds; 0 without a manifest."""
    try:
        return (folder / MANIFEST).stat().st_mtime_ns
    except OSError:
        return 0


def _line(path: str, digest: str) -> str:
    written = path
    for sign, escape in _ESCAPES:
        written = written.replace(sign, escape)
    mark = "\\" if written != path else ""
    return f"{mark}{digest}  {written}\n"


def _entry(line: str) -> tuple[str, str]:
    digest, _, path = line.removeprefix("\\").partition("  ")
    if line.startswith("\\"):
        path = path.replace("\\\\", "\0").replace("\\n", "\n").replace("\\r", "\r").replace("\0", "\\")
    return path, digest
