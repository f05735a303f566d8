"""A document under review, drawn: what was found in it, a form to set a sum right, its new names."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.components import cards, html
from app.viewmodels import intake
from app.viewmodels.intake import KEEP, PendingView
from graph.corrections.correction import Correction
from graph.errors import WhofundsError
from graph.model import Record
from ingest.intake import Pending


def found(pending: Pending, view: PendingView) -> None:
    """Draw what was read, what is doubtful, and the sums with their words."""
    cards.heading(view.heading)
    st.html(html.facts_html((label, value, "") for label, value in view.facts))
    cards.note(f"Found: {view.summary}.")
    for note in pending.notes:
        cards.note(note)
    if view.doubts:
        cards.card("Look at these", "\n".join(view.doubts), shade="wf-warning")
    if view.choices:
        cards.table(view.table, label="Sums of money that were read", key=f"add:table:{view.name}")
    else:
        cards.note("No sums of money were read from this document.")


def correction_form(record: Record, choices: Sequence[tuple[str, str]], who: str) -> Correction | None:
    """Draw the form that sets a sum right; return the correction when one was sent and can be made.

    Args:
        record: as it was read.
        choices: its flows, each with what it is called.
        who: the name that the correction is kept with.
    """
    if not choices:
        return None
    called = dict(choices)
    with st.form(f"add:correct:{record.document}"):
        flow = st.selectbox("Sum to set right", list(called), format_func=lambda id: called[id])
        left, right = st.columns(2)
        what = left.selectbox("What is wrong", list(intake.SETTABLE), format_func=lambda each: intake.SETTABLE[each])
        value = right.text_input("The right value", max_chars=200, help=intake.HELP)
        why = st.text_input("Reason", max_chars=300)
        if not st.form_submit_button("Set it right"):
            return None
    try:
        return intake.draft(record, flow or "", what or "", value, who=who, why=why)
    except WhofundsError as error:
        cards.failed("This could not be set", error)
        return None


def new_names(pending: Pending, who: str) -> list[Correction]:
    """Draw the names that the registry lacks; return those that are said to be a known name."""
    chosen: list[Correction] = []
    for number, each in enumerate(pending.suggestions, 1):
        entity = each.new.entity
        words = f'<strong>{html.esc(entity.name)}</strong> is a new name. <q>{html.esc(each.new.context[:300])}</q>'
        st.html(f'<p class="wf wf-note">{words}</p>')
        key = f"add:name:{pending.name}:{entity.id}"
        answer = st.selectbox(f"What new name {number} stands for", intake.same_as_options(each), key=key)
        if answer and answer != KEEP:
            chosen.append(intake.same_as(entity.name, answer, entity.kind, who=who))
    return chosen


def drafted(corrections: list[Correction]) -> None:
    """Draw the corrections made so far, each with a button that takes it out of the list."""
    for number, correction in enumerate(corrections):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.html(f'<p class="wf">{html.esc(intake.said_of(correction))}</p>')
        right.button(f"Take back {number + 1}", key=f"add:drop:{number}", on_click=_drop, args=(corrections, number))


def _drop(corrections: list[Correction], number: int) -> None:
    del corrections[number]
