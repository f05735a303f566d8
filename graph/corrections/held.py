"""The corrections in force in a workspace: those in its file, and those that only its last build still has.

A correction is taken back by an undo, never by deleting it. So a correction that the last build has and the file lacks
was lost: it stays in force, and people are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.builds import journal
from graph.builds.build import Build
from graph.builds.people import CORRECTIONS, kept_file
from graph.corrections.correction import Correction
from graph.corrections.file import HEADER, parse_corrections, text_of, with_corrections
from graph.errors import DamagedWorkspace, InvalidReference

ADVICE = "'whofunds repair' puts back what build {build} keeps"


@dataclass(frozen=True, slots=True)
class HeldCorrections:
    """The corrections in force, and what is wrong with the file, if anything."""

    corrections: tuple[Correction, ...] = ()
    text: str = HEADER  #: of a file that has them all
    fault: str = ""  #: why nothing can be added to the file before it is repaired; "" where it can
    messages: tuple[str, ...] = ()  #: what people should know; has the fault
    lacks: tuple[str, ...] = ()  #: ids of those that the file lacks


def held_corrections(workspace: Path, newest: Build | None) -> HeldCorrections:
    """Return the corrections in force in a workspace; `newest` is the build that was published last.

    It never raises: if the file is missing or damaged, the corrections of that build stay in force.
    """
    kept, kept_text = _kept(newest) if newest else ((), "")
    path = _file(workspace, newest)
    try:
        text: str | None = text_of(path)
        held = parse_corrections(text or "", path)
    except InvalidReference as error:
        return _lost(str(error), "damaged", kept, kept_text, newest)
    if text is None and not kept:
        return HeldCorrections()
    if text is None or (kept and not text.strip()):
        what = "missing" if text is None else "empty"
        return _lost(f"{workspace / CORRECTIONS}: {what}", what, kept, kept_text, newest)
    missing = [each for each in kept if each.id not in {other.id for other in held}]
    if not missing or newest is None:
        return HeldCorrections(held, text, messages=_changed(path, held, kept, newest))
    names = tuple(each.id for each in missing)
    said = (
        f"{path}: lacks {_listed(names)}, which build {newest.id} has: in force all the same; "
        f"{ADVICE.format(build=newest.id)}, 'whofunds correct --undo {names[0]}' takes one back"
    )
    return HeldCorrections((*held, *missing), with_corrections(text, missing, path), messages=(said,), lacks=names)


def _lost(
    said: str, what: str, kept: tuple[Correction, ...], kept_text: str, newest: Build | None
) -> HeldCorrections:
    if not kept or newest is None:
        stays = "none is applied until it is mended"
        return HeldCorrections(text="", fault=f"{said}; {stays}", messages=(f"{said}; {stays}",))
    number = f"{len(kept)} correction{'s' if len(kept) != 1 else ''}"
    stays = f"the {number} of build {newest.id} stay{'s' if len(kept) == 1 else ''} in force"
    line = f"{said}; {stays}; {ADVICE.format(build=newest.id)}"
    line += " and leaves the damaged file beside it" if what == "damaged" else ""
    return HeldCorrections(kept, kept_text, line, (line,), tuple(each.id for each in kept))


def _changed(
    path: Path, held: Sequence[Correction], kept: Sequence[Correction], newest: Build | None
) -> tuple[str, ...]:
    """Return a sentence on the corrections that the file states differently from the last build."""
    by_id = {each.id: each for each in held}
    other = [each.id for each in kept if by_id[each.id] != each]
    if not other or newest is None:
        return ()
    return (f"{path}: {_listed(other)} changed since build {newest.id}; the file counts",)


def _kept(build: Build) -> tuple[tuple[Correction, ...], str]:
    """Return the corrections of a build, and the text of a corrections file that has them all."""
    path = kept_file(build.path, CORRECTIONS)
    try:
        text = text_of(path)
        found = parse_corrections(text or "", path)
    except InvalidReference:
        text, found = None, ()
    try:
        made = build.corrections.corrections
    except DamagedWorkspace:
        made = found
    missing = [each for each in made if each.id not in {other.id for other in found}]
    return (*found, *missing), with_corrections(text or HEADER, missing, path)


def _file(workspace: Path, newest: Build | None) -> Path:
    """Return the corrections file; the build's copy of it while a publication has still to place that copy."""
    found = journal.pending(workspace)
    if newest is not None and found is not None and found.build == newest.id and CORRECTIONS in found.files:
        return kept_file(newest.path, CORRECTIONS)
    return workspace / CORRECTIONS


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown
