"""A question read otherwise: people take a condition away or set another in its place, and ask again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.ask.answer import answer
from graph.ask.asking import facts_of, read_question
from graph.ask.facts import Facts
from graph.ask.link import MAX_CHARACTERS, clean
from graph.ask.question import Asks, Choice, Period, Question
from graph.ask.result import Answer
from graph.model import Entity, EntityKind
from graph.names.index import NameIndex
from graph.parse.years import find_years
from graph.settings import Settings

#: parts of an answer's `interpretation`, the field of the question that each shows, and what its things are
THINGS: Mapping[str, tuple[str, EntityKind]] = {
    "programme": ("programmes", EntityKind.PROGRAMME),
    "place": ("places", EntityKind.PLACE),
    "fund": ("funds", EntityKind.FUND),
    "funder": ("funders", EntityKind.ORGANISATION),
    "recipient": ("recipients", EntityKind.ORGANISATION),
    "party": ("parties", EntityKind.ORGANISATION),
    "body": ("bodies", EntityKind.ORGANISATION),
    "other_than": ("excluded", EntityKind.ORGANISATION),
}
_REST: Mapping[str, tuple[str, object]] = {
    "years": ("period", Period()),
    "decision": ("references", ()),
    "decided_by": ("deciders", ()),
    "kinds": ("kinds", ()),
    "at_least": ("at_least", None),
    "at_most": ("at_most", None),
    "words": ("topic", ()),
}
CHANGEABLE = frozenset({*THINGS, *_REST})  #: parts that may be taken away


@dataclass(frozen=True, slots=True)
class Change:
    """One part of the reading changed: what takes its place, or nothing."""

    part: str  #: as in `interpretation`; "asks" for what is looked for
    value: Entity | str = ""  #: a thing, financial years as text, what is asked; "" takes the part away


def changed(question: Question, changes: Mapping[str, Change]) -> Question:
    """Return the question with these parts changed; a change that fits no part does nothing."""
    for change in changes.values():
        question = _changed(question, change)
    return question


def _changed(question: Question, change: Change) -> Question:
    value = change.value
    if change.part == "asks":
        known = value in {*Asks} and value != Asks.NOTHING
        return question.but(asks=Asks(str(value)), cued=True) if known else question
    if change.part in THINGS:
        field, kind = THINGS[change.part]
        if isinstance(value, Entity) and value.kind is kind:
            return question.but(**{field: (Choice(value.name, (value,)),)})
        return question.but(**{field: ()}) if value == "" else question
    if change.part == "years" and isinstance(value, str) and value:
        years = tuple(dict.fromkeys(year for found in find_years(value) for year in found.years))
        return question.but(period=Period(years=years, words=value)) if years else question
    if change.part in _REST and value == "":
        field, nothing = _REST[change.part]
        return question.but(**{field: nothing})
    return question


@dataclass(frozen=True, slots=True)
class Before:
    """A question that was asked before, and how it was read otherwise."""

    text: str
    changes: Mapping[str, Change] = field(default_factory=dict)


def answer_as_changed(
    text: str,
    source: object,
    *,
    settings: Settings,
    names: NameIndex,
    before: tuple[Before, ...] = (),
    changes: Mapping[str, Change] | None = None,
) -> Answer:
    """Answer a question read as the changes say.

    Args:
        text: The question as typed.
        source: A build, or Facts.
        settings: Where the registry and the exemplars lie.
        names: The index of names.
        before: The questions that it follows up, the first first; it takes from them what it leaves unsaid, as changed.
        changes: What is read otherwise, by part.
    """
    facts = facts_of(source, settings=settings, names=names)
    return answer(question_after((*before, Before(text, changes or {})), facts, settings), facts)


def question_after(asked: tuple[Before, ...], facts: Facts, settings: Settings) -> Question:
    """Return the last question as read, each with what it leaves unsaid taken from the one before as changed."""
    question: Question | None = None
    for each in asked:
        text = clean(each.text[:MAX_CHARACTERS])
        question = changed(read_question(text, facts, settings=settings, previous=question), each.changes)
    assert question is not None
    return question
