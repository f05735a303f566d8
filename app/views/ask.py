"""Ask: one box, and an answer with its words."""

from __future__ import annotations

import streamlit as st

from app import resources
from app.components import answer_card, cards, html, reading_form
from app.components.url_state import entered, given
from app.links import Asking, ask_link, asking_of, page_link
from app.viewmodels.answer import answer_view
from app.viewmodels.answer_sums import answer_sums
from app.viewmodels.examples import examples
from app.viewmodels.holdings import loaded_sentence
from graph.errors import WhofundsError

LONGEST = 2000


def main() -> None:
    """Draw the page."""
    cards.title("Who funds what in policing and crime")
    if not given("q"):
        cards.lead(loaded_sentence(resources.heads().values()))
    question = entered(
        "Ask a question", "Ask", page="ask", parameter="q", longest=LONGEST, clears=("after", "change")
    )  # fmt: skip
    if question:
        _answer(question)
    else:
        _start()


def _start() -> None:
    cards.heading("Questions you can ask")
    known = examples(resources.every_flow(), resources.heads().values())
    st.html(html.list_html((question, ask_link(question), "") for question in known))
    _history(None)


def _answer(question: str) -> None:
    asking = asking_of(question, st.query_params.get_all("after"), st.query_params.get_all("change"))
    history = st.session_state.setdefault("history", [])
    if asking not in history:
        history.append(asking)
    if asking.after:
        cards.note(f"Follows up: {' › '.join(asking.after)}")
    try:
        with st.spinner("Looking through the decisions", show_time=False):
            answer = resources.answer(asking)
    except WhofundsError as error:
        cards.failed("The question could not be answered", error)
        return
    sums = answer_sums(answer, resources.heads())
    answer_card.draw(answer_view(answer.to_json(), asking), sums)
    if answer.interpretation:
        reading_form.draw_reading_form(asking, answer.interpretation)
    if answer.status in ("no_data", "not_understood"):
        link = page_link("decisions", search=question)
        st.html(html.list_html([("Search the text of the decisions for these words", link, "")]))
    reading_form.draw_next(asking, answer.interpretation, sums.years if sums else (), LONGEST)
    _history(asking)


def _history(now: Asking | None) -> None:
    others = [asked for asked in reversed(st.session_state.get("history", [])) if asked != now][:10]
    if others:
        cards.heading("Asked in this visit")
        st.html(html.list_html((" › ".join((*asked.after, asked.question)), ask_link(asked), "") for asked in others))


main()
