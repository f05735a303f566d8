"""Finds the workspace if none is named: in the current folder, in a folder above it, or in the user's data folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "workspace"


def find_workspace(environment: Mapping[str, str]) -> Path:
    """Return the nearest workspace; if there is none yet, the relative path `workspace` in the current folder.

    It looks in the current folder, then in the folders above it, as git does, then in the user's data folder. A
    workspace of another user is passed over: otherwise anyone who may write in a folder above could supply a false one.
    """
    here = Path(NAME)
    if _is_workspace(here):
        return here
    try:
        above = [folder / NAME for folder in Path.cwd().parents]
    except OSError:  # the current folder is gone
        above = []
    for place in (*above, user_workspace(environment)):
        if _is_workspace(place):
            return place
    return here


def user_workspace(environment: Mapping[str, str]) -> Path:
    """Return the path of a user's own workspace, in the folder where their system keeps programs' data.

    On Linux that is $XDG_DATA_HOME, else ~/.local/share (XDG Base Directory Specification).
    """
    home = Path(os.path.expanduser("~"))
    if sys.platform == "win32":
        folder = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        given = environment.get("XDG_DATA_HOME", "").strip()
        folder = Path(given) if os.path.isabs(given) else home / ".local" / "share"
    return folder / "whofunds" / NAME


def _is_workspace(path: Path) -> bool:
    try:
        if not (path / "builds").is_dir():
            return False
        return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()
    except OSError:
        return False
