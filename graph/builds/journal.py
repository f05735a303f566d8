"""A journal of the publication under way, written first, so that a killed one can be finished or undone.

A build becomes current by one rename, of the pointer. Files that belong to it and lie outside its folder, such as the
file of corrections, are placed after that from the copies that the build keeps. So a publication has one moment at
which it is done: killed before it, it leaves nothing; killed after it, the next publication places the rest.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.builds.files import write_pointer
from graph.builds.people import content_digest, kept_file, place, put_aside

FILE = "publication.json"


@dataclass(frozen=True, slots=True)
class Pending:
    """A publication that was begun and is not finished."""

    build: str
    files: Mapping[str, str] = field(default_factory=dict)  #: of people -> digest of what was there; "" for nothing


def begin(workspace: Path, build: str, names: Iterable[str]) -> Pending:
    """Write down that a build is about to become current, and which files of people belong to it."""
    before = pending(workspace)  # what could not be placed yet; the build keeps it too
    files = {name: content_digest(workspace / name) for name in names}
    begun = Pending(build, {**(before.files if before else {}), **files})
    write_pointer(workspace / FILE, json.dumps({"build": begun.build, "files": dict(begun.files)}))
    return begun


def finish(workspace: Path, build: Path, begun: Pending) -> str:
    """Place the files of people that belong to the build which is now current, and remove the journal.

    A file that the build keeps no copy of is moved aside, as is one that somebody has changed meanwhile.

    Returns:
        "", or a sentence on the files that could not be placed; the next publication tries again.
    """
    failed: dict[str, str] = {}
    for name, before in begun.files.items():
        try:
            _place(kept_file(build, name), workspace / name, before, workspace)
        except OSError as error:
            failed[name] = error.strerror or str(error)
    if failed:
        listed = "; ".join(f"{workspace / name}: cannot be written ({why})" for name, why in failed.items())
        return f"{listed}; build {build.name} keeps what is to be there, and the next publication writes it"
    (workspace / FILE).unlink(missing_ok=True)
    return ""


def recover(workspace: Path, current: str | None, builds: Path) -> None:
    """Finish or undo a publication that was killed, if there is one; the caller holds the workspace's lock."""
    found = pending(workspace)
    if found is None:
        return
    if found.build == current:
        finish(workspace, builds / found.build, found)
        return
    shutil.rmtree(builds / found.build, ignore_errors=True)
    (workspace / FILE).unlink(missing_ok=True)


def pending(workspace: Path) -> Pending | None:
    """Return the unfinished publication, or None."""
    try:
        values = json.loads((workspace / FILE).read_text(encoding="utf-8"))
        build = str(values["build"])
        files = {str(name): str(digest) for name, digest in values["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return Pending(build, files) if build and Path(build).name == build else None


def _place(kept: Path, file: Path, before: str, workspace: Path) -> None:
    now = content_digest(file)
    wanted = content_digest(kept)
    if now == wanted:
        return
    if now and (now != before or not wanted):
        put_aside(file, workspace)
    if wanted:
        place(kept, file)
