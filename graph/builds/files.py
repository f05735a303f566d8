"""Files of builds: cloned by hard links, made durable, published by renames."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

IMMUTABLE = {".sst", ".gz", ".lance", ".manifest", ".txn", ".idx", ".arrow", ".parquet"}  #: never written again
SHARED = "kept"  #: nor is anything in this folder of a build: a build's copies of what people made


def clone_tree(source: Path, target: Path, *, without: Collection[str] = ()) -> None:
    """Copy a folder: files that are never written again by hard link, the others by content.

    `without` are paths of files and folders within it, with "/", that are left out.
    """
    for here, folders, names in walked(source):
        folders[:] = [name for name in folders if here + name not in without]
        os.makedirs(target / here, exist_ok=True)
        one, other, share = f"{source}/{here}", f"{target}/{here}", here.partition("/")[0] == SHARED
        for name in names:
            if name != "LOCK" and here + name not in without:
                _link_or_copy(one + name, other + name, share)


def walked(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each folder within a folder: its path with a "/" at the end ("" for itself), its folders and its files.

    A folder that is taken out of the list of folders is not gone into. Paths are texts: a build has tens of thousands.
    """
    start = len(f"{folder}/")
    for place, folders, names in os.walk(folder):
        here = place[start:].replace(os.sep, "/")
        yield (f"{here}/" if here else ""), folders, names


def link_or_copy(source: Path, target: Path) -> None:
    """Put a file in a second place: a hard link where its kind and the disk allow one, else a copy."""
    _link_or_copy(str(source), str(target), False)


def _link_or_copy(source: str, target: str, share: bool) -> None:
    if share or os.path.splitext(source)[1] in IMMUTABLE:
        try:
            os.link(source, target)
            return
        except FileExistsError:
            return
        except OSError:
            pass
    shutil.copy2(source, target)


def make_durable(folder: Path, *, deep: bool = True) -> None:
    """Wait until a folder, and with `deep` everything below it, is on disk.

    Files that are hard links to another build's are on disk already.
    """
    if not deep:
        return _sync(folder)
    for here, _, names in walked(folder):
        place = f"{folder}/{here}"
        for name in names:
            if os.stat(place + name).st_nlink == 1:
                _sync(Path(place + name))
        _sync(Path(place))


def write_pointer(path: Path, text: str) -> None:
    """Replace a small file atomically: a reader sees either the old text or the new."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, encoding="utf-8")
    _sync(draft)
    os.replace(draft, path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:  # some file systems cannot sync a folder
        if path.is_file():
            raise
    finally:
        os.close(descriptor)
