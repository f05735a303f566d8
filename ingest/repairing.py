"""Repair a workspace: restore files made by people, make a damaged build again, and report what is lost."""

from __future__ import annotations

from dataclasses import dataclass

from graph.audit import Event, record
from graph.builds.build import Build
from graph.builds.draft import Draft
from graph.builds.files import write_pointer
from graph.builds.people import CORRECTIONS, KEPT, kept_file, place, put_aside
from graph.builds.workspace import Workspace
from graph.corrections.held import HeldCorrections, held_corrections
from graph.errors import DamagedWorkspace, MissingWorkspace
from graph.settings import Settings
from ingest.keeping import lost_files
from ingest.mending import mend
from ingest.publication import publish


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What a repair found damaged, restored, and could not restore."""

    build: str  #: id of the build that is current now
    published: bool  #: a new build was made
    found: tuple[str, ...] = ()  #: sentences on damaged or missing parts
    restored: tuple[str, ...] = ()  #: files of people that were put back, or would be
    lost: tuple[str, ...] = ()  #: sentences on parts that could not be restored
    messages: tuple[str, ...] = ()


def repair(settings: Settings, *, dry_run: bool = False, progress: bool = False) -> RepairReport:
    """Restore what can be restored in a workspace; with `dry_run`, only say what is damaged.

    Nothing is thrown away: a damaged file of people is put aside, and the build of before stays.

    Raises:
        DamagedWorkspace: No build can be read.
        MissingWorkspace: Nothing was ever published.
        WorkspaceBusy: Another process publishes in this workspace.
    """
    workspace = Workspace(settings.workspace, settings=settings)
    if not settings.workspace.is_dir():
        raise MissingWorkspace(f"{settings.workspace}: no workspace here; give --workspace DIR, or ingest first")
    with workspace.publishing() as draft:
        draft.is_thorough = True
        base = draft.base()
        if base is None:
            raise _without_a_build(workspace)
        held = held_corrections(settings.workspace, draft.newest())
        missing = lost_files(settings, draft.newest())
        found = [*held.messages, *(line for _, line in missing)]
        said = [] if base.manifest.contents else [f"build {base.id} is of before digests; a new one has them"]
        if dry_run:
            mended = mend(draft, (), settings)
            return RepairReport(base.id, False, (*found, *mended.messages), lost=mended.lost, messages=tuple(said))
        restored = _put_back(held, [name for name, _ in missing], settings, draft)
        if restored:
            record(settings, Event.REPAIR, restored=list(restored))
        if not draft.faults and not draft.pointer_fault and base.manifest.contents:
            return RepairReport(base.id, False, tuple(found), restored)
        lost = mend(draft, (), settings).lost
        damaged = [*([draft.pointer_fault] if draft.pointer_fault else []), *map(str, draft.faults)]
        draft.tell(settings, Event.REPAIR, base=base.id, damaged=damaged or said, lost=list(lost) or None)
        build, more = publish(draft, (), settings, progress, held.corrections)
    return RepairReport(build.id, True, tuple(found), restored, lost, (*said, *more))


def _put_back(held: HeldCorrections, missing: list[str], settings: Settings, draft: Draft) -> tuple[str, ...]:
    """Put files made by people back as the last build keeps them; return a message for each."""
    done: list[str] = []
    newest = draft.newest()
    file = settings.workspace / CORRECTIONS
    if held.lacks and held.text:
        if held.fault and file.exists() and (not file.is_file() or file.stat().st_size):
            done.append(f"{file}: put aside as {put_aside(file, settings.workspace)}, as it is damaged")
        write_pointer(file, held.text)
        done.append(f"{file}: has {', '.join(held.lacks[:5])}{' and more' if len(held.lacks) > 5 else ''} again")
    for name in missing if newest is not None else ():
        assert newest is not None
        target = settings.workspace / name
        if target.exists():
            done.append(f"{target}: put aside as {put_aside(target, settings.workspace)}, as it is damaged")
        place(kept_file(newest.path, name), target)
        done.append(f"{target}: put back")
    return tuple(done)


def _without_a_build(workspace: Workspace) -> Exception:
    builds: tuple[Build, ...] = workspace.all_builds()
    if not builds:
        return MissingWorkspace(f"{workspace.path}: nothing was published here; run 'whofunds ingest PATH'")
    kept = [build.path / KEPT for build in builds if (build.path / KEPT).is_dir()]
    people = f"; {kept[0]} has copies of what people made" if kept else ""
    return DamagedWorkspace(
        f"{workspace.path}: none of its {len(builds)} builds can be read; 'whofunds restore FILE' puts a backup back, "
        f"'whofunds ingest PATH' reads the documents again with the corrections that are there{people}"
    )


