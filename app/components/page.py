"""What stands around every page: style, links that keep the visit, scrolling to a paragraph."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).resolve().parent


def style() -> None:
    """Add the style sheet, links in a colour that the theme's paper lets be read."""
    link = "#8cc4f2" if st.context.theme.type == "dark" else "#1d70b8"
    st.html(f"<style>{_text('style.css')}:root {{ --wf-link: {link}; }}</style>")


def follow_links() -> None:
    """Let links inside the app change the page in the same session."""
    component = st.components.v2.component("whofunds_navigation", js=_text("navigation.js"))
    component(key="navigation")


def scroll_to(anchor: str, visit: str) -> None:
    """Bring an element into view, once for each visit's name."""
    component = st.components.v2.component("whofunds_scroll", js=_text("scroll.js"))
    component(key="scroll", data={"anchor": anchor, "visit": visit})


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
