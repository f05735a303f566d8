"""The page Corrections: what people corrected, who, when and why; make or undo corrections."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app import actions, resources
from app.components import cards, intake_review
from app.components.url_state import choose, given
from app.people.here import may
from app.people.roles import Role
from app.viewmodels import words
from app.viewmodels.corrections import corrections_table, said_shortly
from app.viewmodels.intake import choices_of
from graph.corrections.corrected import State
from graph.corrections.correction import Correction
from graph.errors import WhofundsError
from graph.model import EntityKind, Funding, Record
from ingest.correcting import merger, outcomes_of, undoing
from ingest.stakes import key_in_record

PAGE, DONE = "corrections", "corrections:done"


def main() -> None:
    """Draw the page."""
    cards.title("Corrections")
    cards.lead(
        "What people set right in what was read. It wins over what was read, and the quotations stay as they are."
    )
    for heading, text in st.session_state.pop(DONE, []):
        cards.card(heading, text, shade="wf-fine")
    settings = resources.settings()
    try:
        found = outcomes_of(resources.ground().build, settings)
    except WhofundsError as error:
        cards.failed("The corrections cannot be read", error)
        return
    if found:
        table = corrections_table(found, resources.heads())
        cards.table(table, label="Corrections", key="corrections", file="whofunds-corrections.csv")
    else:
        cards.note("There are none yet.")
    if settings.read_only:
        cards.note("This app was set to be read only: nothing can be corrected here.")
        return
    if not may(Role.EDITOR):
        cards.note("Editors set figures right; your role is to read.")
        return
    who = actions.name_of_person() or st.text_input(
        "Your name, kept with your corrections", key="add:who", max_chars=100, persist_state="session"
    )
    _set_right(who)
    _same(who)
    _take_back({each.id: said_shortly(each) for each, outcome in found if outcome.state is not State.UNDONE}, who)


def _set_right(who: str) -> None:
    cards.heading("Set a sum right")
    heads = resources.heads()
    document = choose(
        "Decision", list(heads), page=PAGE, parameter="document", shown=_called,
        placeholder="Choose a decision",
    )  # fmt: skip
    record = resources.ground().build.as_read(document) if document else None
    if record is None:
        return
    if not record.flows and not record.awards:
        cards.note("No sums of money were read from this document.")
    correction = intake_review.correction_form(record, choices_of(record), who, first=_asked_sum(record, given("sum")))
    if correction is not None:
        _publish(correction)


def _asked_sum(record: Record, asked: str) -> str:
    """Return the key of the flow or award whose id the URL names; the URL's value itself if no id fits."""
    every: list[Funding] = [*record.flows, *record.awards]
    return next((key_in_record(each) for each in every if each.id == asked), asked)


def _called(document: str) -> str:
    head = resources.heads()[document]
    return f"{head.caption}: {head.title}" if head.reference else head.caption


def _same(who: str) -> None:
    cards.heading("Put two names together")
    with st.form("corrections:same"):
        left, right = st.columns(2)
        name = left.text_input("This name", max_chars=200)
        into = right.text_input("is the same as", max_chars=200)
        kind = st.selectbox("Both are names of", list(EntityKind), format_func=lambda each: words.THINGS[each].lower())
        why = st.text_input("Reason", max_chars=300, key="corrections:same:why")
        sent = st.form_submit_button("Put together")
    if sent and name.strip() and into.strip() and kind:
        _made(lambda: merger(name.strip(), into.strip(), EntityKind(kind), who=who, why=why))


def _take_back(known: dict[str, str], who: str) -> None:
    if not known:
        return
    cards.heading("Take a correction back")
    with st.form("corrections:undo"):
        chosen = st.selectbox("Correction", list(known)[::-1], format_func=lambda id: known[id])
        why = st.text_input("Reason", max_chars=300, key="corrections:undo:why")
        sent = st.form_submit_button("Take it back")
    if sent and chosen:
        _made(lambda: undoing(chosen, who=who, why=why))


def _made(make: Callable[[], Correction]) -> None:
    try:
        _publish(make())
    except WhofundsError as error:
        cards.failed("This could not be done", error)


def _publish(correction: Correction) -> None:
    try:
        with st.spinner("Publishing"):
            report = actions.correct(correction)
    except WhofundsError as error:
        cards.failed("This could not be done", error)
        return
    text = "\n".join(["Answers, pages and exports now say so.", *report.messages])
    st.session_state[DONE] = [(f"Correction {report.corrections[0].id} is published", text)]
    st.rerun()


main()
