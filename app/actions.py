"""The actions of people in the app that change something for others: each checks a role and records who acted.

Pages and components change nothing except through this module; a test checks their code for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ParamSpec

import streamlit as st

from app import adding
from app.people.here import NotAllowed, acting, guarded, may_see, require, who
from app.people.roles import Role
from graph.audit import Event, record
from graph.builds.build import Build
from graph.builds.workspace import Workspace
from graph.corrections.correction import Correction
from ingest import correcting
from ingest.batch import Batch
from ingest.columns.kept import Kept
from ingest.published import files as published
from ingest.repairing import RepairReport, repair
from ingest.review import Review

if TYPE_CHECKING:
    from ingest.fetch.for_review import Fetching

Given = ParamSpec("Given")
CORRECTING, PREPARING, PUBLISHING = "correcting", "preparing documents", "publishing documents"
GOING_BACK, REPAIRING = "going back to an earlier build", "repairing the workspace"
ASKED = "audit:asked"  #: in the session: the question that was written down last


def name_of_person() -> str:
    """Return the name of the signed-in person; "" if nobody signs in, so that the page asks for a name."""
    return who().label


def correct(correction: Correction) -> correcting.CorrectionReport:
    """Publish a correction. A signed-in person's own name replaces the name in it.

    Raises:
        NotAllowed: The person is not an editor.
        CorrectionRefused: The correction would change nothing.
    """
    person = require(Role.EDITOR, CORRECTING)
    made = replace(correction, who=person.label) if person.label else correction
    return correcting.correct([made], acting(person))


def roll_back(passed_over: list[str]) -> Build:
    """Make the newest intact build before the current one current.

    A line for each damaged one is added to `passed_over`.
    """
    settings = acting(require(Role.PUBLISHER, GOING_BACK))
    return Workspace(settings.workspace, settings=settings).rollback(passed_over)


def repair_workspace() -> RepairReport:
    """Restore missing or damaged parts of the workspace."""
    return repair(acting(require(Role.PUBLISHER, REPAIRING)))


def read_files(files: Sequence[tuple[str, bytes]]) -> Batch:
    """Start to read files for review; return their batch."""
    person = require(Role.EDITOR, PREPARING)
    batch = Batch(files, acting(person))
    batch.review.who = person.label
    adding.hold(batch, owner=person.identity)
    return batch


def begin_fetch(address: str, *, linked: bool) -> Fetching:
    """Start to fetch published decisions from an address.

    Raises:
        WrongWish: The text is not a web address.
    """
    from ingest.fetch.for_review import Fetching, fetch_for_review

    settings = acting(require(Role.EDITOR, PREPARING))
    return Fetching(address, lambda tell: fetch_for_review(address, settings, linked=linked, tell=tell))


def read_fetched(fetching: Fetching) -> tuple[Batch | None, tuple[str, ...]]:
    """Start to read fetched files; return their batch, None if nothing was fetched, and messages for the person.

    Raises:
        WhofundsError: The fetch failed.
    """
    person = require(Role.EDITOR, PREPARING)
    fetched = fetching.result()
    if not fetched.files:
        return None, fetched.notes
    batch = Batch(fetched.files, acting(person), fetched.origins)
    batch.review.who = person.label
    adding.hold(batch, owner=person.identity)
    return batch, fetched.notes


def add_published(files: Sequence[tuple[str, bytes]]) -> tuple[dict[str, int], list[str]]:
    """Store published data beside the decisions.

    Return the number of records per file, and a line per file left out.
    """
    read, faults = published.add_files(files, acting(require(Role.PUBLISHER, PUBLISHING)))
    return {file.name: len(file.records) for file in read}, faults


def publish(batch: Batch) -> None:
    """Start to publish a batch, in the name of the person at this page."""
    person = require(Role.PUBLISHER, PUBLISHING)
    _require_own(batch)
    batch.publish(acting(person))


def read_again(batch: Batch, name: str, columns: Kept) -> None:
    """Read a spreadsheet of a batch again with the column roles that a person chose."""
    require(Role.EDITOR, PREPARING)
    _require_own(batch)
    batch.read_again(name, columns)


def on_batch(batch: Batch, call: Callable[Given, object]) -> Callable[Given, None]:
    """Return a button's callback for a batch (stop, read the rest, drop it) that first checks who may see the batch."""

    def checked(*given: Given.args, **named: Given.kwargs) -> None:
        _require_own(batch)
        call(*given, **named)

    return guarded(Role.EDITOR, PREPARING, checked)


def on_review(review: Review, call: Callable[Given, object]) -> Callable[Given, None]:
    """Return a widget's callback for documents under review that adds the person to the reviewers' names."""

    def checked(*given: Given.args, **named: Given.kwargs) -> None:
        if (label := who().label) and label not in review.who.split("; "):
            review.who = f"{review.who}; {label}".strip("; ")
        call(*given, **named)

    return guarded(Role.EDITOR, PREPARING, checked)


def noted_export(what: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return a function that makes the file and logs that the person took it; it can be called outside a page."""
    settings = acting(who())

    def noted() -> bytes:
        content = make()
        record(settings, Event.EXPORT, what=what)
        return content

    return noted


def note_question(question: str) -> None:
    """Write a question into the audit log if the settings ask for it, once per visit."""
    settings = acting(who())
    if settings.audit_questions and st.session_state.get(ASKED) != question:
        st.session_state[ASKED] = question
        record(settings, Event.QUESTION, question=question)


def _require_own(batch: Batch) -> None:
    if not may_see(batch.owner):
        raise NotAllowed("these documents are under review by another person; only they and publishers may see them")
