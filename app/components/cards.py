"""Draw cards and lists: quotations, checks, notes, chips, timelines, headlines, empty and error states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from app.components.html import esc, link, list_html, table_html
from app.viewmodels.answer import CheckNote
from app.viewmodels.decision import Step
from app.viewmodels.proofs import Proof, ProofGroup
from app.viewmodels.quotes import Quote
from app.viewmodels.reading import Chip
from app.viewmodels.subject import Headline
from app.viewmodels.suggestions import Suggestion
from app.viewmodels.table import Table, table_csv
from app.viewmodels.visit import Visited
from app.viewmodels.words import count, one_line
from graph.model import Verdict

if TYPE_CHECKING:
    from graph.errors import WhofundsError

SHADE = {Verdict.CONFLICT: "wf-bad", Verdict.ROUNDING: "wf-warning", Verdict.CONSISTENT: "wf-fine"}
ROWS_SHOWN = 50
ROWS_PRINTED = 300  #: of a long table, on paper; all where they were asked for on the page


def title(words: str, caption: str = "", *, trail: Iterable[tuple[str, str]] = ()) -> None:
    """Draw the page's heading, and set the title of the browser's tab.

    Args:
        words: The heading.
        caption: The kind of thing that the page is about, in a line above.
        trail: (address, words) of the pages above this one, from the top; drawn in place of the caption.
    """
    st.set_page_config(page_title=" - ".join(part for part in (words, caption, "whofunds") if part))
    above = "".join(f"<li>{link(href, name)}</li>" for href, name in trail)
    if above:
        here = f'<li aria-current="page">{esc(words)}</li>'
        st.html(f'<nav class="wf" aria-label="You are here"><ol class="wf-trail">{above}{here}</ol></nav>')
    elif caption:
        st.html(f'<p class="wf wf-caption" style="margin:0">{esc(caption)}</p>')
    st.html(f'<h1 class="wf" style="font-size:2rem;margin:0 0 .3em;padding:0">{esc(words)}</h1>')


def heading(words: str, *, anchor: str = "") -> None:
    """Draw a section's heading; a link to "#anchor" leads to it."""
    name = f' id="{esc(anchor)}"' if anchor else ""
    st.html(f'<h2 class="wf"{name} style="font-size:1.4rem;margin:.6em 0 .2em;padding:0">{esc(words)}</h2>')


def lead(words: str) -> None:
    """Draw a paragraph in larger letters."""
    st.html(f'<p class="wf wf-lead">{esc(words)}</p>')


def fold(words: str) -> None:
    """Draw a line that, on a phone, opens the columns beside the one it stands in; nothing on a wide screen."""
    st.html(f'<details class="wf wf-fold"><summary>{esc(words)}</summary></details>')


def note(words: str) -> None:
    """Draw a small remark; nothing for ""."""
    if words:
        st.html(f'<p class="wf wf-note">{esc(words)}</p>')


def waiting_html(asked: str, doing: str) -> str:
    """Return HTML to show until an answer is there: the question, the current step, and placeholder lines."""
    return (
        f'<div class="wf wf-card wf-waiting" role="status"><p class="wf-lead">{esc(asked)}</p><p>{esc(doing)} …</p>'
        '<span aria-hidden="true"></span><span aria-hidden="true"></span><span aria-hidden="true"></span></div>'
    )


def card(heading: str, text: str, *, shade: str = "", links: Iterable[tuple[str, str]] = ()) -> None:
    """Draw a card with a message and what to do about it. Links are (address, words)."""
    items = "".join(f"<li>{link(href, words)}</li>" for href, words in links)
    paragraphs = "".join(f"<p>{esc(line)}</p>" for line in text.split("\n") if line.strip())
    more = f'<ul class="wf-list">{items}</ul>' if items else ""
    st.html(f'<div class="wf wf-card {esc(shade)}" role="note"><h3>{esc(heading)}</h3>{paragraphs}{more}</div>')


def failed(heading: str, error: WhofundsError | str) -> None:
    """Draw an error in its own words, which say what to do."""
    card(heading, str(error), shade="wf-bad")


def chips(shown: Sequence[Chip]) -> None:
    """Draw how the question was read, as chips."""
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
    items = "".join(
        f"<li><strong>{esc(each.figure)}</strong> {esc(each.words)}"
        f"{f'<span class=wf-lesser>{esc(each.note)}</span>' if each.note else ''}</li>"
        for each in shown
    )
    st.html(f'<ul class="wf wf-headlines">{items}</ul>')


