"""Published records matched with the current build's sums, once per build and set of published files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.resources.build import Ground, ground
from app.resources.stated import every_flow, heads

if TYPE_CHECKING:
    from graph.published.matching import Matches

Held = tuple[tuple[str, int, int], ...]  #: name, time and size of each file


def published_held() -> Held:
    """Return name, time and size of each published file in the workspace.

    They change when a file is added or removed.
    """
    from ingest.published.files import PUBLISHED, RECORDS

    paths = sorted((ground().settings.workspace / PUBLISHED).glob(f"*{RECORDS}"))
    states = [(path.name.removesuffix(RECORDS), path.stat()) for path in paths]
    return tuple((name, state.st_mtime_ns, state.st_size) for name, state in states)


def published() -> Matches:
    """Return published grants, contracts and payments, each matched with the approved sum that it is about."""
    now = ground()
    return published_in(now.id, published_held(), now)


@st.cache_resource(show_spinner=False, max_entries=2)
def published_in(build_id: str, held: Held, _now: Ground) -> Matches:
    """Return the matches of a build, cached by the build's id and the published files."""
    from graph.published.matching import match_published
    from ingest.published.files import held_published

    if not held:
        return match_published((), (), {})
    records = [record for file in held_published(_now.settings) for record in file.records]
    return match_published(records, every_flow(), heads())
