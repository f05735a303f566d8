"""Draw a batch at work: its progress, the result for each file, and a button that stops the reading."""

from __future__ import annotations

import streamlit as st

from app import actions
from app.components import cards, html
from app.people.here import may_see
from app.viewmodels.batch import progress_view
from ingest.batch import Batch, Stage

EVERY_SECONDS = 1.5


@st.fragment(run_every=EVERY_SECONDS)
def draw_progress(batch: Batch) -> None:
    """Draw the progress of the batch repeatedly, until the page has something else to show."""
    if batch.stage not in (Stage.READING, Stage.PUBLISHING) or not may_see(batch.owner):
        st.rerun()
    view = progress_view(batch)
    st.progress(view.share, view.words)
    if view.now:
        cards.note(view.now)  # the name of a file is no Markdown, which the words of the bar are
    cards.note(view.note)
    if batch.stage is Stage.READING:
        st.button("Stop reading, and keep what was read", on_click=actions.on_batch(batch, batch.stop), key="add:stop")
    if view.files:
        st.html(html.list_html((name, "", said) for name, said in view.files))
