"""Answers, search, queries and exports of the current build."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from app.resources.build import ground, names
from app.resources.stated import things

if TYPE_CHECKING:
    from app.links import Asking, Changes
    from graph.ask import Answer
    from graph.ask.rereading import Change
    from graph.search.index import Filters, Hit


def answer(asking: Asking) -> Answer:
    """Return the answer to a question, read as its changes say and after the questions before it."""
    return _answer(ground().id, asking)


@st.cache_resource(show_spinner=False, max_entries=200)
def _answer(build_id: str, asking: Asking) -> Answer:
    from graph.ask import answer_question
    from graph.ask.rereading import Before, answer_as_changed

    now = ground()
    if not asking.after and not asking.changes:
        return answer_question(asking.question, now.build, settings=now.settings, names=names())
    return answer_as_changed(
        asking.question, now.build, settings=now.settings, names=names(), changes=_made(asking.changes),
        before=tuple(Before(each.question, _made(each.changes)) for each in asking.after),
    )  # fmt: skip


def _made(changes: Changes) -> dict[str, Change]:
    from graph.ask.rereading import Change

    return {part: Change(part, things()[value][0] if value in things() else value) for part, value in changes}


def search(text: str, limit: int, filters: Filters) -> tuple[Hit, ...]:
    """Return passages by meaning and words; the model loads at the first call."""
    return _search(ground().id, text, limit, filters)


@st.cache_resource(show_spinner=False, max_entries=100)
def _search(build_id: str, text: str, limit: int, filters: Filters) -> tuple[Hit, ...]:
    return tuple(_index(build_id).search(text, limit, filters))


@st.cache_resource(show_spinner=False, max_entries=2)
def _index(build_id: str) -> Any:
    return ground().build.search()


def sparql(query: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the columns and rows of a read-only query; RefusedQuery where it is none."""
    from graph.stores.sparql import run_read_only

    result = run_read_only(ground().store, query)
    return result.variables, tuple(tuple(text or "" for text in row) for row in result.rows)


def export(form: str) -> str:
    """Return the whole graph in one of the formats of `whofunds export`."""
    from app.commands.export import export_text

    now = ground()
    return export_text(form, now.store, now.settings)
