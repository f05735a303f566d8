"""The form that fetches a published decision by its web address for review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import actions
from app.components import cards
from app.components.batch_progress import EVERY_SECONDS
from app.viewmodels import words
from graph.errors import WhofundsError

if TYPE_CHECKING:
    from ingest.fetch.for_review import Fetching

FETCHING = "add:fetching"  #: in the session: a fetch at work


def draw(done: str, patience: float) -> None:
    """Draw the form, or the progress of a fetch; messages are shown when the page is drawn again.

    Args:
        done: Session state key for messages to show at the next drawing.
        patience: Seconds to wait for a fetch or a reading before its progress is drawn.
    """
    fetching: Fetching | None = st.session_state.get(FETCHING)
    if fetching is None:
        _draw_form(patience)
    elif fetching.wait():
        del st.session_state[FETCHING]
        _read(fetching, done, patience)
        _draw_form(patience)
    else:
        _draw_progress(fetching)


def _draw_form(patience: float) -> None:
    with st.form("add:address", clear_on_submit=False):
        address = st.text_input(
            "Or the web address of a published decision", key="add:address-given", max_chars=2000,
            placeholder="https://",
            help="It is fetched as whofunds fetch does: robots.txt is kept, private networks are not entered, and of a "
            "register the first ten decisions come.",
        )  # fmt: skip
        linked = st.checkbox("Also the PDF and Word files that the page links to", key="add:address-linked")
        sent = st.form_submit_button("Fetch and read it")
    if not sent:
        return
    try:
        fetching = st.session_state[FETCHING] = actions.begin_fetch(address, linked=linked)
    except WhofundsError as error:
        cards.failed("This could not be fetched", error)
        return
    fetching.wait(patience)
    st.rerun()


@st.fragment(run_every=EVERY_SECONDS)
def _draw_progress(fetching: Fetching) -> None:
    """Draw repeatedly what has been fetched so far; the rest of the app stays usable."""
    if fetching.wait():
        st.rerun()
    cards.card("Fetching, at the pace that the site allows", fetching.address)
    cards.note(f"{words.count(len(fetching.files), 'file')} so far. Other pages can be opened meanwhile.")
    st.button("Do not wait for it", on_click=lambda: st.session_state.pop(FETCHING, None), key="add:address-stop")


def _read(fetching: Fetching, done: str, patience: float) -> None:
    """Start to read the fetched files and draw the page again; draw a message if nothing was fetched."""
    try:
        batch, notes = actions.read_fetched(fetching)
    except WhofundsError as error:
        cards.failed("This could not be fetched", error)
        return
    if batch is None:
        said = " ".join(notes) or "Nothing that can be read was found at this address."
        cards.card("Nothing was fetched", said, shade="wf-warning")
        return
    if notes:
        st.session_state[done] = [("Not all was fetched", " ".join(notes))]
    batch.wait(patience)
    st.rerun()
