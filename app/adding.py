"""The batches of added documents that this app process holds, so that a page can be left, reloaded and reopened."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import streamlit as st

from app.components.url_state import given
from app.people.here import may_see

if TYPE_CHECKING:
    from ingest.batch import Batch

KEPT = 8  #: batches in memory of one person; of all visitors where nobody signs in
PARAMETER = "batch"  #: in the URL
CURRENT = "add:batch"  #: in the session
_HOLDING = threading.Lock()  #: of the visitor whose batch is put with the others


@st.cache_resource(show_spinner=False)
def _held() -> dict[str, Batch]:
    return {}


def current() -> Batch | None:
    """Return the batch named in the URL, else the batch of this visit, else None; the URL is updated to name it."""
    batch = _seen(given(PARAMETER)) or _seen(st.session_state.get(CURRENT, ""))
    if batch is not None:
        st.session_state[CURRENT] = batch.id
        if given(PARAMETER) != batch.id:
            st.query_params[PARAMETER] = batch.id
    elif given(PARAMETER):
        del st.query_params[PARAMETER]
    return batch


def _seen(id: str) -> Batch | None:
    """Return the batch with this id if the person at this page may see it; else None."""
    batch = _held().get(id)
    return batch if batch is not None and may_see(batch.owner) else None


def hold(batch: Batch, *, owner: str = "") -> None:
    """Hold a batch and make it the current one.

    If the owner has too many, published ones are dropped first, then old ones.
    """
    held = _held()
    batch.owner = owner
    with _HOLDING:
        others = sorted((each for each in held.values() if each.owner == owner), key=_is_needed)
        held[batch.id] = batch
        for old in others[: max(0, len(others) + 1 - KEPT)]:
            old.stop()
            held.pop(old.id, None)
    st.session_state[CURRENT] = batch.id
    st.query_params[PARAMETER] = batch.id


def _is_needed(batch: Batch) -> bool:
    from ingest.batch import Stage

    return batch.stage is not Stage.PUBLISHED


def drop(batch: Batch) -> None:
    """Drop a batch."""
    batch.stop()
    with _HOLDING:
        _held().pop(batch.id, None)
    st.session_state.pop(CURRENT, None)
    st.query_params.pop(PARAMETER, None)
