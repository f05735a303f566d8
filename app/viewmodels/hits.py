"""Passages that a search found, the same words of several decisions together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.links import decision_link
from app.viewmodels import words
from app.viewmodels.quotes import place_words
from graph.decisions import DecisionHead


class Found(Protocol):
    """What a hit of the search index has at least."""

    @property
    def document(self) -> str: ...
    @property
    def locator(self) -> str: ...
    @property
    def passage(self) -> str: ...


@dataclass(frozen=True, slots=True)
class HitView:
    """One passage."""

    decision: str
    title: str
    href: str
    place: str
    passage: str
    also: str  #: "and in 42 other decisions", "" where in none
    about: str  #: body and date


def hit_views(
    hits: Iterable[Found], heads: Mapping[str, DecisionHead], documents: set[str] | None = None
) -> tuple[HitView, ...]:
    """Return the hits, best first, of these documents only where a set is given; a passage with the same words once."""
    groups: dict[str, list[Found]] = {}
    for hit in hits:
        if documents is None or hit.document in documents:
            groups.setdefault(" ".join(hit.passage.casefold().split()), []).append(hit)
    return tuple(_view(same, heads) for same in groups.values())


def word_pattern(query: str) -> re.Pattern[str] | None:
    """Return a pattern of the query's longer words, to mark them; None without any."""
    found = sorted({word for word in re.findall(r"\w{4,}", query)}, key=len, reverse=True)[:20]
    return re.compile(rf"\b({'|'.join(re.escape(word) for word in found)})", re.IGNORECASE) if found else None


def _view(same: list[Found], heads: Mapping[str, DecisionHead]) -> HitView:
    first = same[0]
    head = heads.get(first.document)
    others = len({hit.document for hit in same}) - 1
    about = [head.body.name if head and head.body else "", words.date(head.signed) if head and head.signed else ""]
    return HitView(
        decision=head.caption if head else first.document,
        title=head.title if head and head.reference else "",
        href=decision_link(first.document, at=first.locator),
        place=place_words(first.locator),
        passage=first.passage,
        also=f"The same words stand in {words.count(others, 'other decision')}" if others else "",
        about=" · ".join(part for part in about if part),
    )
