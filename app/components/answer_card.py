"""The answer card drawn: sentence, figure, table, chart, quotations, how it was read, checks, alternatives."""

from __future__ import annotations

import streamlit as st

from app.components import cards, charts, html
from app.viewmodels.answer import AnswerView
from app.viewmodels.answer_sums import AnswerSums
from app.viewmodels.briefing import briefing
from app.viewmodels.table import table_csv

SHADE = {"answered": "wf-fine", "no_data": "", "not_understood": "wf-warning", "ambiguous": "wf-warning"}


def draw(view: AnswerView, sums: AnswerSums | None = None) -> None:
    """Draw the whole card, with the sums behind it."""
    _answer(view)
    _alternatives(view)
    if view.table:
        cards.table(view.table, label="Answer as a table", key="answer")
    if sums and sums.bars:
        cards.heading("By financial year")
        charts.year_bars(sums.bars, key="answer-years")
    elif view.bar_labels:
        charts.item_bars(view.bar_labels, view.bar_amounts, key="answer-bars")
    if sums:
        cards.heading("Each sum and where it is written")
        cards.table(sums.table, label="Each sum", key="answer-sums", file="whofunds-sums.csv")
    cards.check_notes(view.checks)
    if view.quotes:
        cards.heading("What this rests on" if view.status == "answered" else "Nearest passages")
        if view.status != "answered":
            cards.note("These are not an answer; they are the passages whose words come closest.")
        cards.quotations(view.quotes)
    if view.chips:
        cards.heading("How the question was read")
        cards.chips(view.chips)
    _take_away(view)


def _answer(view: AnswerView) -> None:
    heading = f"<h2>{html.esc(view.headline)}</h2>" if view.headline else ""
    figure = f'<p class="wf-figure">{html.esc(view.figure)}</p>' if view.figure else ""
    words = f'<p class="wf-lead">{html.esc(view.text)}</p>' if view.text else ""
    frame = f'<div class="wf wf-card {SHADE.get(view.status, "")}" data-status="{html.esc(view.status)}">'
    st.html(f"{frame}{heading}{figure}{words}</div>")


def _alternatives(view: AnswerView) -> None:
    if view.alternatives:
        cards.heading("Did you mean" if view.status == "ambiguous" else "You could also ask")
        st.html(html.list_html((other.label, other.href, "") for other in view.alternatives))


def _take_away(view: AnswerView) -> None:
    if view.status == "answered":
        with st.expander("Copy as text for a briefing"):
            st.code(briefing(view), language=None, wrap_lines=True)
        if view.table:
            cards.download("Download as CSV", table_csv(view.table), "whofunds-answer.csv", key="answer-csv")
    if view.sparql:
        with st.expander("The query that was run"):
            st.code(view.sparql, language="sparql", wrap_lines=True)
