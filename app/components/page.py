"""Parts common to all pages: style, links that keep the session, scrolling to a paragraph."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

import streamlit as st

from app.components.html import esc
from app.viewmodels.words import date

FOLDER = Path(__file__).resolve().parent


def style() -> None:
    """Add the style sheet, with a link colour that is readable on the theme's background."""
    link = "#8cc4f2" if st.context.theme.type == "dark" else "#1d70b8"
    st.html(f"<style>{_text('style.css')}:root {{ --wf-link: {link}; }}</style>")


def foot() -> None:
    """Add the foot of a printed page: its address and the date."""
    values = st.query_params.to_dict()
    address = (st.context.url or "").partition("?")[0]
    whole = f"{address}?{urlencode(values, quote_via=quote)}" if values else address
    today = datetime.now(UTC).date().isoformat()
    st.html(f'<p class="wf wf-printonly wf-foot">{esc(whole)} · printed on {esc(date(today))}</p>')


def follow_links() -> None:
    """Let links inside the app change the page without a new session."""
    component = st.components.v2.component("whofunds_navigation", js=_text("navigation.js"))
    component(key="navigation")


def scroll_to(anchor: str, visit: str) -> None:
    """Scroll to an element once for each value of `visit`."""
    component = st.components.v2.component("whofunds_scroll", js=_text("scroll.js"))
    component(key="scroll", data={"anchor": anchor, "visit": visit})


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
