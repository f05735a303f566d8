"""Cards and lists drawn: quotations, checks, notes, chips, time line, headlines, empty and failing states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from app.components.html import esc, link, table_html
from app.viewmodels.answer import CheckNote
from app.viewmodels.briefing import one_line
from app.viewmodels.checks import CheckView
from app.viewmodels.decision import Step
from app.viewmodels.quotes import Quote
from app.viewmodels.reading import Chip
from app.viewmodels.subject import Headline
from app.viewmodels.table import Table, table_csv
from app.viewmodels.timeline import Event
from graph.model import Verdict

if TYPE_CHECKING:
    from graph.errors import WhofundsError

SHADE = {Verdict.CONFLICT: "wf-bad", Verdict.ROUNDING: "wf-warning", Verdict.CONSISTENT: "wf-fine"}
ROWS_SHOWN = 50


def title(words: str, caption: str = "") -> None:
    """Draw the page's heading with a line above it that says what kind of thing it is."""
    if caption:
        st.html(f'<p class="wf wf-caption" style="margin:0">{esc(caption)}</p>')
    st.html(f'<h1 class="wf" style="font-size:2rem;margin:0 0 .3em;padding:0">{esc(words)}</h1>')


def heading(words: str) -> None:
    """Draw a section's heading."""
    st.html(f'<h2 class="wf" style="font-size:1.4rem;margin:.6em 0 .2em;padding:0">{esc(words)}</h2>')


def lead(words: str) -> None:
    """Draw a paragraph in larger letters."""
    st.html(f'<p class="wf wf-lead">{esc(words)}</p>')


def note(words: str) -> None:
    """Draw a small remark."""
    st.html(f'<p class="wf wf-note">{esc(words)}</p>')


def card(heading: str, text: str, *, shade: str = "", links: Iterable[tuple[str, str]] = ()) -> None:
    """Draw a card: what is so, and what to do. Links are (address, words)."""
    items = "".join(f"<li>{link(href, words)}</li>" for href, words in links)
    paragraphs = "".join(f"<p>{esc(line)}</p>" for line in text.split("\n") if line.strip())
    more = f'<ul class="wf-list">{items}</ul>' if items else ""
    st.html(f'<div class="wf wf-card {esc(shade)}" role="note"><h3>{esc(heading)}</h3>{paragraphs}{more}</div>')


def failed(heading: str, error: WhofundsError | str) -> None:
    """Draw what went wrong, in the words of the error, which say what to do."""
    card(heading, str(error), shade="wf-bad")


def chips(shown: Sequence[Chip]) -> None:
    """Draw how the question was read."""
    items = "".join(
        f"<li>{esc(chip.label)}: <strong>{esc(chip.value)}</strong>{_without(chip)}</li>" for chip in shown
    )
    st.html(f'<ul class="wf wf-chips" aria-label="How the question was read">{items}</ul>')


def _without(chip: Chip) -> str:
    if not chip.without:
        return ""
    said = f"Ask without {chip.label.lower()}: {chip.value}"
    return f' <a class="wf-link" href="{esc(chip.without)}" aria-label="{esc(said)}" title="{esc(said)}">×</a>'


def headlines(shown: Sequence[Headline]) -> None:
    """Draw large figures side by side."""
    items = "".join(f"<li><strong>{esc(each.figure)}</strong> {esc(each.words)}</li>" for each in shown)
    st.html(f'<ul class="wf wf-headlines">{items}</ul>')


def quotes_html(shown: Iterable[Quote]) -> str:
    """Return quotations, each with the link to its paragraph."""
    return "".join(
        f'<blockquote class="wf wf-quote"><p>“{esc(one_line(quote.words))}”</p>'
        f"{f'<p class=wf-note>{esc(quote.corrected)}</p>' if quote.corrected else ''}"
        f"<footer>{link(quote.href, quote.source)}"
        f"{esc(', ' + quote.place) if quote.place else ''}"
        f"{' · ' + link(quote.published, 'published record') if quote.published else ''}</footer></blockquote>"
        for quote in shown
    )


