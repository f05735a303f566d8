"""The question box, which completes names of the graph and questions that have an answer."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from app import resources
from app.components import cards
from app.viewmodels.typed_ahead import TypedAhead
from graph.search.model_files import reading_fault

HTML = """<form class="wf wf-asking" role="search" autocomplete="off">
<label for="wf-question">Ask a question</label>
<div class="wf-asking-row"><div class="wf-asking-box">
<input id="wf-question" type="text" role="combobox" aria-expanded="false" aria-autocomplete="list"
 aria-controls="wf-offers" autocomplete="off" spellcheck="true" enterkeyhint="search">
<ul id="wf-offers" role="listbox" aria-label="Names and questions" hidden></ul></div>
<button type="submit" class="wf-button">Ask</button></div>
<span class="wf-asking-said" role="status"></span></form>"""


def asking_box(offered: TypedAhead, *, now: str, placeholder: str, longest: int, key: str) -> str:
    """Draw the box with its button, and above it what is lacking to read questions; return what was sent, else ""."""
    if fault := reading_fault(resources.settings()):
        cards.failed("The model is not installed", fault)
    component = st.components.v2.component("whofunds_asking", html=HTML, js=_script(), isolate_styles=False)
    data = {
        "now": now,
        "placeholder": placeholder,
        "longest": longest,
        "names": [list(each) for each in offered.names],
        "questions": list(offered.questions),
    }
    result = component(key=key, data=data, on_sent_change=lambda: None)
    sent = getattr(result, "sent", None)
    return " ".join(sent.split())[:longest] if isinstance(sent, str) else ""


@cache
def _script() -> str:
    return (Path(__file__).resolve().parent / "asking_box.js").read_text(encoding="utf-8")
