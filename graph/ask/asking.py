"""The way from a question's text to its answer, over a build or over any graph with an index of names."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

from graph.ask.known.facts import Facts
from graph.ask.language.terms import Form
from graph.ask.reading.candidates import Candidate, candidates, is_bare
from graph.ask.reading.carriers import without_carriers
from graph.ask.reading.follow_up import follow_ups
from graph.ask.reading.link import MAX_CHARACTERS, LinkedQuestion, clean, link
from graph.ask.reading.read import Reading, read
from graph.ask.reading.unknown_names import unknown_names
from graph.ask.result import Answer, Status
from graph.ask.running.draft import Draft
from graph.ask.running.execute import execute
from graph.ask.saying.answer import answered, refused
from graph.ask.saying.ranking import Tried, is_given, probability, says_nothing_is_stated, signs_of, with_sureness
from graph.memory import paused_garbage_collection
from graph.model import Passage, Record
from graph.names.index import NameIndex
from graph.settings import Settings
from graph.stores.store import Store

_NOT_WHO = "The decisions say who funds and who is funded, not who is not."
#: a question of more words is none; looking for it would take too long
MOST_WORDS = 90

log = logging.getLogger(__name__)


@runtime_checkable
class BuildLike(Protocol):
    """What asking needs of a build: its graph, and what was read from each document."""

    def store(self) -> Store:
        """Return the graph, opened for reading."""

    def records(self) -> tuple[Record, ...]:
        """Return the record of every document."""


_FACTS: WeakKeyDictionary[object, Facts] = WeakKeyDictionary()
_NAMES: dict[Path, NameIndex] = {}


def facts_of(source: object, *, settings: Settings | None = None, names: NameIndex | None = None) -> Facts:
    """Return the facts of a build, kept for as long as the build lives; a `Facts` object is returned as it is."""
    if isinstance(source, Facts):
        return source
    if source not in _FACTS:
        if not isinstance(source, BuildLike):
            raise TypeError(f"{type(source).__name__} is no build: it needs store() and records()")
        build, settings = source, settings or Settings()
        known = names or _names(settings)
        _FACTS[source] = Facts(build.store, known, lambda: _passages(build), getattr(build, "path", None))
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
    after: Sequence[str] = (),
) -> Answer:
    """Return the answer to a question in everyday words.

    Args:
        text: The question as typed.
        source: A build, or Facts.
        settings: Where the word lists and fitted weights lie; the project's own where None.
        names: The index of names, where the caller has one already; else it is made from the registry.
        after: The earlier questions of the conversation that this one follows up, oldest first.

    Returns:
        An answer with one of the four statuses; a text that is no question gets `not_understood`.
    """
    facts, settings = facts_of(source, settings=settings, names=names), settings or Settings()
    before: Form | None = None
    for earlier in after:
        before = form_of(earlier, facts, settings=settings, before=before)
    return answer_after(text, before, facts, settings)


def answer_after(text: str, before: Form | None, facts: Facts, settings: Settings) -> Answer:
    """Return the answer to a question that may follow up an earlier one.

    Args:
        text: The question as typed.
        before: The form that the earlier question was read as; None without an earlier question.
        facts: The graph.
        settings: Where the word lists and fitted weights lie.
    """
    plain = clean(text[: MAX_CHARACTERS * 4])
    why = _no_question(plain)
    if why:
        return Answer(plain[:200] + ("…" if len(plain) > 200 else ""), Status.NOT_UNDERSTOOD, why)
    with paused_garbage_collection():  # what is said beside an answer may make as many sums as the forms do
        trial = try_forms(plain, facts, settings=settings, before=before)
        given = chosen(trial, facts, settings)
    log.info(
        "asked form=%s status=%s probability=%.2f",
        given.form and type(given.form).__name__,
        given.status,
        given.probability,
    )
    return given


def _no_question(plain: str) -> str:
    """Return the reason why a text cannot be taken as a question, in a sentence; "" where it can."""
    if len(plain) > MAX_CHARACTERS:
        return f"The question is longer than {MAX_CHARACTERS} characters; ask it in a sentence or two."
    if not any(c.isalnum() for c in plain):
        return "There is no question here. Ask, for example, 'who funds Drive in West Mercia'."
    if len(plain.split()) > MOST_WORDS:
        return f"The question has more than {MOST_WORDS} words; ask it in a sentence or two."
    return ""


def form_of(text: str, facts: Facts, *, settings: Settings, before: Form | None = None) -> Form | None:
    """Return the form that a question is most likely read as, even if it is too unlikely to be answered.

    None if no form fits.
    """
    plain = clean(text[: MAX_CHARACTERS * 4])
    if _no_question(plain):
        return before
    tried = try_forms(plain, facts, settings=settings, before=before).tried
    typed = [each for each in tried if not each.candidate.asks.startswith("quote")]
    best = (typed or tried)[:1]
    return best[0].candidate.form if best else before


class Trial(NamedTuple):
    """A question's reading, and the result of executing each form that it may mean."""

    reading: Reading
    tried: list[Tried]  #: those with an answer, the most probable first
    empty: list[Candidate]  #: those on which nothing is recorded, the likeliest first


