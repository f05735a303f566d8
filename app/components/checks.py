"""Draw checks: what does not fit, why it matters, and the quotations side by side."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from app.components.cards import SHADE, quotes_html
from app.components.html import esc, link
from app.viewmodels.checks import CheckView
from app.viewmodels.quotes import Quote
from app.viewmodels.words import count
from graph.model import Verdict

QUOTES_SHOWN = 6  #: of one side; the rest stands behind a disclosure


def draw_checks(shown: Iterable[CheckView], *, fold_agreeing: bool = False) -> None:
    """Draw checks with the quotations on both sides; checks that agree can be folded away."""
    checks = list(shown)
    agreeing = [check for check in checks if fold_agreeing and check.verdict is Verdict.CONSISTENT]
    if others := [check for check in checks if check not in agreeing]:
        st.html("".join(map(_card, others)))
    if agreeing:
        said = f"{count(len(agreeing), 'comparison')} of figures that agree"
        inner = "".join(_card(check) for check in agreeing)
        st.html(f'<details class="wf"><summary>{esc(said)}</summary>{inner}</details>')


def _card(check: CheckView) -> str:
    where = f"{link(check.href, check.decision)}{esc(f', {check.body}') if check.body else ''}"
    figures = esc(" · ".join(check.figures))
    why = f"<p><strong>Why it matters:</strong> {esc(check.why)}</p>" if check.why else ""
    is_quoted = len(check.quotes) == 1 and check.quotes[0].words == check.message
    message = "" if is_quoted else f"<p>{esc(check.message)}</p>"
    sides = "".join(
        f"<div><h4>{esc(name)}</h4>{quotes_html(quotes[:QUOTES_SHOWN])}{_more(quotes[QUOTES_SHOWN:])}</div>"
        for name, quotes in check.sides
    )
    return (
        f'<div class="wf wf-card {SHADE[check.verdict]}"><h3>{esc(check.heading)}: {esc(check.kind.lower())}</h3>'
        f"{message}{why}<p class=wf-note>{where}{' · ' if figures else ''}{figures}</p>"
        f'<div class="wf-sides">{sides}</div></div>'
    )


def _more(quotes: tuple[Quote, ...]) -> str:
    if not quotes:
        return ""
    return f"<details><summary>Show {len(quotes):,} more</summary>{quotes_html(quotes)}</details>"
