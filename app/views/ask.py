"""Ask: one box, and an answer with its words."""

from __future__ import annotations

import streamlit as st

from app import resources
from app.components import answer_card, cards, html
from app.components.url_state import entered, given
from app.links import ask_link, page_link
from app.viewmodels.answer import answer_view
from app.viewmodels.examples import examples
from app.viewmodels.holdings import loaded_sentence
from graph.errors import WhofundsError

LONGEST = 2000


def main() -> None:
    """Draw the page."""
    cards.title("Who funds what in policing and crime")
    if not given("q"):
        cards.lead(loaded_sentence(resources.heads().values()))
    question = entered("Ask a question", "Ask", page="ask", parameter="q", longest=LONGEST)
    if question:
        _answer(question)
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
