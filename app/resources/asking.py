"""Answers, search, queries and exports of the current build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from app.resources.build import Ground, ground, names
from app.resources.stated import things_in

if TYPE_CHECKING:
    from app.links import Asking, Changes
    from graph.ask import Answer
    from graph.ask.rereading import Change
    from graph.builds.workspace import Build
    from graph.model import Entity
    from graph.search.index import Filters, Hit, PassageIndex


def answer(asking: Asking) -> Answer:
    """Return the answer to a question, read as its changes say and after the questions before it."""
    now = ground()
    return _answer(now.id, asking, now)


@st.cache_resource(show_spinner=False, max_entries=200)
def _answer(build_id: str, asking: Asking, _now: Ground) -> Answer:
    from graph.ask import answer_question
    from graph.ask.rereading import Before, answer_as_changed

    if not asking.after and not asking.changes:
        return answer_question(asking.question, _now.build, settings=_now.settings, names=names())
    known = things_in(build_id, _now.store)
    return answer_as_changed(
        asking.question, _now.build, settings=_now.settings, names=names(), changes=_made(asking.changes, known),
        before=tuple(Before(each.question, _made(each.changes, known)) for each in asking.after),
    )  # fmt: skip


def _made(changes: Changes, known: Mapping[str, tuple[Entity, int]]) -> dict[str, Change]:
    from graph.ask.rereading import Change

    return {part: Change(part, known[value][0] if value in known else value) for part, value in changes}


def search(text: str, limit: int, filters: Filters) -> tuple[Hit, ...]:
    """Return passages by meaning and words; the model loads at the first call."""
    now = ground()
    return _search(now.id, text, limit, filters, now.build)


@st.cache_resource(show_spinner=False, max_entries=100)
def _search(build_id: str, text: str, limit: int, filters: Filters, _build: Build) -> tuple[Hit, ...]:
    return tuple(_index(build_id, _build).search(text, limit, filters))


@st.cache_resource(show_spinner=False, max_entries=2)
def _index(build_id: str, _build: Build) -> PassageIndex:
    return _build.search()


def sparql(query: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the columns and rows of a read-only query; RefusedQuery where it is none."""
    from graph.stores.sparql import run_read_only

    result = run_read_only(ground().store, query)
    return result.variables, tuple(tuple(text or "" for text in row) for row in result.rows)


def export(form: str) -> str:
    """Return the whole graph in one of the formats of `whofunds export`; "csv:facts" is another table of the CSV."""
    from app.commands.export import exported_as

    form, _, table = form.partition(":")
    return exported_as(form, ground().store, *([table] if table else [])).text
