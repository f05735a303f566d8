"""A button that copies text with its formatting and then says "Copied"."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

HTML = '<button type="button" class="wf-button"></button><span class="wf-note wf-said" role="status"></span>'


def copy_button(label: str, *, plain: str, rich: str, key: str) -> None:
    """Draw the button; `plain` is copied as text, `rich` as HTML in which all words are escaped already."""
    component = st.components.v2.component("whofunds_copy", html=HTML, js=_script(), isolate_styles=False)
    component(key=key, width="content", data={"label": label, "plain": plain, "rich": rich})


@cache
def _script() -> str:
    return (Path(__file__).resolve().parent / "copy_button.js").read_text(encoding="utf-8")
