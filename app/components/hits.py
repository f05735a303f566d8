"""Passages found by a search, drawn, with the words of the query marked."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from app.components.html import esc, link
from app.viewmodels.hits import HitView, word_pattern


def draw_hits(views: Iterable[HitView], query: str) -> None:
    """Draw the passages, each with its decision and place."""
    st.html("".join(_hit(view, query) for view in views))


def _hit(view: HitView, query: str) -> str:
    title = f" {esc(view.title)}" if view.title else ""
    also = f'<p class="wf-note">{esc(view.also)}</p>' if view.also else ""
    about = " · ".join(part for part in (view.place, view.about) if part)
    return (
        f'<div class="wf wf-hit"><p><strong>{link(view.href, view.decision)}</strong>{title}</p>'
        f'<p class="wf-note">{esc(about)}</p><p>{_marked(view.passage, query)}</p>{also}</div>'
    )


def _marked(text: str, query: str) -> str:
    pattern = word_pattern(query)
    if pattern is None:
        return esc(text)
    parts = pattern.split(text)  # plain, match, plain, match, ...
    return "".join(f"<strong>{esc(part)}</strong>" if number % 2 else esc(part) for number, part in enumerate(parts))
