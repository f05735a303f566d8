"""How a question was read, to be changed: what is looked for, programme, place, years; and a follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app import resources
from app.components import cards, html
from app.links import Asking, ask_link
from app.viewmodels import words
from app.viewmodels.reading import ASKS, also_asked, follow_ups
from graph.model import EntityKind

EDITED = {"programme": EntityKind.PROGRAMME, "place": EntityKind.PLACE}


def draw_reading_form(asking: Asking, reading: Mapping[str, Any]) -> None:
    """Draw the parts of the reading as boxes; what is changed is asked again."""
    with st.expander("Change how it was read"), st.form("ask:reading", border=False):
        kinds = list(ASKS)
        asks = str(reading.get("asks", ""))
        found = {"asks": asks if asks in kinds else ""}
        chosen = {
            "asks": st.selectbox(
                "Looking for", kinds, index=kinds.index(asks) if asks in kinds else None, format_func=ASKS.__getitem__
            )
            or ""
        }
        for part, kind in EDITED.items():
            found[part], chosen[part] = _thing(part, kind, reading.get(part))
        years = sorted({year for stated in resources.every_flow() for year in stated.flow.years}, reverse=True)
        named = reading.get("years") or []
        found["years"] = str(named[0]) if len(named) == 1 and named[0] in years else ""
        chosen["years"] = (
            st.selectbox(
                "Financial year", years, index=years.index(found["years"]) if found["years"] else None,
                placeholder="As asked" if named else "Any",
            )
            or ""
        )  # fmt: skip
        if st.form_submit_button("Ask again"):
            for part, value in chosen.items():
                if value != found[part]:
                    asking = asking.changed(part, value)
            _go(asking)


def _thing(part: str, kind: EntityKind, name: object) -> tuple[str, str]:
    known = {key: entity.name for key, (entity, _) in resources.things().items() if entity.kind is kind}
    keys = sorted(known, key=lambda key: known[key].casefold())
    now = next((key for key in keys if known[key] == name), None)
    chosen = st.selectbox(
        words.THING[kind], keys, index=keys.index(now) if now else None, format_func=known.__getitem__,
        placeholder="Any", key=f"ask:reading:{part}:{now}",
    )  # fmt: skip
    return now or "", chosen or ""


def draw_next(asking: Asking, reading: Mapping[str, Any], years: tuple[str, ...], longest: int) -> None:
    """Draw the box for a follow-up, and what else can be asked."""
    with st.form("ask:follow", border=False, clear_on_submit=True):
        box, side = st.columns([5, 1], vertical_alignment="bottom")
        typed = box.text_input(
            "Ask a follow-up question", max_chars=longest, placeholder="And in another year?", autocomplete="off"
        )
        if side.form_submit_button("Follow up", width="stretch") and (typed or "").strip():
            _go(asking.then(typed.strip()))
    links = [(text, ask_link(asking.then(text)), "") for text in follow_ups(reading, years)]
    links += [(text, ask_link(text), "") for text in also_asked(reading)]
    if links:
        cards.heading("People also ask")
        st.html(html.list_html(links))


def _go(asking: Asking) -> None:
    st.query_params.from_dict(asking.parameters())
    st.rerun()
