"""The page Ask: one question box, and the answer with its quotations."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import actions, resources
from app.components import answer_card, cards, html, reading_form
from app.components.asking_box import asking_box
from app.components.url_state import given
from app.links import Asking, ask_link, asking_of, page_link
from app.viewmodels.answer import answer_view
from app.viewmodels.answer_sums import answer_sums
from app.viewmodels.examples import examples
from app.viewmodels.holdings import compares_bodies, leaning_note
from app.viewmodels.proofs import proofs_of
from app.viewmodels.reading import follow_ups
from app.viewmodels.suggestions import Suggestion, answered_alone, instead, related
from app.viewmodels.visit import Visited, asked_words, visited
from graph.ask.rereading import form_text
from graph.errors import WhofundsError

LONGEST = 2000
TITLE = "Who funds what in policing and crime"
PURPOSE = (
    "Police and crime commissioners sign decisions that move public money. Ask who funds whom, how much, where and "
    "when: the answer shows the words that each figure was read from."
)


def main() -> None:
    """Draw the page."""
    asked = given("q")
    question = asked.strip()[:LONGEST]
    cards.title(TITLE)
    box, answer = st.container(), st.empty()
    if question:
        st.set_page_config(page_title=f"{question[:80]} - whofunds")
        answer.html(cards.waiting_html(question, "Looking through the decisions"))
    known = () if question else examples(resources.answered_examples())  # a question must not wait for the examples
    with box:
        if not asked:
            cards.lead(PURPOSE)
        sent = asking_box(
            resources.typed_ahead(), now=asked[:LONGEST], placeholder=f"For example: {known[0]}" if known else "",
            longest=LONGEST, key="ask-box",
        )  # fmt: skip
        if question:
            st.html(cards.html_links([(page_link("ask"), "What you can ask: the start page")], row=True))
    if sent:
        reading_form.go(_asking_of_box(sent))
    if question:
        _answer(question, answer)
    else:
        _start()


def _asking_of_box(sent: str) -> Asking:
    """Return the question that was sent; a suggested question gets the form that it was made from."""
    form = resources.typed_ahead().questions.get(sent)
    return Asking(sent).read_as(form_text(form)) if form is not None else Asking(sent)


def _start() -> None:
    cards.note(resources.loaded())
    lists = []
    for group in resources.answered_examples():
        questions = html.list_html((each, ask_link(each), "") for each in group.questions)
        lists.append(f"<div><h2>{html.esc(group.heading)}</h2>{questions}</div>")
    st.html(f'<div class="wf wf-columns">{"".join(lists)}</div>')
    _history(None)


def _answer(question: str, place: DeltaGenerator) -> None:
    """Draw the answer in its place, where a waiting message stands until then, and the rest below it."""
    actions.note_question(question)
    asking = asking_of(question, *(st.query_params.get_all(name) for name in ("after", "change", "kept")))
    try:
        answer = resources.answer(asking)
    except WhofundsError as error:
        with place.container():
            cards.failed("The question could not be answered", error)
        return
    heads = resources.heads()
    st.session_state["visit"] = visited(st.session_state.get("visit", []), asking, answer.text, resources.thing_names())
    view = answer_view(answer.to_json(), asking, form=answer.form, heads=heads, proofs=proofs_of(answer, heads))
    with place.container():
        if asking.after:
            before = " › ".join(asked_words(asked, resources.thing_names()) for asked in asking.after)
            cards.note(f"Follows up: {before}")
        answer_card.draw(view)
        if compares_bodies(answer.form):
            cards.note(leaning_note(heads.values(), resources.areas().names))
    if answer.form is not None:
        included = answer.interpretation.get("includes") or ()
        reading_form.draw_chips(asking, answer.form, view.read_as, included, status=view.status)
    answered = view.status == "answered"
    if not answered:
        _instead(asking)
    sums = answer_sums(answer, heads) if view.status != "ambiguous" else None
    answer_card.draw_rest(view, sums, resources.loaded(), answer, asking)
    short = follow_ups(answer.form, sums.years if sums else ())
    if view.status in ("answered", "no_data"):
        cards.heading("Ask on")
        reading_form.draw_follow_up(asking, LONGEST, reading_form.placeholder_of(short))
        if short:
            st.html(cards.html_links([(ask_link(asking.then(text)), text) for text in short], row=True))
    if answered:
        _related(asking)
    _history(asking)


def _instead(asking: Asking) -> None:
    answer, beside = resources.answer(asking), resources.answered_beside(asking)
    found = instead(answer, asking, beside, resources.is_answered, _examples)
    if found:
        cards.heading("What you can ask instead")
        cards.suggestions(found)
    links = [
        (page_link("kind", id=kind.id), f"{kind.name}, by commissioner and year")
        for kind in resources.programme_kinds().values()
        if kind.is_said_by(asking.question)
    ]
    links.append((page_link("decisions", search=asking.question), "Search the text of the decisions for these words"))
    st.html(cards.html_links(links))


def _examples() -> tuple[Suggestion, ...]:
    return answered_alone(examples(resources.example_groups()), resources.answer)


def _related(asking: Asking) -> None:
    found = related(resources.answer(asking), resources.answered_beside(asking), resources.is_answered)
    if found:
        cards.heading("Also answered")
        cards.suggestions(found)


def _history(now: Asking | None) -> None:
    visit: list[Visited] = st.session_state.get("visit", [])
    others = [each for each in visit if each.asking != now]
    if others:
        cards.heading("Asked in this visit")
        cards.visits(others[:10])
        st.button("Clear these questions", on_click=lambda: st.session_state.pop("visit", None))


main()
