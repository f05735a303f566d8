"""Answers, search, queries and exports from the current build."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from app.resources.build import Ground, ground, names
from app.resources.stated import ledger, some_flows_in, things_in
from graph.memory import paused_garbage_collection

if TYPE_CHECKING:
    from app.links import Asking, Changes
    from app.viewmodels.typed_ahead import TypedAhead
    from graph.ask import Answer
    from graph.ask.answerable import Answerable
    from graph.ask.language.terms import Form
    from graph.ask.rereading import Change
    from graph.builds.build import Build
    from graph.exports.source import Source
    from graph.model import Entity
    from graph.search.index import Filters, Hit, PassageIndex
    from graph.stated.flows import StatedFlow


def answer(asking: Asking) -> Answer:
    """Return the answer to a question, with the changes to its reading and after its earlier questions."""
    now = ground()
    return _answer(now.id, asking, now)


@st.cache_resource(show_spinner=False, max_entries=200)
def _answer(build_id: str, asking: Asking, _now: Ground) -> Answer:
    from graph.ask.rereading import Before, answer_as_changed

    known = things_in(build_id, _now)
    return answer_as_changed(
        asking.question, _now.build, settings=_now.settings, names=names(), changes=_made(asking.changes, known),
        before=tuple(Before(each.question, _made(each.changes, known)) for each in asking.after),
    )  # fmt: skip


def _made(changes: Changes, known: Mapping[str, tuple[Entity, int]]) -> tuple[Change, ...]:
    from graph.ask.rereading import Change

    return tuple(Change(part, known[value][0] if value in known else value) for part, value in changes)


def answered_beside(asking: Asking) -> Mapping[str, Answerable]:
    """Return other questions about the same set of things that have an answer, by the name of what they look for."""
    now = ground()
    return _beside(now.id, asking, now)


@st.cache_resource(show_spinner=False, max_entries=200)
@paused_garbage_collection()
def _beside(build_id: str, asking: Asking, _now: Ground) -> Mapping[str, Answerable]:
    from graph.ask.answerable import also_answered

    form = _answer(build_id, asking, _now).form
    return also_answered(form, _now.facts) if form is not None else {}


def is_answered(form: Form) -> bool:
    """Return True if a form, which is not read again from words, has an answer."""
    from graph.ask.answerable import answerable

    return answerable(form, ground().facts) is not None


def prepare_asking() -> None:
    """Load what every first question needs, so that nobody has to wait.

    Three questions are asked: the second sorts all money, which loads the rest of pyarrow and the totals; the third is
    answered with a sentence, for which documents are read. What is answered besides is looked for as the page does.
    """
    from graph.ask import answer_question
    from graph.ask.answerable import also_answered

    now = ground()
    for question in ("who funds what", "who gets the most money", "why was the grant of 2023/24 approved"):
        given = answer_question(question, now.build, settings=now.settings, names=names())
        if given.form is not None:
            also_answered(given.form, now.facts)


def typed_ahead() -> TypedAhead:
    """Return suggestions for a question being typed: names of the graph, and questions about them with their forms."""
    now = ground()
    return _typed_ahead(now.id, now)


@st.cache_resource(show_spinner=False, max_entries=2)
def _typed_ahead(build_id: str, _now: Ground) -> TypedAhead:
    from app.viewmodels.typed_ahead import typed_ahead as made

    return made(things_in(build_id, _now).values(), some_flows_in(_now))


def search(text: str, limit: int, filters: Filters) -> tuple[Hit, ...]:
    """Return passages by meaning and words; the language model loads at the first call."""
    now = ground()
    return _search(now.id, text, limit, filters, now.build)


@st.cache_resource(show_spinner=False, max_entries=100)
def _search(build_id: str, text: str, limit: int, filters: Filters, _build: Build) -> tuple[Hit, ...]:
    return tuple(_index(build_id, _build).search(text, limit, filters))


@st.cache_resource(show_spinner=False, max_entries=2)
def _index(build_id: str, _build: Build) -> PassageIndex:
    return _build.search()


def sparql(query: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the columns and rows of a read-only SPARQL query.

    Raises:
        RefusedQuery: The query is not allowed or fails.
    """
    from graph.stores.sparql import run_read_only

    result = run_read_only(ground().store, query)
    return result.variables, tuple(tuple(text or "" for text in row) for row in result.rows)


def export(form: str) -> bytes:
    """Return a file of the whole graph in a format of `whofunds export`.

    "csv:facts" is the facts table of the CSV export; "360giving:rest" the grants that the standard's schema rejects.
    """
    from app.commands.export import file_content
    from graph.export import ExportFormat, Request, Table, exported

    form, _, part = form.partition(":")
    table = Table(part) if form == ExportFormat.CSV and part else Table.SUMS
    made = exported(_source(), Request(ExportFormat(form), table=table))
    return made.rest.encode() if part == "rest" else file_content(form, made.content)


def flows_csv(flows: Sequence[StatedFlow], subject: Entity | None) -> bytes:
    """Return some flows as CSV in the form of `whofunds export --format csv`, counted for a thing or for all money."""
    from app.commands.export import file_content
    from graph.export import ExportFormat, csv_of

    return file_content(ExportFormat.CSV, csv_of(_source(), flows, subject).encode())


def _source() -> Source:
    """Return the input of exports: the store of the current build and the ledger that pages use."""
    from graph.exports.source import Source
    from ingest.published.files import held_published

    now = ground()
    records = [record for file in held_published(now.settings) for record in file.records]
    return Source(now.store, now.build.path, now.build.created, ledger=ledger(), published=records)
