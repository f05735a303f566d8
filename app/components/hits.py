"""Passages found by a search, drawn, with the words of the query marked."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from app.components.html import esc, link
from app.viewmodels.hits import HitView


def draw_hits(views: Iterable[HitView]) -> None:
    """Draw the passages, each with its decision and place."""
    st.html("".join(_hit(view) for view in views))


def _hit(view: HitView) -> str:
    title = f" {esc(view.title)}" if view.title else ""
    also = f'<p class="wf-note">{esc(view.also)}</p>' if view.also else ""
    passage = "".join(f"<strong>{esc(text)}</strong>" if marked else esc(text) for text, marked in view.parts)
    return (
        f'<div class="wf wf-hit"><p><strong>{link(view.href, view.decision)}</strong>{title}</p>'
        f'<p class="wf-note">{esc(view.about)}</p><p>{passage}</p>{also}</div>'
    )
