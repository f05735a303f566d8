"""The files of a workspace that people made, such as corrections, and the copies that each build keeps of them.

A build's copies lie in its folder `kept`, under the same names as in the workspace. They are never written again, so
that builds can share them by hard links.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from tempfile import mkdtemp

from graph.builds.files import make_durable

KEPT = "kept"
CORRECTIONS = "corrections.yaml"  #: what was read wrongly
COLUMNS = "columns.yaml"  #: what the columns of spreadsheets hold
ADDED = "added"  #: folder of the files that were published in the app
LABELS = "labels"  #: folder of labels made from corrections
ASIDE = "aside"  #: folder of the workspace for what was damaged or replaced, so that nothing is thrown away


def kept_file(build: Path, name: str) -> Path:
    """Return the path of a build's copy of a file of people; it may not exist."""
    return build / KEPT / name


def kept_copy(workspace: Path, name: str) -> Path:
    """Return the path of the current build's copy of a file of people; it may not exist."""
    try:
        current = (workspace / "current").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        current = ""
    return kept_file(workspace / "builds" / (Path(current).name or "none"), name)


def names_in(folder: Path) -> Iterator[str]:
    """Yield the names of the files of people that exist in a workspace, or in the folder `kept` of a build."""
    for name in (CORRECTIONS, COLUMNS):
        if (folder / name).is_file():
            yield name
    for part in (ADDED, LABELS):
        if (folder / part).is_dir():
            for path in sorted((folder / part).iterdir()):
                if path.is_file() and not path.is_symlink() and path.name != ".new":
                    yield f"{part}/{path.name}"


def place(source: Path, target: Path) -> None:
    """Copy a file to another place atomically and durably: a reader sees either the old file or the new."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.parent / ".new"
    try:
        shutil.copy2(source, draft)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    make_durable(target.parent, deep=False)


def content_digest(file: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; "" if there is no file."""
    if not file.is_file():
        return ""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def put_aside(file: Path, workspace: Path) -> Path:
    """Move a file of the workspace into its folder `aside`, and return its new path; equal contents share one path.

    A folder, or anything else in the place of a file, is moved as it is.
    """
    if not file.is_file():
        (workspace / ASIDE).mkdir(exist_ok=True)
        moved = Path(mkdtemp(prefix=f"{file.stem}-", dir=workspace / ASIDE)) / file.name
        os.replace(file, moved)
        return moved
    target = workspace / ASIDE / f"{file.stem}-{content_digest(file)[:12]}{file.suffix}"
    if not target.exists():
        place(file, target)
    file.unlink()
    return target
