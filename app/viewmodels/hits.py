"""Passages found by a search, each with its decision, its place, and other places with the same words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.decision_list import Facts
from app.viewmodels.quotes import place_words
from app.viewmodels.sureness import shared_sureness
from graph.search.hits import by_decision, without_titles
from graph.stated.decisions import DecisionHead

if TYPE_CHECKING:
    from graph.search.index import Hit


@dataclass(frozen=True, slots=True)
class HitView:
    """One found passage."""

    decision: str
    title: str
    href: str
    about: str  #: place, body and date
    parts: tuple[tuple[str, bool], ...]  #: the passage in stretches: (text, is a word of the query)
    also: str  #: "The same words stand in 42 other decisions", "" where in none
    place: str = ""  #: where in the decision


@dataclass(frozen=True, slots=True)
class FoundView:
    """One found decision with its found passages."""

    decision: str
    title: str
    href: str
    about: str  #: body and date
    money: str  #: what it moves, and the years that it is for
    passages: tuple[HitView, ...]  #: best first


def hit_views(hits: Iterable[Hit], heads: Mapping[str, DecisionHead]) -> tuple[HitView, ...]:
    """Return a view of each hit, in order."""
    return tuple(_view(hit, heads.get(hit.document)) for hit in hits)


def found_views(hits: Iterable[Hit], known: Mapping[str, Facts]) -> tuple[FoundView, ...]:
    """Return each decision among the hits once, ordered by its best hit; hits of unknown decisions are left out."""
    found = [(known[document], own) for document, own in by_decision(hits).items() if document in known]
    told = bool(shared_sureness(fact.unsure for fact, _ in found))
    return tuple(_found(fact, own, told=told) for fact, own in found)


def sureness_of(hits: Iterable[Hit], known: Mapping[str, Facts]) -> str:
    """Return what is said once of the sums of all decisions found; "" where each says it."""
    return shared_sureness(known[document].unsure for document in by_decision(hits) if document in known)


def best_of_each(hits: Iterable[Hit], most: int) -> list[Hit]:
    """Return the best hit of each document, at most `most` hits; hits that are only a title do not count."""
    first: dict[str, Hit] = {}
    for hit in hits:
        if not hit.is_title:
            first.setdefault(hit.document, hit)
    return list(first.values())[:most]


def stretches(text: str, marks: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Return (part, is marked) for the parts of a text cut at the marks; overlapping or outlying marks are trimmed."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(marks):
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple(part for part in [*parts, (text[at:], False)] if part[0])


def _view(hit: Hit, head: DecisionHead | None) -> HitView:
    body = head.body.name if head and head.body else hit.body or ""
    signed = (head.signed if head else hit.signed) or ""
    about = [place_words(hit.locator, hit.page), body, words.date(signed) if signed else ""]
    others = hit.decisions - 1
    return HitView(
        decision=head.caption if head else hit.decision or hit.document,
        title=head.title if head and head.reference else "",
        href=decision_link(hit.document, at=hit.locator),
        about=" · ".join(part for part in about if part),
        parts=stretches(hit.passage, hit.marks),
        also=f"The same words stand in {words.count(others, 'other decision')}." if others else "",
        place=place_words(hit.locator, hit.page),
    )


def _found(fact: Facts, hits: Sequence[Hit], *, told: bool) -> FoundView:
    head = fact.head
    money = words.money_of_decision(fact.amount, fact.money_years, awards=fact.awards)
    about = [head.body.name if head.body else "", words.date(head.signed) if head.signed else ""]
    return FoundView(
        decision=head.caption,
        title=head.title if head.reference else "",
        href=decision_link(head.document),
        about=" · ".join(part for part in about if part),
        money=", ".join(part for part in (money, fact.unsure.ceiling_clause if told else fact.unsure.clause) if part),
        passages=tuple(_view(hit, head) for hit in without_titles(hits)),
    )
