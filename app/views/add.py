"""Add documents: read, looked over, corrected, published as a new build, or taken back."""

from __future__ import annotations

import streamlit as st

from app import resources
from app.components import cards, html, intake_review
from app.links import decision_link
from app.viewmodels import intake, words
from app.viewmodels.intake import pending_view
from graph.builds.workspace import Workspace
from graph.corrections.correction import Correction
from graph.errors import WhofundsError
from graph.settings import Settings
from ingest.correction_sets import resolved_set
from ingest.intake import Pending, publish_accepted, read_for_review

PENDING, DRAFTS, DONE = "add:pending", "add:drafts", "add:done"
KINDS = ["pdf", "docx", "html", "htm", "md", "txt"]


def main() -> None:
    """Draw the page."""
    cards.title("Add documents")
    settings = resources.settings()
    if settings.read_only:
        cards.card("Nothing can be added here", "This app was set to be read only. Whoever runs it can add documents.")
        return
    cards.lead("Documents are read first. You see what was found, set it right, and publish it or leave it out.")
    for heading, text, links in st.session_state.pop(DONE, []):
        cards.card(heading, text, shade="wf-fine", links=links)
    _upload(settings)
    waiting: list[Pending] = st.session_state.get(PENDING, [])
    if waiting:
        _review(waiting, settings)
    _go_back(settings)


def _upload(settings: Settings) -> None:
    with st.form("add:files", clear_on_submit=True):
        files = st.file_uploader("Decisions as PDF, Word, HTML or text", KINDS, accept_multiple_files=True)
        sent = st.form_submit_button("Read them", type="primary")
    if not sent:
        return
    if not files:
        cards.card("No file is chosen", "Choose one or more files, then read them.", shade="wf-warning")
        return
    given = [(file.name, file.getvalue()) for file in files]
    found: list[Pending] = []
    with st.status(f"Reading {words.count(len(given), 'document')}", expanded=True):
        bar = st.progress(0.0)
        for number, pending in enumerate(read_for_review(given, settings), 1):
            found.append(pending)
            bar.progress(number / len(given), f"{number} of {len(given)}")
            st.html(f'<p class="wf">{html.esc(pending.fault or pending.name + ": read")}</p>')
    good = words.count(sum(not pending.fault for pending in found), "document")
    st.session_state[PENDING], st.session_state[DRAFTS] = found, []
    st.session_state[DONE] = [(f"{good} read", "Nothing is published yet. Look it over below.", [])]
    st.rerun()


def _review(waiting: list[Pending], settings: Settings) -> None:
    drafts: list[Correction] = st.session_state.setdefault(DRAFTS, [])
    cards.heading("Look it over")
    who = st.text_input("Your name, kept with your corrections", key="add:who", max_chars=100)
    accepted: list[Pending] = []
    merges: list[Correction] = []
    for pending in waiting:
        record = pending.record
        if record is None:
            cards.card(f"{pending.name} cannot be added", pending.fault, shade="wf-bad")
            continue
        known = resolved_set([each for each in drafts if _is_of(each, pending)], [record], settings)
        view = pending_view(pending, record, known)
        with st.container(border=True, key=f"add:document:{pending.name}"):
            intake_review.found(pending, view)
            correction = intake_review.correction_form(record, view.choices, who)
            if correction is not None:
                drafts.append(correction)
                st.rerun()
            merges += intake_review.new_names(pending, who)
            if st.checkbox("Publish this document", value=True, key=f"add:accept:{pending.name}"):
                accepted.append(pending)
    intake_review.drafted(drafts)
    publish, drop = st.columns(2)
    if publish.button(f"Publish {words.count(len(accepted), 'document')}", type="primary", disabled=not accepted):
        _publish(accepted, intake.all_corrections(drafts, merges, {each.name for each in accepted}), settings)
    drop.button("Leave all out", on_click=lambda: st.session_state.pop(PENDING, None))


def _is_of(correction: Correction, pending: Pending) -> bool:
    return correction.flow is not None and correction.flow.document == pending.name


def _publish(accepted: list[Pending], corrections: tuple[Correction, ...], settings: Settings) -> None:
    try:
        with st.spinner("Publishing"):
            report = publish_accepted(accepted, corrections, settings)
    except WhofundsError as error:
        cards.failed("This could not be published", error)
        return
    links = [(decision_link(each.name), each.name) for each in accepted]
    st.session_state[DONE] = [("Published", "\n".join([report.summary(), *report.messages]), links)]
    st.session_state.pop(PENDING, None)
    st.rerun()


def _go_back(settings: Settings) -> None:
    workspace = Workspace(settings.workspace, settings=settings)
    cards.heading("Go back")
    now = resources.ground().build
    cards.note(f"The current build was published on {words.date(now.created[:10])} at {now.created[11:16]} (UTC).")
    if st.button("Go back to the build before", disabled=len(workspace.builds()) < 2):
        try:
            build = workspace.rollback()
        except WhofundsError as error:
            cards.failed("There is no way back", error)
            return
        st.session_state[DONE] = [("Gone back", f"The build of {build.created[:16].replace('T', ' ')} is current.", [])]
        st.rerun()


main()
