"""The form that fetches a published decision by its address, to be looked over like a file."""

from __future__ import annotations

import streamlit as st

from app import actions
from app.components import cards
from graph.errors import WhofundsError


def draw(done: str, patience: float) -> None:
    """Draw the form; what was not fetched is said when the page is drawn again.

    Args:
        done: Where the visit keeps what is said then.
        patience: Seconds after which a batch that is still read is shown as that.
    """
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
        with st.spinner("Fetching, at the pace that the site allows"):
            batch, notes = actions.fetch_files(address, linked=linked)
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
