"""Draw passages found by a search, with the words of the query marked."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from app.components.html import esc, link
from app.viewmodels.hits import FoundView, HitView


def draw_hits(views: Iterable[HitView]) -> None:
    """Draw the passages, each with its decision and place."""
    st.html("".join(_hit(view) for view in views))


def draw_found(views: Iterable[FoundView]) -> None:
    """Draw the decisions, each once, with its money and its passages."""
    st.html("".join(_found(view) for view in views))


def _found(view: FoundView) -> str:
    about = f'<p class="wf-note">{esc(view.about)}</p>' if view.about else ""
    passages = "".join(
        f'<div class="wf-hit"><p>{link(each.href, each.place or "The passage")}</p>{_passage(each)}</div>'
        for each in view.passages
    )
    return (
        f'<section class="wf wf-found"><h2>{link(view.href, view.decision)}{_title(view.title)}</h2>'
        f"<p>{esc(view.money)}</p>{about}{passages}</section>"
    )


def _hit(view: HitView) -> str:
    return (
        f'<div class="wf wf-hit"><p><strong>{link(view.href, view.decision)}</strong>{_title(view.title)}</p>'
        f'<p class="wf-note">{esc(view.about)}</p>{_passage(view)}</div>'
    )


def _title(words: str) -> str:
    return f" {esc(words)}" if words else ""


def _passage(view: HitView) -> str:
    passage = "".join(f"<strong>{esc(text)}</strong>" if marked else esc(text) for text, marked in view.parts)
    also = f'<p class="wf-note">{esc(view.also)}</p>' if view.also else ""
    return f"<p>{passage}</p>{also}"
