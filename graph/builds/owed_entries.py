"""The audit entries that a publication or roll-back owes: written down before the deed, added to the log after it.

If a process is killed between the two, whoever holds the workspace next adds the entries.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.audit import add, holds
from graph.builds.files import write_pointer
from graph.settings import Settings

FILE = "audit-entries.json"
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Owed:
    """Audit entries that may still have to be added."""

    build: str  #: whose becoming current the entries tell; while another is current, it did not happen
    entries: tuple[Entry, ...] = ()
    earlier: tuple[Entry, ...] = ()  #: of what was done before, and could not be added then


def owe(workspace: Path, build: str, entries: Sequence[Entry]) -> Owed:
    """Write down the audit entries that are due once a build is current."""
    before = _read(workspace)  # whoever holds the workspace has added what it could: this is what it could not
    owed = Owed(build, tuple(entries), before.earlier if before else ())
    _write(workspace, owed)
    return owed


def pay(workspace: Path, owed: Owed, settings: Settings, *, once: bool = False) -> None:
    """Add the owed entries to the audit log; those that cannot be written stay owed.

    With `once`, entries that the log holds already are skipped.
    """
    every = (*owed.earlier, *owed.entries)
    left = tuple(each for each in every if not (once and holds(settings, each)) and not add(settings, each))
    if left:
        _write(workspace, Owed(owed.build, (), left))
    else:
        (workspace / FILE).unlink(missing_ok=True)


def recover(workspace: Path, current: str | None, settings: Settings) -> None:
    """Add the entries that a killed process owes, if its build became current; the caller holds the lock."""
    owed = _read(workspace)
    if owed is not None:
        done = owed.entries if owed.build == current else ()
        pay(workspace, Owed(owed.build, done, owed.earlier), settings, once=True)


def _write(workspace: Path, owed: Owed) -> None:
    values = {"build": owed.build, "entries": [*map(dict, owed.entries)], "earlier": [*map(dict, owed.earlier)]}
    write_pointer(workspace / FILE, json.dumps(values, ensure_ascii=False, default=str))


def _read(workspace: Path) -> Owed | None:
    """Return the owed entries; None if there is no file, or if its content is not ours."""
    try:
        values = json.loads((workspace / FILE).read_text(encoding="utf-8"))
        entries, earlier = (tuple(dict(each) for each in values[name]) for name in ("entries", "earlier"))
        return Owed(str(values["build"]), entries, earlier)
    except (OSError, ValueError, TypeError, KeyError):
        return None
