"""The way from a question's text to its answer, over a build or anything with a store and names."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from graph.ask.answer import answer
from graph.ask.facts import Facts
from graph.ask.fit import fitted
from graph.ask.link import MAX_CHARACTERS, LinkedQuestion, clean, link, tokens_of
from graph.ask.question import Question
from graph.ask.read import read
from graph.ask.result import Answer, Status
from graph.ask.words import stem, stems_of
from graph.model import Passage, Record
from graph.names.index import NameIndex
from graph.settings import Settings
from graph.stores.store import Store

#: a question of more words is none; patterns over it would take too long
MOST_WORDS = 90

log = logging.getLogger(__name__)


@runtime_checkable
class BuildLike(Protocol):
    """What asking needs of a build: its graph, and what was read from each document."""

    def store(self) -> Store: ...
    def records(self) -> tuple[Record, ...]: ...


_FACTS: WeakKeyDictionary[object, Facts] = WeakKeyDictionary()
_NAMES: dict[Path, NameIndex] = {}


def facts_of(source: object, *, settings: Settings | None = None, names: NameIndex | None = None) -> Facts:
    """Return the facts of a build (kept for as long as it lives), or of Facts themselves."""
    if isinstance(source, Facts):
        return source
    if source not in _FACTS:
        if not isinstance(source, BuildLike):
            raise TypeError(f"{type(source).__name__} is no build: it needs store() and records()")
        build = source
        known = names or _names(settings or Settings())
        _FACTS[source] = Facts(build.store(), known, lambda: _passages(build), getattr(build, "path", None))
    return _FACTS[source]


def _names(settings: Settings) -> NameIndex:
    from graph.registry import load_registry

    folder = settings.data / "registry"
    if folder not in _NAMES:
        _NAMES[folder] = NameIndex(load_registry(folder))
    return _NAMES[folder]


def _passages(build: BuildLike) -> Iterator[tuple[str, Passage]]:
    for record in build.records():
        for passage in record.passages:
            yield record.document, passage


def answer_question(
    text: str,
    source: object,
    *,
    settings: Settings | None = None,
    names: NameIndex | None = None,
    previous: Question | None = None,
) -> Answer:
    """Answer a question.

    Args:
        text: The question as typed.
        source: A build, or Facts.
        settings: Where the registry and the exemplars lie; the project's own where None.
        names: The index of names, where the caller holds one.
        previous: The question before, for a follow-up ("and in 2024/25?").

    Returns:
        An answer with one of the four statuses; a text that is no question gets `not_understood`.
    """
    facts = facts_of(source, settings=settings, names=names)
    plain = clean(text[: MAX_CHARACTERS * 4])
    if len(plain) > MAX_CHARACTERS:
        return Answer(
            plain[:200] + "…",
            Status.NOT_UNDERSTOOD,
            f"The question is longer than {MAX_CHARACTERS} characters; ask it in a sentence or two.",
        )
    if not any(c.isalnum() for c in plain):
        return Answer(
            plain,
            Status.NOT_UNDERSTOOD,
            "There is no question here. Ask, for example, 'who funds Drive in West Mercia'.",
        )
    if len(plain.split()) > MOST_WORDS:
        why = f"The question has more than {MOST_WORDS} words; ask it in a sentence or two."
        return Answer(plain[:200] + "…", Status.NOT_UNDERSTOOD, why)
    question = read_question(plain, facts, settings=settings, previous=previous)
    given = answer(question, facts)
    log.info("asked kind=%s status=%s confidence=%.2f", question.asks, given.status, given.confidence)
    return given


def read_question(
    text: str, facts: Facts, *, settings: Settings | None = None, previous: Question | None = None
) -> Question:
    """Return the typed question: by rules, or where they don't settle it by the nearest exemplar."""
    linked = link(
        text,
        facts.names,
        known_references=facts.references,
        brought=facts.unverified,
        people=tuple(dict.fromkeys(facts.office_holders.values())),
    )
    question = read(linked)
    question = fitted(question, facts)
    settings = settings or Settings()
    if settings.llm_endpoint and not question.cued:
        from graph.ask.llm import plan

        question = plan(question, linked, settings)
    if previous is not None:
        from graph.ask.session import follow_up

        question = follow_up(previous, question, linked)
    if not question.cued and question.settled_by == "rules" and _is_sentence(linked):
        question = _by_exemplar(question, linked, settings)
    return question


def _is_sentence(linked: LinkedQuestion) -> bool:
    """Whether there is more than names: keywords are an amount or a definition by themselves."""
    words = [word for word in linked.masked.split() if not tokens_of(word)]
    return len(words) >= 2 and bool(linked.of("org", "prog", "place", "area", "fund", "ref"))


def _by_exemplar(question: Question, linked: LinkedQuestion, settings: Settings) -> Question:
    from graph.ask.exemplars import nearest

    found = nearest(linked, settings)
    if found is None:
        return question
    exemplar, score = found
    explained = stems_of(exemplar.text)
    topic = tuple(word for word in question.topic if stem(word) not in explained)
    return question.but(asks=exemplar.asks, settled_by="exemplar", confidence=round(score, 2), topic=topic)
