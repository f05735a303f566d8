"""Draw published records on a decision's sums, and the form that adds files of such records."""

from __future__ import annotations

import streamlit as st

from app import actions, resources
from app.components import cards
from app.viewmodels import words
from app.viewmodels.published import published_view
from graph.errors import WhofundsError
from graph.settings import Settings
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow

DONE = "add:published"


def draw_published(head: DecisionHead, flows: tuple[StatedFlow, ...]) -> None:
    """Draw the published records on a decision's sums; nothing if there are none."""
    view = published_view(flows, resources.published())
    if view is None:
        return
    cards.heading("Published elsewhere")
    for line in view.lines:
        cards.note(line)
    cards.note("These are set beside the decision's sums and never added to them.")
    cards.table(view.table, label="Published grants, contracts and payments", key="published",
        file=f"{head.document}-published.csv",
    )  # fmt: skip


def draw_adding(settings: Settings) -> None:
    """Draw the form that adds published files, with the result of the last upload."""
    for heading, text, shade in st.session_state.pop(DONE, []):
        cards.card(heading, text, shade=shade)
    with st.expander("Add published grants, contracts or payments to set beside decisions"):
        cards.note(
            "360Giving as .json, .csv or .xlsx; Contracts Finder and Find a Tender as OCDS .json; spending over £500 "
            "as .csv or .xlsx. They are matched to approved sums by reference, parties and sums, shown on the page of "
            "the decision, and never added to its money."
        )
        with st.form("add:published-files", clear_on_submit=True):
            files = st.file_uploader(
                "Published data", accept_multiple_files=True, type=["json", "csv", "xlsx"],
                max_upload_size=settings.max_document_megabytes,
            )  # fmt: skip
            sent = st.form_submit_button("Set them beside decisions")
        if sent and files:
            try:
                read, faults = actions.add_published([(file.name, file.getvalue()) for file in files])
            except WhofundsError as error:
                st.session_state[DONE] = [("This could not be done", str(error), "wf-bad")]
            else:
                st.session_state[DONE] = [
                    *_said(read),
                    *(("This file was left out", each, "wf-bad") for each in faults),
                ]
            st.rerun()


def _said(read: dict[str, int]) -> list[tuple[str, str, str]]:
    if not read:
        return []
    held = resources.published()
    beside = sum(map(len, held.by_flow.values()))
    total = beside + len(held.open) + len(held.alone)
    again = f" {words.count(held.again, 'record')} more published again elsewhere." if held.again else ""
    text = (
        f"{words.count(sum(read.values()), 'record')} read from {words.listed(list(read), limit=5)}. Of {total:,} "
        f"held, {beside:,} stand beside approved sums, {len(held.open):,} could be of several, "
        f"{len(held.alone):,} fit none.{again}"
    )
    return [("Published data is set beside decisions", text, "wf-fine")]
