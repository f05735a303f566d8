"""Puts an archive back into a workspace: first compared, then published like any other build.

A restore makes a build out of the archive's build and places the files of people with it, in one publication: killed
at any moment, it leaves the workspace either as it was or as the archive has it. The earlier build stays. Work of
people that the archive lacks is replaced only on request.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.audit import FILE as AUDIT_LOG
from graph.audit import Event, login_name
from graph.backups.archive import BUILD, WORKSPACE, Contents, DamagedBackup, read_contents, unpack
from graph.builds.build import Build
from graph.builds.draft import Draft
from graph.builds.format import FILE as FORMAT_FILE
from graph.builds.manifest import FORMAT
from graph.builds.people import ASIDE, COLUMNS, CORRECTIONS, content_digest, names_in, place
from graph.builds.workspace import Workspace
from graph.corrections.held import held_corrections
from graph.errors import DamagedWorkspace, WhofundsError
from graph.settings import Settings

SHOWN = 4  #: things that a message names


class RestoreRefused(WhofundsError):
    """The workspace holds work of people that the archive lacks."""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored."""

    build: str  #: id of the build that is current now
    published: bool  #: False where the workspace held all of it already, or nothing was to be changed
    made: str  #: when the backup was made
    documents: int
    files: int  #: that were compared
    messages: tuple[str, ...] = ()


def restore(file: Path, settings: Settings, *, overwrite: bool = False, dry_run: bool = False) -> RestoreReport:
    """Put a backup back into the workspace of `settings`.

    Args:
        file: The archive.
        settings: The workspace, and who does it.
        overwrite: Also replace work of people that the archive lacks.
        dry_run: Only compare; change nothing.

    Raises:
        DamagedBackup: The archive is not as it was written; nothing is changed.
        RestoreRefused: The workspace has work that the archive lacks; the message names it.
        WorkspaceBusy: Another process publishes in this workspace.
    """
    contents = read_contents(file)
    if dry_run and not settings.workspace.exists():  # what is compared has to be unpacked somewhere
        with TemporaryDirectory(prefix="whofunds-") as folder:
            return restore(file, replace(settings, workspace=Path(folder)), dry_run=True)
    workspace = Workspace(settings.workspace, settings=settings)
    with workspace.publishing() as draft:
        people = draft.path.parent / "people"
        unpack(file, contents, BUILD, draft.path)
        unpack(file, contents, WORKSPACE, people)
        packed = _packed_build(file, draft, settings)
        documents = len(packed.manifest.documents)
        current = draft.base()
        newer = _newer_work(packed, people, settings, draft)
        if newer and not overwrite:
            raise RestoreRefused(
                f"{settings.workspace}: has what {file.name} lacks: {'; '.join(_in_words(newer))}. Back it up first "
                "('whofunds backup'), then restore with --replace: what it has now stays as the build before"
            )
        if dry_run or _is_there(packed, people, current, settings.workspace):
            identity = current.id if current else ""
            return RestoreReport(identity, False, contents.made, documents, len(contents.files), _in_words(newer))
        messages = _bring_people(people, draft, settings.workspace)
        shutil.rmtree(draft.path / "copies", ignore_errors=True)
        base = current.id if current else ""
        who = settings.who or login_name()
        manifest = replace(packed.manifest, id=draft.id, base=base, format=FORMAT, who=who)
        draft.tell(
            settings, Event.RESTORE, archive=str(file.absolute()), made=contents.made, archived=contents.build,
            **{f"removed_{kind.replace(' ', '_')}": names for kind, names in newer.items()},
        )  # fmt: skip
        build = draft.publish(manifest)
        messages += [*draft.said, *_place_others(people, contents, settings.workspace)]
    return RestoreReport(build.id, True, contents.made, documents, len(contents.files), tuple(messages))


def _packed_build(file: Path, draft: Draft, settings: Settings) -> Build:
    build = Build(draft.path, settings)
    try:
        faults = build.faults()
    except DamagedWorkspace as error:
        raise DamagedBackup(f"{file}: its build cannot be read; nothing was changed; use another backup") from error
    if faults:
        raise DamagedBackup(f"{file}: its build was damaged already ({faults[0]}); nothing was changed")
    return build


def _newer_work(packed: Build, people: Path, settings: Settings, draft: Draft) -> dict[str, list[str]]:
    """Return what the workspace has and the archive lacks: names by sort, such as "corrections" or "documents"."""
    workspace = settings.workspace
    had = held_corrections(people, packed).corrections
    now = held_corrections(workspace, draft.newest())
    base = draft.base()
    held = {(entry.name, entry.digest) for entry in packed.manifest.documents}
    entries = base.manifest.documents if base else ()
    found = {
        "corrections": [each.id for each in now.corrections if each not in had],
        "unreadable files": [CORRECTIONS] if now.fault and not now.corrections else [],
        "files": [
            name for name in names_in(workspace)
            if name != CORRECTIONS and content_digest(workspace / name) != content_digest(people / name)
        ],
        "documents": [entry.name for entry in entries if (entry.name, entry.digest) not in held],
    }  # fmt: skip
    return {kind: names for kind, names in found.items() if names}


def _in_words(newer: Mapping[str, list[str]]) -> tuple[str, ...]:
    return tuple(f"{kind} {_listed(names)}" for kind, names in newer.items())


def _is_there(packed: Build, people: Path, current: Build | None, workspace: Path) -> bool:
    """Return True if the workspace already holds everything in an archive, undamaged."""
    if current is None or not packed.digests:
        return False
    try:
        is_same = current.digests == packed.digests and not current.faults()
    except DamagedWorkspace:
        return False
    names = {*names_in(people), CORRECTIONS, COLUMNS}
    return is_same and all(content_digest(people / name) == content_digest(workspace / name) for name in names)


def _bring_people(people: Path, draft: Draft, workspace: Path) -> list[str]:
    """Hand the files of people to the draft, which places them when it is published.

    A replaced file is copied aside.
    """
    messages = []
    for name in dict.fromkeys([CORRECTIONS, COLUMNS, *names_in(people)]):
        packed, file = people / name, workspace / name
        digest = content_digest(file)
        if digest and digest != content_digest(packed):
            aside = workspace / ASIDE / f"{file.stem}-{digest[:12]}{file.suffix}"
            place(file, aside)
            messages.append(f"{file}: replaced; what was there is {aside} now")
        if digest or packed.is_file():
            draft.bring(name, packed.read_bytes() if packed.is_file() else None)
    return messages


def _place_others(people: Path, contents: Contents, workspace: Path) -> list[str]:
    """Place the other files of the archive, such as the answers of a second reader, where no file exists yet."""
    messages = []
    mine = set(names_in(people))
    for packed in contents.files:
        name = packed.removeprefix(f"{WORKSPACE}/")
        if not packed.startswith(f"{WORKSPACE}/") or name in mine or name == FORMAT_FILE:
            continue
        if not (workspace / name).exists():
            place(people / name, workspace / name)
        elif name != AUDIT_LOG and content_digest(workspace / name) != content_digest(people / name):
            messages.append(f"{workspace / name}: left as it is; the backup has another")
    return messages


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown
