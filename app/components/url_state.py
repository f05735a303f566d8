"""Widgets whose value is stored in the URL, so that every view can be sent, bookmarked and returned to.

Streamlit's own binding refuses links between two views of one page, of which this app has many; hence this module. A
value in the URL that is not among the options counts as no value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st


def given(parameter: str) -> str:
    """Return the value of a URL parameter; "" if it has none."""
    return st.query_params.get(parameter, "")


def choose(
    label: str,
    options: Sequence[str],
    *,
    page: str,
    parameter: str,
    shown: Callable[[str], str] = str,
    placeholder: str = "Choose",
    nothing: bool = True,
    default: str = "",
) -> str:
    """Draw a select box; return the chosen option, "" for none."""
    key = _from_url(page, parameter, lambda values: next((each for each in values if each in options), default or None))
    chosen = st.selectbox(
        label, options, index=None if nothing else 0, key=key, format_func=shown, placeholder=placeholder
    )  # fmt: skip
    _to_url(page, parameter, [] if chosen is None or chosen == default else [chosen])
    return chosen or ""


def choose_counted(label: str, counts: Mapping[str, int], *, page: str, parameter: str) -> str:
    """Draw a select box of values with their counts; return the chosen value, "" for all.

    Browsers identify an option by its label, which contains the count. So the box is replaced when counts change, and
    the chosen value is stored separately.
    """
    kept = _from_url(page, parameter, lambda values: next((each for each in values if each in counts), ""))
    words = {value: f"{value[:1].upper()}{value[1:]} ({number:,})" for value, number in counts.items()}
    values = list(counts)
    box = f"{kept}:{hash(tuple(words.values()))}"
    now = st.session_state[kept]
    st.selectbox(
        label, values, index=values.index(now) if now in counts else None, key=box, format_func=words.__getitem__,
        placeholder="All", on_change=lambda: st.session_state.update({kept: st.session_state[box] or ""}),
    )  # fmt: skip
    chosen = str(st.session_state[kept] or "")
    _to_url(page, parameter, [chosen] if chosen else [])
    return chosen


def choose_many(
    label: str,
    options: Sequence[str],
    *,
    page: str,
    parameter: str,
    shown: Callable[[str], str] = str,
    placeholder: str = "All",
) -> list[str]:
    """Draw a box for several options; return the chosen ones."""
    key = _from_url(page, parameter, lambda values: [value for value in values if value in options])
    chosen = st.multiselect(label, options, key=key, format_func=shown, placeholder=placeholder)
    _to_url(page, parameter, chosen)
    return chosen


def switch(label: str, *, page: str, parameter: str) -> bool:
    """Draw a check box that is stored in the URL as "yes"; return True if it is ticked."""
    key = _from_url(page, parameter, lambda values: values == ["yes"])
    chosen = st.checkbox(label, key=key)
    _to_url(page, parameter, ["yes"] if chosen else [])
    return chosen


def value_now(page: str, parameter: str) -> str:
    """Return the value that a widget of this page will have once it is drawn; "" for none."""
    key, values = f"{page}:{parameter}", st.query_params.get_all(parameter)
    if key in st.session_state and st.session_state.get(f"seen:{key}") == values:
        value = st.session_state[key]
        return value if isinstance(value, str) else "yes" if value is True else ""
    return values[0] if values else ""


def _from_url(page: str, parameter: str, read: Callable[[list[str]], object]) -> str:
    """Set a widget's value from the URL if the URL changed or the widget is new; return the widget's key."""
    key, seen = f"{page}:{parameter}", f"seen:{page}:{parameter}"
    values = st.query_params.get_all(parameter)
    if key not in st.session_state or st.session_state.get(seen) != values:
        st.session_state[key] = read(values)
        st.session_state[seen] = values
    return key


def _to_url(page: str, parameter: str, values: list[str]) -> None:
    if values != st.query_params.get_all(parameter):
        if values:
            st.query_params[parameter] = values
        elif parameter in st.query_params:
            del st.query_params[parameter]
        st.session_state[f"seen:{page}:{parameter}"] = list(values)


def entered(
    label: str, button: str, *, page: str, parameter: str, longest: int, placeholder: str = "",
    clears: Sequence[str] = (),
) -> str:  # fmt: skip
    """Draw a text box with its button; return the submitted words, stripped, "" for none.

    Submitting also removes the URL parameters named in `clears`.
    """
    with st.form(f"{page}:form", border=False):
        box, side = st.columns([5, 1], vertical_alignment="bottom")
        key = _from_url(page, parameter, lambda values: values[0][:longest] if values else "")
        typed = box.text_input(label, key=key, max_chars=longest, placeholder=placeholder, autocomplete="off")
        sent = side.form_submit_button(button, type="primary", width="stretch")
    if sent:
        words = (typed or "").strip()
        for name in clears:
            st.query_params.pop(name, None)
        _to_url(page, parameter, [words] if words else [])
        return words
    return given(parameter).strip()[:longest]
