"""The format of a workspace: which one it has, and the steps that lead from an older one to ours.

Format 1 had no file that says so. Its builds have no digests and keep no copies of what people made; they are read as
before, and the first publication makes one that has both.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from graph.builds.files import write_pointer
from graph.errors import DamagedWorkspace

FILE = "workspace.json"
FORMAT = 2


def check_format(workspace: Path) -> int:
    """Return the format of a workspace.

    Raises:
        DamagedWorkspace: It is newer than ours.
    """
    found = _read(workspace)
    if found > FORMAT:
        raise DamagedWorkspace(
            f"{workspace}: made by a newer whofunds (format {found}, this one knows {FORMAT}); update whofunds"
        )
    return found


def upgrade(workspace: Path) -> None:
    """Bring a workspace to our format, step by step; the caller holds its lock.

    A step can be done again, since the format is written after the last.
    """
    found = check_format(workspace)
    if found == FORMAT and (workspace / FILE).is_file():
        return
    for step in range(found, FORMAT):
        _STEPS[step](workspace)
    write_pointer(workspace / FILE, json.dumps({"format": FORMAT}) + "\n")


def _to_2(workspace: Path) -> None:
    """Nothing moves: a build of format 1 is complete as it is, and the next one has what it lacks."""


_STEPS: Mapping[int, Callable[[Path], None]] = {1: _to_2}


def _read(workspace: Path) -> int:
    """Return the format that a workspace says it has; a file that cannot be read says nothing, so ours is tried."""
    try:
        values = json.loads((workspace / FILE).read_text(encoding="utf-8"))
        return int(values["format"])
    except FileNotFoundError:
        return 1
    except (OSError, ValueError, TypeError, KeyError):
        return FORMAT
