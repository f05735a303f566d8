"""The format of a workspace, and the steps that lead from an older format to the current one.

Format 1 has no file that names the format. Its builds have no digests and keep no copies of what people made; they can
still be read, and the first publication makes a build that has both.
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
    """Return the format of a workspace, a whole number.

    Raises:
        DamagedWorkspace: It is newer than this version knows.
    """
    found = _read(workspace)
    if found > FORMAT:
        raise DamagedWorkspace(
            f"{workspace}: made by a newer whofunds (format {found}, this one knows {FORMAT}); update whofunds"
        )
    return found


def upgrade(workspace: Path) -> None:
    """Bring a workspace to the current format, step by step; the caller holds its lock.

    A step can be repeated, since the format is written only after the last step.
    """
    found = check_format(workspace)
    if found == FORMAT and (workspace / FILE).is_file():
        return
    for step in range(found, FORMAT):
        _STEPS[step](workspace)
    write_pointer(workspace / FILE, json.dumps({"format": FORMAT}) + "\n")


def _to_2(workspace: Path) -> None:
    """Change nothing: a build of format 1 is complete as it is, and the next build has what it lacks."""


_STEPS: Mapping[int, Callable[[Path], None]] = {1: _to_2}


def _read(workspace: Path) -> int:
    """Return the format that a workspace names; if its file cannot be read, the current format."""
    try:
        values = json.loads((workspace / FILE).read_text(encoding="utf-8"))
        return int(values["format"])
    except FileNotFoundError:
        return 1
    except (OSError, ValueError, TypeError, KeyError):
        return FORMAT
