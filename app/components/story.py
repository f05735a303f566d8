"""Draw the story of a thing: sentences, a picture by year and body, and each decision with its effects."""

from __future__ import annotations

import streamlit as st

from app.components import cards
from app.components.html import esc, link
from app.viewmodels.story import ChapterView, Said, StoryView, TieView
from app.viewmodels.story_picture import Band, Mark, Row

YEARS_SHOWN = 4
DEEDS_SHOWN = 6


def draw_opening(view: StoryView) -> None:
    """Draw the opening sentences of the story."""
    st.html("".join(f'<p class="wf wf-text">{esc(sentence)}</p>' for sentence in view.opening))


def draw_story(view: StoryView) -> None:
    """Draw the picture and the decisions by year; of many years only the first are open."""
    if view.rows:
        st.html(_picture(view))
    cards.note(view.sureness)
    lists = [
        f"<h3>{esc(year)}</h3><ol class=wf-time>{''.join(_chapter(chapter) for chapter in chapters)}</ol>"
        for year, chapters in view.chapters
    ]
    shown, rest = lists[:YEARS_SHOWN], lists[YEARS_SHOWN:]
    more = sum(len(chapters) for _, chapters in view.chapters[YEARS_SHOWN:])
    folded = (
        f"<details><summary>Show {more:,} later {'decision' if more == 1 else 'decisions'}</summary>{''.join(rest)}"
        "</details>"
        if rest
        else ""
    )
    st.html(f'<div class="wf" id="decisions">{"".join(shown)}{folded}</div>')


def _picture(view: StoryView) -> str:
    heads = "".join(f"<li>{esc(year)}</li>" for year in view.years)
    rows = "".join(_row(row) for row in view.rows)
    has_star = any(band.label.endswith("*") for row in view.rows for band in row.bands)
    starred = " * Money without a stated year, in the year of its decision." if has_star else ""
    return (
        f'<div class="wf wf-scroll" role="region" tabindex="0" aria-label="Money and decisions by year and body">'
        f'<div class="wf-picture" style="--years:{len(view.years)}"><ol class="wf-years">{heads}</ol>{rows}</div></div>'
        '<p class="wf wf-note">Bands are money, over the years that it is for; striped bands are sums for several '
        f"programmes together, in no total. Dots are decisions.{starred}</p>"
    )


def _row(row: Row) -> str:
    marks = "".join(_mark(mark) for mark in row.marks)
    bands = "".join(_band(band) for band in row.bands)
    return (
        f'<p class="wf-body">{esc(row.name)}</p><ul class="wf-dots">{marks}</ul>'
        f"{f'<ul class=wf-spans>{bands}</ul>' if bands else ''}"
    )


def _mark(mark: Mark) -> str:
    return (
        f'<li style="grid-column:{mark.column + 1}" title="{esc(mark.says)}">'
        f"{link_html(mark.href, mark.says, mark.label)}</li>"
    )


def link_html(href: str, says: str, label: str) -> str:
    """Return a link with a short label; screen readers read the full words in `says`."""
    named = says if label in says else f"{label}: {says}"  # what is seen is part of what is heard
    inside = "" if href.startswith("#") else ' class="wf-link"'
    return f'<a{inside} href="{esc(href)}" aria-label="{esc(named)}">{esc(label)}</a>'


def _band(band: Band) -> str:
    place = f"grid-column:{band.first + 1}/{band.last + 2};grid-row:{band.lane + 1}"
    return (
        f'<li class="{"wf-joint" if band.faint else ""}" style="{place}" title="{esc(band.says)}">'
        f"{link_html(band.href, band.says, band.label)}</li>"
    )


def _chapter(view: ChapterView) -> str:
    title = f"{esc(view.title)}<br>" if view.title else ""
    about = ", ".join(part for part in (view.body, view.when or "not dated") if part)
    said = [_said(deed) for deed in view.deeds]
    deeds = "".join(f"<li>{each}</li>" for each in said[:DEEDS_SHOWN])
    if len(said) > DEEDS_SHOWN:
        deeds += f"<li>{link(view.href, f'and {len(said) - DEEDS_SHOWN} more')}</li>"
    parts = [
        f"<ul class=wf-list>{deeds}</ul>" if deeds else "",
        f"<p class=wf-note>{esc(view.remark)}</p>" if view.remark else "",
        *(_tie(tie) for tie in view.ties),
    ]
    return (
        f"<li><strong>{link(view.href, view.caption)}</strong>{title}<span class=wf-note>{esc(about)}</span>"
        f"{''.join(parts)}</li>"
    )


def _said(said: Said) -> str:
    mark = f'<span class="wf-note">({esc(said.mark)})</span>' if said.mark else ""
    return " ".join(part for part in (esc(said.before), link(said.href, said.figure), esc(said.after), mark) if part)


def _tie(tie: TieView) -> str:
    quote = f" {link(tie.at, f'“{tie.quote}”')}" if tie.quote else ""
    return f"<p class=wf-note>{esc(tie.words)} {link(tie.href, tie.name)}.{quote}</p>"
