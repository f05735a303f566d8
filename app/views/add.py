"""The page Add documents: read files, review and correct them, publish them as a new build, or drop them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app import actions, adding, resources
from app.components import by_address, cards, going_back, intake_review, published
from app.components.batch_progress import draw_progress
from app.components.column_mapping import draw_columns
from app.people.here import may
from app.people.roles import Role
from app.viewmodels import words
from app.viewmodels.batch import published_view
from app.viewmodels.sending import sending_sentences
from graph.errors import WhofundsError
from graph.settings import Settings
from ingest.batch import Batch, Stage
from ingest.review import Review, by_stake, queue

DONE = "add:done"
FORMS = "PDF, Word (.docx), web page (.html), spreadsheet (.xlsx, .csv), text (.md, .txt) or contract notice (.json)"
PATIENCE_SECONDS = 1.5  #: a batch that is read by then is shown at once


def main() -> None:
    """Draw the page."""
    cards.title("Add documents")
    settings = resources.settings()
    if settings.read_only:
        cards.card("Nothing can be added here", "This app was set to be read only. Whoever runs it can add documents.")
        return
    if not may(Role.EDITOR):
        cards.card("Your role does not add documents", "Editors prepare documents; your role is to read.")
        return
    for heading, text in st.session_state.pop(DONE, []):
        cards.card(heading, text, shade="wf-fine")
    batch = adding.current()
    if batch is None:
        cards.lead(
            "Files are read first, and nothing is published. You see what was found, set it right, and publish it "
            "or leave it out."
        )
        _upload(settings)
        by_address.draw(DONE, PATIENCE_SECONDS)
        if may(Role.PUBLISHER):
            published.draw_adding(settings)
    elif batch.stage in (Stage.READING, Stage.PUBLISHING):
        draw_progress(batch)
        return
    elif batch.stage is Stage.PUBLISHED:
        view = published_view(batch)
        cards.card(view.heading, view.text, shade="wf-fine", links=view.links)
        st.button("Add more documents", type="primary", on_click=actions.on_batch(batch, adding.drop), args=(batch,))
    else:
        _review(batch, settings)
    going_back.draw(settings, DONE)


def _upload(settings: Settings) -> None:
    cards.note(" ".join(sending_sentences(settings)))
    with st.form("add:files", clear_on_submit=True):
        files = st.file_uploader(
            f"Decisions as {FORMS}", accept_multiple_files=True, max_upload_size=settings.max_document_megabytes
        )
        sent = st.form_submit_button("Read them", type="primary")
    if not sent:
        return
    if not files:
        cards.card("No file is chosen", "Choose one or more files, then read them.", shade="wf-warning")
        return
    batch = actions.read_files([(file.name, file.getvalue()) for file in files])
    batch.wait(PATIENCE_SECONDS)
    st.rerun()


def _review(batch: Batch, settings: Settings) -> None:
    review = batch.review
    good = by_stake(pending for pending in batch.found if pending.record is not None)
    intake_review.draw_outcome(batch)
    if good:
        intake_review.draw_order()
        _name(review)
    for number, pending in enumerate(good):
        intake_review.draw_document(
            pending, review, settings, is_open=number < intake_review.OPEN,
            draw_columns=partial(draw_columns, pending, batch, settings),
        )  # fmt: skip
    for pending in batch.found:
        if pending.record is None:  # a spreadsheet may need no more than to be told which column is which
            draw_columns(pending, batch, settings)
    intake_review.draw_new_names(queue(review.accepted(batch.found)), review)
    accepted = review.accepted(batch.found)
    if batch.fault:
        cards.failed("This could not be published", batch.fault)
    publish, drop = st.columns(2)
    if good and not may(Role.PUBLISHER):
        publish.caption("A publisher publishes them: send the address of this page to one.")
    elif good and publish.button(
        f"Publish {words.count(len(accepted), 'document')}", type="primary", disabled=not accepted, key="add:publish"
    ):
        _publish(batch)
    drop.button(
        "Leave all out" if good else "Choose other files", on_click=actions.on_batch(batch, adding.drop), args=(batch,),
        key="add:drop-all",
    )  # fmt: skip


def _name(review: Review) -> None:
    """Draw the box for the reviewer's name; a name given earlier in this visit is filled in.

    If people sign in there is no box: their own names are recorded.
    """
    if actions.name_of_person():
        cards.note(f"What is changed here is kept with: {review.who}")
        return
    review.who = st.session_state["add:who"] = review.who or st.session_state.get("add:who", "")

    def say() -> None:
        review.who = st.session_state["add:who"]

    st.text_input(
        "Your name, kept with what you change", key="add:who", on_change=say, max_chars=100, persist_state="session"
    )


def _publish(batch: Batch) -> None:
    try:
        actions.publish(batch)
    except WhofundsError as error:
        cards.failed("This cannot be published yet", error)
        return
    batch.wait(PATIENCE_SECONDS)
    st.rerun()


main()
