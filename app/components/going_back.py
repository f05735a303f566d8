"""The control for going back to the build before, with the build that is shown now."""

from __future__ import annotations

import streamlit as st

from app import actions, adding
from app.components import cards
from app.people.here import may
from app.people.roles import Role
from app.viewmodels import words
from graph.builds.workspace import Workspace
from graph.errors import MissingWorkspace, WhofundsError
from graph.settings import Settings
from ingest.batch import Stage


def draw(settings: Settings, done: str) -> None:
    """Draw the control; after going back, `done` in the session state holds a message for the next page."""
    workspace = Workspace(settings.workspace, settings=settings)
    try:
        now = workspace.current()
    except MissingWorkspace:
        return
    cards.heading("Go back")
    cards.note(f"What is shown now was published on {words.moment(now.created)} (UTC).")
    earlier = len(workspace.builds()) > 1
    if not earlier:
        cards.note("There is no earlier build to go back to.")
    if not may(Role.PUBLISHER):
        cards.note("A publisher can go back to the build before.")
    elif st.button("Go back to the build before", disabled=not earlier):
        passed_over: list[str] = []
        try:
            build = actions.roll_back(passed_over)
        except WhofundsError as error:
            cards.failed("There is no way back", error)
            return
        batch = adding.current()
        if batch is not None and batch.stage is Stage.PUBLISHED:
            actions.on_batch(batch, adding.drop)(batch)
        when = words.moment(build.created)
        said = "\n".join([f"What was published on {when} (UTC) is shown again.", *passed_over])
        st.session_state[done] = [("Gone back", said)]
        st.rerun()