def quotes_html(shown: Iterable[Quote]) -> str:
    """Return quotations as HTML, each with a link to its paragraph."""
    return "".join(
        f'<blockquote class="wf wf-quote"><p>“{esc(one_line(quote.words))}”</p>'
        f"{f'<p class=wf-note>{esc(quote.corrected)}</p>' if quote.corrected else ''}"
        f"<footer>{link(quote.href, quote.source)}"
        f"{''.join(esc(f', {part}') for part in (quote.dated, quote.place) if part)}"
        f"{' · ' + link(quote.published, 'published record') if quote.published else ''}</footer></blockquote>"
        for quote in shown
    )


def quotations(shown: Sequence[Quote], *, first: int = 5) -> None:
    """Draw quotations; those after the first ones are folded away."""
    st.html(quotes_html(shown[:first]))
    if len(shown) > first:
        more = f"Show {count(len(shown) - first, 'more quotation')}"
        st.html(f'<details class="wf"><summary>{esc(more)}</summary>{quotes_html(shown[first:])}</details>')


def proofs(groups: Sequence[ProofGroup], *, first: int = 8) -> None:
    """Draw sums with their quotations, grouped by item of the answer; those after the first ones are folded away."""
    left, opened, folded = first, [], []
    for group in groups:
        opened.append(_group(group, group.proofs[:left]))
        folded.append(_group(group, group.proofs[left:]))
        left = max(0, left - len(group.proofs))
    st.html("".join(opened))
    rest = sum(len(group.proofs) for group in groups) - first
    if rest > 0:
        said = f"Show {rest:,} more {'figure' if rest == 1 else 'figures'}"
        st.html(f'<details class="wf"><summary>{esc(said)}</summary>{"".join(folded)}</details>')


def _group(group: ProofGroup, shown: Sequence[Proof]) -> str:
    if not shown:
        return ""
    heading = f"<h3>{esc(group.heading)}</h3>" if group.heading else ""
    items = "".join(
        f'<div class="wf-proof"><p><strong>{esc(proof.figure)}</strong> {esc(proof.about)}</p>'
        f"{quotes_html(proof.quotes)}</div>"
        for proof in shown
    )
    return f'<div class="wf">{heading}{items}</div>'


def visits(shown: Sequence[Visited]) -> None:
    """Draw the questions of this visit with short answers."""
    st.html(list_html((each.words, each.href, each.answer) for each in shown))


def suggestions(shown: Sequence[Suggestion]) -> None:
    """Draw suggested questions that have answers."""
    st.html(list_html((each.words, each.href, each.answer) for each in shown))


def check_notes(shown: Iterable[CheckNote]) -> None:
    """Draw the checks that concern an answer."""
    for check in shown:
        card(check.heading, check.message, shade=SHADE[check.verdict])


def steps(shown: Iterable[Step]) -> None:
    """Draw a list of steps, such as the earlier and later decisions on the same money."""
    items = "".join(
        f"<li>{esc(step.words)} {link(step.href, step.name)}"
        f"{f' <span class=wf-note>({esc(step.note)})</span>' if step.note else ''}</li>"
        for step in shown
    )
    st.html(f'<ul class="wf wf-list">{items}</ul>')


def table(shown: Table, *, label: str, key: str, file: str = "") -> None:
    """Draw a table; a long one shows its first rows until asked; with a file name it can be downloaded as CSV."""
    whole = st.session_state.get(f"{key}:all", False) or len(shown.rows) <= ROWS_SHOWN
    rows = shown.rows if whole else shown.rows[:ROWS_PRINTED]
    first = None if whole else ROWS_SHOWN
    st.html(table_html(Table(shown.columns, rows, shown.numeric, shown.caption), label=label, first=first))
    if not whole:
        st.button(
            f"Show all {len(shown.rows):,} rows", key=f"{key}:more",
            on_click=lambda: st.session_state.update({f"{key}:all": True}),
        )  # fmt: skip
    if file:
        download("Download as CSV", table_csv(shown), file, key=f"{key}:csv")


def download(label: str, text: str, file: str, *, key: str, mime: str = "text/csv") -> None:
    """Draw a download button; the file begins with a byte order mark, so that spreadsheets read CSV as UTF-8."""
    data = ("\ufeff" + text if mime == "text/csv" else text).encode("utf-8", "replace")
    st.download_button(label, data, file_name=file, mime=mime, key=key, on_click="ignore")


def download_when_asked(label: str, make: Callable[[], bytes], file: str, *, key: str, mime: str = "text/csv") -> None:
    """Draw a download button whose file is made when the button is pressed."""
    st.download_button(label, make, file_name=file, mime=mime, key=key, on_click="ignore")


def html_links(shown: Iterable[tuple[str, str]], *, most: int = 12, row: bool = False) -> str:
    """Return the first links as an HTML list, below each other or in a row."""
    items = "".join(f"<li>{link(href, words)}</li>" for href, words in list(shown)[:most])
    return f'<ul class="wf {"wf-row" if row else "wf-list"}">{items}</ul>'
