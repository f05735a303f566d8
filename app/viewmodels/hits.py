"""Passages that a search found, each with its decision, its place and where else the same words stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.quotes import place_words
from graph.stated.decisions import DecisionHead

if TYPE_CHECKING:
    from graph.search.index import Hit


@dataclass(frozen=True, slots=True)
class HitView:
    """One passage."""

    decision: str
    title: str
    href: str
    about: str  #: place, body and date
    parts: tuple[tuple[str, bool], ...]  #: the passage in stretches: (text, is a word of the query)
    also: str  #: "The same words stand in 42 other decisions", "" where in none


def hit_views(hits: Iterable[Hit], heads: Mapping[str, DecisionHead]) -> tuple[HitView, ...]:
    """Return the hits in their order."""
    return tuple(_view(hit, heads.get(hit.document)) for hit in hits)


def best_of_each(hits: Iterable[Hit], most: int) -> list[Hit]:
    """Return the first hits of different decisions, at most so many; a bare title says too little."""
    first: dict[str, Hit] = {}
    for hit in hits:
        if hit.locator.casefold() != "title":
            first.setdefault(hit.document, hit)
    return list(first.values())[:most]


def stretches(text: str, marks: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Return the text cut at the marks; marks that overlap or lie outside are mended."""
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
    )