def quotations(shown: Sequence[Quote], *, first: int = 5) -> None:
    """Draw quotations; the rest behind a disclosure."""
    st.html(quotes_html(shown[:first]))
    if len(shown) > first:
        more = f"Show {len(shown) - first:,} more quotations"
        st.html(f'<details class="wf"><summary>{esc(more)}</summary>{quotes_html(shown[first:])}</details>')


def check_notes(shown: Iterable[CheckNote]) -> None:
    """Draw the checks that touch an answer."""
    for check in shown:
        card(check.heading, check.message, shade=SHADE[check.verdict])


def check_cards(shown: Iterable[CheckView]) -> None:
    """Draw checks with the words on both sides."""
    for check in shown:
        figures = " · ".join(check.figures)
        where = f"{link(check.href, check.decision)}{esc(f', {check.body}') if check.body else ''}"
        st.html(
            f'<div class="wf wf-card {SHADE[check.verdict]}"><h3>{esc(check.heading)}: {esc(check.kind.lower())}</h3>'
            f"<p>{esc(check.message)}</p><p class=wf-note>{where}{esc(' · ' + figures) if figures else ''}</p>"
            f"{quotes_html(check.quotes)}</div>"
        )


def events(shown: Sequence[Event]) -> None:
    """Draw the time line of decisions."""
    items = "".join(
        f"<li><strong>{esc(event.when)}</strong>{link(event.href, event.caption)}"
        f"{esc(f', {event.body}') if event.body else ''}"
        f"{f'<br>{esc(event.title)}' if event.title else ''}"
        f"{f'<br><span class=wf-note>{esc(_joined(event))}</span>' if _joined(event) else ''}</li>"
        for event in shown
    )
    st.html(f'<ol class="wf wf-time">{items}</ol>')


def steps(shown: Iterable[Step]) -> None:
    """Draw what came before and after, or what is named."""
    items = "".join(
        f"<li>{esc(step.words)} {link(step.href, step.name)}"
        f"{f' <span class=wf-note>({esc(step.note)})</span>' if step.note else ''}</li>"
        for step in shown
    )
    st.html(f'<ul class="wf wf-list">{items}</ul>')


def table(shown: Table, *, label: str, key: str, file: str = "") -> None:
    """Draw a table; long ones show their first rows until asked; with a file name it can be downloaded as CSV."""
    whole = st.session_state.get(f"{key}:all", False) or len(shown.rows) <= ROWS_SHOWN
    rows = shown.rows if whole else shown.rows[:ROWS_SHOWN]
    st.html(table_html(Table(shown.columns, rows, shown.numeric, shown.caption), label=label))
    if not whole:
        st.button(
            f"Show all {len(shown.rows):,} rows", key=f"{key}:more",
            on_click=lambda: st.session_state.update({f"{key}:all": True}),
        )  # fmt: skip
    if file:
        download("Download as CSV", table_csv(shown), file, key=f"{key}:csv")


def download(label: str, text: str, file: str, *, key: str, mime: str = "text/csv") -> None:
    """Draw a download button; a byte order mark lets spreadsheets see that CSV is UTF-8."""
    data = ("\ufeff" + text if mime == "text/csv" else text).encode("utf-8", "replace")
    st.download_button(label, data, file_name=file, mime=mime, key=key, on_click="ignore")


def _joined(event: Event) -> str:
    return " · ".join(part for part in (event.money, event.changed) if part)


def html_links(shown: Iterable[tuple[str, str]], *, most: int = 12, row: bool = False) -> str:
    """Return a list of the first links, below or beside each other."""
    items = "".join(f"<li>{link(href, words)}</li>" for href, words in list(shown)[:most])
    return f'<ul class="wf {"wf-row" if row else "wf-list"}">{items}</ul>'
