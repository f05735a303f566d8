"""What people made in a workspace, kept in the next build as well: corrections, columns, added files, labels."""

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
    """Put copies of what people made into a draft that was begun; damaged files never take the place of whole ones."""
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
    """Return what people say of columns once the draft is published, where that is not what the workspace has now."""
    data = draft.brought(COLUMNS)
    return None if data is None else parse_mappings(data.decode("utf-8"), settings.workspace / COLUMNS)


def people_faults(settings: Settings) -> tuple[str, ...]:
    """Return a line for each file of people that is missing or damaged in the workspace, while a build keeps it."""
    build = newest_build(settings)
    held = held_corrections(settings.workspace, build)
    return (*held.messages, *(line for _, line in lost_files(settings, build)))


def corrections_in_force(draft: Draft, settings: Settings) -> tuple[HeldCorrections, tuple[str, ...]]:
    """Return the corrections that the next build applies, and what people should know of their files."""
    held = held_corrections(settings.workspace, draft.newest())
    return held, (*held.messages, *(line for _, line in lost_files(settings, draft.newest())))


def lost_files(settings: Settings, build: Build | None) -> list[tuple[str, str]]:
    """Return the files that a build keeps and the workspace lacks, with a line each; corrections apart."""
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
    """Return the build that was published last and can be read, or None."""
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
    """Return whether a build's copy is that of the file as it is: by size and time, and else by content."""
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
    """Return whether a file is what the build holds of its name, and not something that came there since."""
    entry = base.manifest.entry(file.name) if base else None
    return entry is not None and sha256(file.read_bytes()).hexdigest() == entry.digest


