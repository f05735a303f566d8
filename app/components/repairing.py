"""Draw damage to the workspace, a button that repairs it, and the result of the repair."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import actions
from app.components import cards
from app.people.here import may
from app.people.roles import Role
from graph.errors import WhofundsError
from ingest.repairing import RepairReport

DONE = "repair:done"  #: in the session: what the last repair came to


def draw(heading: str, faults: Sequence[str], *, shade: str) -> None:
    """Draw the faults, with the repair button for publishers."""
    cards.card(heading, "\n".join(faults), shade=shade)
    if not may(Role.PUBLISHER):
        cards.note("A publisher can have it repaired: nothing is thrown away.")
    elif st.button("Repair", key="repair", help="Restores what builds keep, and throws nothing away"):
        try:
            with st.spinner("Repairing: this can take some minutes"):
                report = actions.repair_workspace()
        except WhofundsError as error:
            cards.failed("It could not be repaired", error)
            return
        st.session_state[DONE] = report
        st.rerun()


def draw_done() -> None:
    """Draw once what the last repair restored, and what it could not."""
    report: RepairReport | None = st.session_state.pop(DONE, None)
    if report is None:
        return
    if report.lost:
        cards.card("Not all could be repaired", "\n".join(report.lost), shade="wf-bad")
    made = ["A new build was made of what is whole."] if report.published else []
    cards.card("Repaired", "\n".join([*made, *report.restored]) or "Nothing was damaged any more.")
