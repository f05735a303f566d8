"""Draw the path between two things step by step, with its quotations."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.components.cards import quotes_html
from app.components.html import esc
from app.viewmodels.network_evidence import LineWords, Step


def draw_way(steps: Sequence[Step]) -> None:
    """Draw the steps as a numbered list."""
    items = "".join(f"<li>{''.join(map(_line, step.lines[:1]))}{_others(step)}</li>" for step in steps)
    st.html(f'<ol class="wf wf-list">{items}</ol>')


def _line(line: LineWords) -> str:
    money = f": {'; '.join(line.sums)}" if line.sums else ""
    headings = [said.heading for said in line.said if said.heading]
    if line.is_part:
        headings.insert(0, line.scope)
    note = f"<p class=wf-note>{esc(' · '.join(headings))}</p>" if headings else ""
    more = f"<p class=wf-note>And {line.more:,} more in the decisions.</p>" if line.more else ""
    quotes = quotes_html(s.quote for s in line.said)
    return f"<p><strong>{esc(line.sentence)}{esc(money)}</strong></p>{note}{quotes}{more}"


def _others(step: Step) -> str:
    if len(step.lines) < 2:
        return ""
    rest = "".join(map(_line, step.lines[1:]))
    return f"<details><summary>What else joins {esc(step.between)}</summary>{rest}</details>"
