"""Carry the work of people into the next build: corrections, column roles, added files and labels."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from graph.builds.build import Build
from graph.builds.draft import Draft
from graph.builds.people import COLUMNS, CORRECTIONS, KEPT, LABELS, kept_file, names_in
from graph.builds.workspace import Workspace
from graph.corrections.held import HeldCorrections, held_corrections
from graph.errors import WhofundsError
from graph.settings import Settings
from ingest.columns.kept import Kept, parse_mappings, read_file


def keep_people(draft: Draft, settings: Settings) -> None:
    """Copy the files that people made from the workspace into a draft; a damaged file never replaces an intact copy."""
    workspace = settings.workspace
    held = held_corrections(workspace, draft.newest())
    if held.corrections and held.text:
        _keep(draft, CORRECTIONS, held.text.encode("utf-8"))
    base = draft.base()
    for name in names_in(workspace):
        file, kept = workspace / name, kept_file(draft.path, name)
        if name == CORRECTIONS or _is_copy(file, kept):
            continue
        if name == COLUMNS:
            if _is_readable(file):
                draft.keep_copy(name, file)
        elif not kept.exists() or name.startswith(LABELS) or _is_published(file, base):
            draft.keep_copy(name, file)


def columns_brought(draft: Draft, settings: Settings) -> Kept | None:
    """Return the column roles that come into force with this draft; None if the draft brings none of its own."""
    data = draft.brought(COLUMNS)
    return None if data is None else parse_mappings(data.decode("utf-8"), settings.workspace / COLUMNS)


def people_faults(settings: Settings) -> tuple[str, ...]:
    """Return a line for each file made by people that is missing or damaged, although a build has a copy."""
    build = newest_build(settings)
    held = held_corrections(settings.workspace, build)
    return (*held.messages, *(line for _, line in lost_files(settings, build)))


def corrections_in_force(draft: Draft, settings: Settings) -> tuple[HeldCorrections, tuple[str, ...]]:
    """Return the corrections that the next build applies, and messages on missing or damaged files of people."""
    held = held_corrections(settings.workspace, draft.newest())
    return held, (*held.messages, *(line for _, line in lost_files(settings, draft.newest())))


def lost_files(settings: Settings, build: Build | None) -> list[tuple[str, str]]:
    """Return (file name, message) of each file that a build keeps and the workspace lacks, except the corrections."""
    if build is None:
        return []
    found: list[tuple[str, str]] = []
    for name in names_in(build.path / KEPT):
        file, kept = settings.workspace / name, kept_file(build.path, name)
        if name == CORRECTIONS:
            continue
        what = _what_is_wrong(name, file, kept)
        if what:
            found.append((name, f"{file}: {what}; 'whofunds repair' puts back what build {build.id} keeps"))
    return found


def newest_build(settings: Settings) -> Build | None:
    """Return the latest published build that can be read; None if there is none."""
    return next(iter(Workspace(settings.workspace, settings=settings).builds()), None)


def _what_is_wrong(name: str, file: Path, kept: Path) -> str:
    if not file.is_file():
        return "missing"
    if name == COLUMNS:
        return "" if _is_readable(file) else "damaged"
    return "empty" if not file.stat().st_size and kept.stat().st_size else ""


def _keep(draft: Draft, name: str, data: bytes) -> None:
    kept = kept_file(draft.path, name)
    if not kept.is_file() or kept.read_bytes() != data:
        draft.keep(name, data)


def _is_copy(file: Path, kept: Path) -> bool:
    """Return True if a build's copy equals the file: the same size and time, or else the same content."""
    if not kept.is_file():
        return False
    one, other = file.stat(), kept.stat()
    if one.st_size != other.st_size:
        return False
    return one.st_mtime_ns == other.st_mtime_ns or file.read_bytes() == kept.read_bytes()


def _is_readable(file: Path) -> bool:
    try:
        return bool(read_file(file)) or not file.stat().st_size
    except WhofundsError:
        return False


def _is_published(file: Path, base: Build | None) -> bool:
    """Return True if the build lists a document of the file's name and content."""
    entry = base.manifest.entry(file.name) if base else None
    return entry is not None and sha256(file.read_bytes()).hexdigest() == entry.digest


