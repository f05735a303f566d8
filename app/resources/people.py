"""Check the files that people made in the workspace: missing or damaged ones that a build has a copy of."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.resources.build import settings
from graph.builds.people import CORRECTIONS, names_in
from graph.settings import Settings
from ingest.keeping import people_faults


def lost_work() -> tuple[str, ...]:
    """Return a line for each missing or damaged file made by people; checked again when one of the files changes."""
    chosen = settings()
    names = dict.fromkeys([CORRECTIONS, "current", *names_in(chosen.workspace)])
    state = tuple((name, *_signature(chosen.workspace / name)) for name in names)
    return _lost(str(chosen.workspace.resolve()), state, chosen)


@st.cache_data(show_spinner=False, max_entries=2)
def _lost(workspace: str, state: tuple[tuple[str, int, int], ...], _settings: Settings) -> tuple[str, ...]:
    return people_faults(_settings)


def _signature(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns
