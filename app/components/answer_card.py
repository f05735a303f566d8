"""Draw an answer: sentence, figure, table, quotations, chart and downloads."""

from __future__ import annotations

import streamlit as st

from app.briefings.content import Briefing
from app.briefings.known import Known
from app.briefings.of_answer import briefing_of_answer, briefing_of_view
from app.briefings.text import plain_text, rich_text
from app.components import cards, charts, html
from app.components.briefing_download import briefing_buttons, shared_base
from app.components.copy_button import copy_button
from app.links import Asking
from app.viewmodels.answer import AnswerView
from app.viewmodels.answer_sums import AnswerSums
from app.viewmodels.sureness import EXPLAINED
from app.viewmodels.table import table_csv
from graph.ask import Answer

SHADE = {"answered": "wf-fine", "no_data": "", "not_understood": "wf-warning", "ambiguous": "wf-warning"}

_OTHERS = {
    "ambiguous": "Choose what you mean",
    "not_understood": "Did you mean one of these?",
    "no_data": "What is recorded that comes near",
}


def draw(view: AnswerView) -> None:
    """Draw the answer's sentence and other possible readings of the question."""
    _answer(view)
    if view.alternatives:
        cards.heading(_OTHERS.get(view.status, "You could also ask"))
        st.html(html.list_html((other.label, other.href, "") for other in view.alternatives))


def draw_rest(view: AnswerView, sums: AnswerSums | None, loaded: str, answer: Answer, asking: Asking) -> None:
    """Draw everything below the sentence: the table, the quotations, the chart, every sum."""
    if view.status == "answered":
        _take_away(view, loaded, answer, asking)
    if view.table:
        cards.table(view.table, label="Answer as a table", key="answer")
    if view.caveats:
        with st.expander(f"What is not in this figure, or not certain ({len(view.caveats):,})"):
            st.html(html.list_html((caveat, "", "") for caveat in view.caveats))
    if view.left_out:
        with st.expander(f"Sums left out of this figure ({len(view.left_out.rows):,})"):
            cards.table(view.left_out, label="Sums left out", key="answer-left-out")
    cards.check_notes(view.checks)
    _words(view)
    if sums and sums.bars:
        cards.heading("By financial year")
        charts.year_bars(sums.bars, key="answer-years")
    elif view.bar_labels:
        charts.item_bars(view.bar_labels, view.bar_amounts, key="answer-bars")
    if sums:
        with st.expander(f"Each sum as a table ({len(sums.table.rows):,})"):
            cards.table(sums.table, label="Each sum", key="answer-sums", file="whofunds-sums.csv")
    if view.sparql:
        with st.expander("The query that was run"):
            st.code(view.sparql, language="sparql", wrap_lines=True)


def _words(view: AnswerView) -> None:
    if view.proofs:
        cards.heading("What this rests on")
        cards.note("Each figure with the words it was read from. A link opens the decision at that paragraph.")
        cards.proofs(view.proofs)
        st.html(cards.html_links([EXPLAINED]))
    elif view.quotes:
        cards.heading("What this rests on")
        cards.quotations(view.quotes)
    if view.nearest:
        cards.heading("What comes nearest")
        cards.note("These passages are no answer; their words come closest to the question.")
        cards.quotations(view.nearest)


def _answer(view: AnswerView) -> None:
    heading = f"<h2>{html.esc(view.headline)}</h2>" if view.headline else ""
    figure = f'<p class="wf-figure">{html.esc(view.figure)}</p>' if view.figure else ""
    words = f'<p class="wf-lead">{html.esc(view.text)}</p>' if view.text else ""
    frame = f'<div class="wf wf-card {SHADE.get(view.status, "")}" data-status="{html.esc(view.status)}">'
    st.html(f"{frame}{heading}{figure}{words}</div>")


def _take_away(view: AnswerView, loaded: str, answer: Answer, asking: Asking) -> None:
    text = briefing_of_view(view, base=shared_base(), loaded=loaded)

    def write(known: Known) -> Briefing:
        return briefing_of_answer(answer, known, asking)

    with st.container(horizontal=True, gap="small", key="take-away", vertical_alignment="center"):
        briefing_buttons(view.question, write, key="answer")
        copy_button("Copy for a briefing", plain=plain_text(text), rich=rich_text(text), key="answer-copy")
        if view.table:
            cards.download("Download as CSV", table_csv(view.table), "whofunds-answer.csv", key="answer-csv")
        with st.popover("See the text"):
            st.code(plain_text(text), language=None, wrap_lines=True)
