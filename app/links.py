"""Make links into the app, the same for pages, command line and exports. URLs hold short plain text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from graph.model import Entity, EntityKind
from graph.stated.things import thing_key

HOME = "ask"
PAGES = {
    EntityKind.PROGRAMME: "programme",
    EntityKind.ORGANISATION: "organisation",
    EntityKind.PLACE: "place",
    EntityKind.FUND: "fund",
}


def page_link(page: str, **parameters: str | int | None) -> str:
    """Return a link such as "decision?document=..."; parameters that are None or "" are left out.

    The start page is "./".
    """
    given = {name: str(value) for name, value in parameters.items() if value not in (None, "")}
    path = "./" if page == HOME else page
    return f"{path}?{urlencode(given, quote_via=quote)}" if given else path


def thing_link(entity: Entity) -> str:
    """Return the link to the page of a programme, organisation, place or fund."""
    return page_link(PAGES[entity.kind], id=entity.id)


def decision_link(document: str, *, at: str = "") -> str:
    """Return the link to the page of a document's decision, at a locator if one is given."""
    return page_link("decision", document=document, at=at)


FORM = "form"  #: the part of a reading that is the whole of it
MOST_BEFORE = 5  #: questions that a follow-up looks back on

Changes = tuple[tuple[str, str], ...]  #: in order: (part, "kind/id" or words; "" takes the part away)
MOST_CHANGES = 20  #: of one question


@dataclass(frozen=True, slots=True)
class Asked:
    """An earlier question, with the changes that the person made to its reading."""

    question: str
    changes: Changes = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with the questions that it follows up, and the changes that the person made to its reading."""

    question: str
    after: tuple[Asked, ...] = ()  #: the questions before, the first first
    changes: Changes = ()

    def parameters(self) -> dict[str, list[str]]:
        """Return the URL parameters.

        `kept` holds the changes to the earlier questions, each with the question's number.
        """
        given = {
            "q": [self.question],
            "after": [asked.question for asked in self.after],
            "kept": [
                f"{number}.{part}:{value}"
                for number, asked in enumerate(self.after, 1)
                for part, value in asked.changes
            ],
            "change": [f"{part}:{value}" for part, value in self.changes],
        }  # fmt: skip
        return {name: values for name, values in given.items() if values}

    def changed(self, part: str, value: str = "") -> Asking:
        """Return the question with one part of its reading changed; an earlier change of the same part is dropped."""
        others = tuple(each for each in self.changes if each[0] != part or each[1] == "")
        return Asking(self.question, self.after, (*others, (part, value))[-MOST_CHANGES:])

    def read_as(self, form: str) -> Asking:
        """Return the question with a fixed reading: a form given as JSON, whatever the question's words."""
        return Asking(self.question, self.after, ((FORM, form),))

    def then(self, question: str) -> Asking:
        """Return a question that follows this one up; the changes to this one are kept."""
        return Asking(question, (*self.after, Asked(self.question, self.changes))[-MOST_BEFORE:])


def asking_of(question: str, after: Sequence[str], changes: Sequence[str], kept: Sequence[str] = ()) -> Asking:
    """Return the question that URL parameters describe, with at most the last five questions before it."""
    before: dict[int, list[str]] = {}
    for each in kept:
        number, _, change = each.partition(".")
        if number.isdigit() and len(number) < 4:
            before.setdefault(int(number), []).append(change)
    asked = [Asked(text, _changes(before.get(number, ()))) for number, text in enumerate(after, 1)]
    return Asking(question, tuple(asked[-MOST_BEFORE:]), _changes(changes))


def _changes(given: Sequence[str]) -> Changes:
    parts = [(part, value) for part, colon, value in (each.partition(":") for each in given) if colon]
    return tuple(parts)[:MOST_CHANGES]


def ask_link(question: str | Asking) -> str:
    """Return the link to the Ask page with this question."""
    asking = question if isinstance(question, Asking) else Asking(question)
    return f"./?{urlencode(asking.parameters(), doseq=True, quote_via=quote)}"


def short_json(value: object) -> str:
    """Return a value as compact JSON on one line, for a link."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def explore_link(entity: Entity | str, *, to: Entity | str | None = None) -> str:
    """Return the link to the network around a thing, or to the path between two. A thing may be given as "kind/id"."""
    return page_link("explore", around=_key(entity), to=_key(to) if to else None)


def compare_link(one: Entity, other: Entity | None = None) -> str:
    """Return the link to the comparison of two things."""
    return page_link("compare", one=thing_key(one), other=thing_key(other) if other else None)


def _key(entity: Entity | str) -> str:
    return entity if isinstance(entity, str) else thing_key(entity)


def absolute(base: str, link: str) -> str:
    """Return the full address of a link, for text that leaves the app."""
    return f"{base.rstrip('/')}/{link.removeprefix('./')}"
