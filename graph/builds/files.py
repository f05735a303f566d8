"""Files of builds: cloned by hard links, made durable, published by renames."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

IMMUTABLE = {".sst", ".gz", ".lance", ".manifest", ".txn", ".idx", ".arrow", ".parquet"}  #: never written again
SHARED = "kept"  #: nor is anything in this folder of a build: a build's copies of what people made


def clone_tree(source: Path, target: Path, *, without: Collection[str] = ()) -> None:
    """Copy a folder: files that are never written again by hard link, the others by content.

    `without` are paths of files and folders within it, with "/", that are left out.
    """
    for folder, inner, names in os.walk(source):
        here = Path(folder).relative_to(source)
        inner[:] = [name for name in inner if (here / name).as_posix() not in without]
        place = target / here
        place.mkdir(parents=True, exist_ok=True)
        for name in names:
            if name != "LOCK" and (here / name).as_posix() not in without:
                link_or_copy(Path(folder) / name, place / name, share=here.parts[:1] == (SHARED,))


def link_or_copy(source: Path, target: Path, *, share: bool = False) -> None:
    """Put a file in a second place: a hard link where its kind (or `share`) and the disk allow one, else a copy."""
    if share or source.suffix in IMMUTABLE:
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
    for place, _, names in os.walk(folder):
        for name in names:
            if (Path(place) / name).stat().st_nlink == 1:
                _sync(Path(place) / name)
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
