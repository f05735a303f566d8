"""Ask: one box, and an answer with its words."""

from __future__ import annotations

import streamlit as st

from app import resources
from app.components import answer_card, cards, html
from app.components.url_state import given
from app.links import ask_link, page_link
from app.viewmodels.answer import answer_view
from app.viewmodels.examples import examples
from app.viewmodels.holdings import loaded_sentence
from graph.errors import WhofundsError

LONGEST = 2000


def main() -> None:
    """Draw the page."""
    question = given("q").strip()
    cards.title("Who funds what in policing and crime")
    if not question:
        cards.lead(loaded_sentence(resources.heads().values()))
    with st.form("ask", border=False):
        box, button = st.columns([5, 1], vertical_alignment="bottom")
        if st.session_state.get("ask:shown") != question:
            st.session_state["ask:question"] = st.session_state["ask:shown"] = question
        typed = box.text_input("Ask a question", key="ask:question", max_chars=LONGEST, autocomplete="off")
        asked = button.form_submit_button("Ask", type="primary", width="stretch")
    if asked and typed and typed.strip() != question:
        st.query_params["q"] = question = typed.strip()
        st.session_state["ask:shown"] = question
    if question:
        _answer(question[:LONGEST])
    else:
        _start()


def _start() -> None:
    cards.heading("Questions you can ask")
    known = examples(resources.every_flow(), resources.heads().values())
    st.html(html.list_html((question, ask_link(question), "") for question in known))
    _history("")


def _answer(question: str) -> None:
    history = st.session_state.setdefault("history", [])
    if question not in history:
        history.append(question)
    try:
        with st.spinner("Looking through the decisions", show_time=False):
            view = answer_view(resources.answer(question))
    except WhofundsError as error:
        cards.failed("The question could not be answered", error)
        return
    answer_card.draw(view)
    if view.status in ("no_data", "not_understood"):
        link = page_link("decisions", search=question)
        st.html(html.list_html([("Search the text of the decisions for these words", link, "")]))
    _history(question)


def _history(question: str) -> None:
    others = [asked for asked in reversed(st.session_state.get("history", [])) if asked != question][:10]
    if others:
        cards.heading("Asked in this visit")
        st.html(html.list_html((asked, ask_link(asked), "") for asked in others))


main()
