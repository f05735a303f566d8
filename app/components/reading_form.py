"""How a question was read, as chips that change it: one choice, and the answer follows; and the follow-up box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app import resources
from app.components import cards, html
from app.links import Asking
from app.viewmodels.reading import AS_READ, Chooser, chips_of, choosers

LETTER = 9  #: pixels of a letter, generously
SMALLEST, WIDEST = 150, 520


def draw_chips(asking: Asking, reading: Mapping[str, Any]) -> None:
    """Draw the parts of the reading: those with choices as boxes, the rest as words that can be taken away."""
    years = sorted({year for stated in resources.every_flow() for year in stated.flow.years}, reverse=True)
    things = {key: entity for key, (entity, _) in resources.things().items()}
    with st.container(horizontal=True, gap="small", key="chips", vertical_alignment="center"):
        for chooser in choosers(reading, things, years):
            _choose(chooser, asking)
    read = ", ".join(f"{chip.label}: {chip.value}" for chip in chips_of(reading, asking))
    st.html(f'<p class="wf wf-printonly">The question was read as: {html.esc(read)}</p>')
    shown = [chip for chip in chips_of(reading, asking) if not chip.chosen_from_list]
    if shown:
        cards.chips(shown)
    if asking.changes:
        cards.note("You changed how the question was read.")


def _choose(chooser: Chooser, asking: Asking) -> None:
    key = f"chip:{chooser.part}:{chooser.now}:{hash(asking)}"
    shown = chooser.shown.get(chooser.now, "any")
    options = list(chooser.shown)
    at = options.index(chooser.now) if chooser.part == "asks" and chooser.now else None  # cannot be taken away
    if at is None:
        st.session_state.setdefault(key, chooser.now or None)
    st.selectbox(
        chooser.label, options, index=at, key=key, format_func=chooser.shown.__getitem__,
        placeholder="any", width=min(WIDEST, max(SMALLEST, 95 + LETTER * (len(chooser.label) + len(shown)))),
        on_change=_chosen, args=(chooser, asking, key),
    )  # fmt: skip


def _chosen(chooser: Chooser, asking: Asking, key: str) -> None:
    value = st.session_state.get(key) or ""
    if value not in (chooser.now, AS_READ):
        st.query_params.from_dict(asking.changed(chooser.part, value).parameters())


def draw_follow_up(asking: Asking, longest: int, placeholder: str) -> None:
    """Draw the box for a question that takes from this one what it leaves unsaid."""
    with st.form("ask:follow", border=False, clear_on_submit=True):
        box, side = st.columns([5, 1], vertical_alignment="bottom")
        typed = box.text_input(
            "Ask a follow-up question", max_chars=longest, placeholder=placeholder, autocomplete="off"
        )
        if side.form_submit_button("Follow up", width="stretch") and (typed or "").strip():
            go(asking.then((typed or "").strip()))


def go(asking: Asking) -> None:
    """Ask it: the URL holds it, and the page is drawn anew."""
    st.query_params.from_dict(asking.parameters())
    st.rerun()


def placeholder_of(follow_ups: Sequence[str]) -> str:
    """Return words for the empty box."""
    return f"For example: {follow_ups[0]}" if follow_ups else "For example: and in another year?"