def try_forms(text: str, facts: Facts, *, settings: Settings, before: Form | None = None) -> Trial:
    """Return the reading of a question with the forms that it may mean, each executed over the graph.

    Args:
        text: The question, cleaned by `link.clean`.
        facts: The graph.
        settings: Where the word lists and fitted weights lie.
        before: The form of the question that this one follows up; None for a question on its own.
    """
    reading, found = forms_read(text, facts, settings=settings, before=before)
    if settings.llm_endpoint:
        from graph.ask.reading.planner import proposed

        return _trial(reading, [*found, *proposed(text, reading, facts, settings)], facts, settings)
    return facts.kept.value("trial", (text, before, settings), lambda: _trial(reading, found, facts, settings))


class Read(NamedTuple):
    """A question taken apart, and the forms that it may mean."""

    reading: Reading
    candidates: tuple[Candidate, ...]


def forms_read(text: str, facts: Facts, *, settings: Settings, before: Form | None = None) -> Read:
    """Return the reading of a question and the forms that it may mean, not executed.

    For the arguments see `try_forms`.
    """

    def read_anew() -> Read:
        reading = reading_of(text, facts, settings)
        found = candidates(reading, settings) if before is None else follow_ups(before, reading, settings)
        return Read(reading, tuple(found))

    return facts.kept.value("read", (text, before, settings), read_anew)


def _trial(reading: Reading, found: Sequence[Candidate], facts: Facts, settings: Settings) -> Trial:
    """Return a reading with its candidate forms executed, the most probable first."""
    with paused_garbage_collection():  # thousands of sums may be made out of the columns
        drafts = [(candidate, execute(candidate.form, facts)) for candidate in found if not is_bare(candidate.form)]
    executed = [(candidate, draft) for candidate, draft in drafts if draft is not None and draft.citations]
    empty = [candidate for candidate, draft in drafts if draft is None or not draft.citations]
    empty.sort(key=lambda candidate: -candidate.probability * candidate.parts)
    return Trial(reading, ranked(executed, reading, settings), empty)


def reading_of(text: str, facts: Facts, settings: Settings) -> Reading:
    """Return the reading of a question: its names linked, the words around it that ask for nothing left aside."""
    linked = _linked(text, facts)
    asked = without_carriers(text, settings, named=[(m.start, m.end) for m in linked.mentions])
    if asked.aside:
        linked = _linked(asked.text, facts)
    reading = read(linked, facts, settings)
    words = tuple(term for term in reading.words if term.said not in asked.doubtful)
    return replace(reading, words=words, whole=text, aside=asked.aside)


def _linked(text: str, facts: Facts) -> LinkedQuestion:
    return link(
        text, facts.names, known_references=facts.references_in(text), brought=facts.brought_in(text),
        people=tuple(dict.fromkeys(facts.office_holders.values())),
    )  # fmt: skip


def ranked(executed: Sequence[tuple[Candidate, Draft]], reading: Reading, settings: Settings) -> list[Tried]:
    """Return each executed form with the probability that its answer is right, the most probable first."""
    out = []
    for candidate, draft in executed:
        signs = signs_of(candidate, draft, reading, executed)
        out.append(Tried(candidate, draft, signs, probability(signs, settings.data)))
    return sorted(out, key=lambda tried: -tried.probability)


def chosen(trial: Trial, facts: Facts, settings: Settings) -> Answer:
    """Return the answer of the most probable form.

    If none is probable enough, say what was looked for and what is near.
    """
    reading, tried, empty = trial.reading, with_sureness(trial.tried, settings.data), trial.empty
    if reading.negated:
        return refused(reading, tried, empty, facts, why=_NOT_WHO)
    if unknown := unknown_names(reading.linked, facts):
        return refused(reading, tried, empty, facts, unknown=unknown)
    if tried and (is_given(tried[0], settings.data) or says_nothing_is_stated(tried[0])):
        return answered(reading, tried[0], tried[1:], facts)
    return refused(reading, tried, empty, facts)
