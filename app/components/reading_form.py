"""How a question was read, as controls that change the reading; and the box for follow-up questions."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import resources
from app.components import cards, html
from app.links import FORM, Asking
from app.viewmodels.reading import AS_READ, Chooser, chips_of, choosers
from graph.ask.language.terms import Form

LETTER = 9  #: pixels of a letter, generously
SMALLEST, WIDEST = 150, 520
_OPENING = {"answered": "Read as", "no_data": "Looked for"}


def draw_chips(
    asking: Asking, form: Form, read_as: str, included: Sequence[str], *, status: str
) -> None:  # fmt: skip
    """Draw the parts of the reading: those with alternatives as boxes, the others as removable chips."""
    years = list(resources.years())
    with st.container(horizontal=True, gap="small", key="chips", vertical_alignment="center"):
        for chooser in choosers(form, resources.names_by_kind(), years, resources.answered_beside(asking)):
            _choose(chooser, asking)
    read = chips_of(form, asking, included)
    shown = [chip for chip in read if not chip.chosen_from_list]
    if shown:
        cards.chips(shown)
    changed = "You changed how the question was read. " if any(part != FORM for part, _ in asking.changes) else ""
    opening = f"{changed}{_OPENING.get(status, 'The nearest reading')}"
    said = ", ".join(f"{chip.label}: {chip.value}" for chip in read)
    st.html(
        f'<p class="wf wf-note">{html.esc(f"{opening}: {read_as}.")}'
        f'<span class="wf-printonly"> ({html.esc(said)})</span></p>'
    )


def _choose(chooser: Chooser, asking: Asking) -> None:
    key = f"chip:{chooser.part}"  # for every question: Streamlit keeps the choices of each key for the whole visit
    shown = chooser.shown.get(chooser.now, "any")
    st.session_state[key] = chooser.now or None
    first = 0 if chooser.part == "asks" and chooser.now else None  # what is looked for cannot be taken away
    st.selectbox(
        chooser.label, list(chooser.shown), index=first, key=key, format_func=chooser.shown.__getitem__,
        placeholder="any", width=min(WIDEST, max(SMALLEST, 95 + LETTER * (len(chooser.label) + len(shown)))),
        on_change=_chosen, args=(chooser, asking, key),
    )  # fmt: skip


def _chosen(chooser: Chooser, asking: Asking, key: str) -> None:
    value = st.session_state.get(key) or ""
    if value not in (chooser.now, AS_READ):
        st.query_params.from_dict(asking.changed(chooser.part, value).parameters())


def draw_follow_up(asking: Asking, longest: int, placeholder: str) -> None:
    """Draw the box for a question that builds on this one."""
    with st.form("ask:follow", border=False, clear_on_submit=True):
        box, side = st.columns([5, 1], vertical_alignment="bottom")
        typed = box.text_input(
            "Ask a follow-up question", max_chars=longest, placeholder=placeholder, autocomplete="off"
        )
        if side.form_submit_button("Follow up", width="stretch") and (typed or "").strip():
            go(asking.then((typed or "").strip()))


def go(asking: Asking) -> None:
    """Ask the question: put it into the URL and draw the page again."""
    st.query_params.from_dict(asking.parameters())
    st.rerun()


def placeholder_of(follow_ups: Sequence[str]) -> str:
    """Return the placeholder of the empty box: an example among the follow-up questions."""
    return f"For example: {follow_ups[0]}" if follow_ups else "For example: and in another year?"
