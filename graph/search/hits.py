"""The result of a search: a passage, with every place where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a passage stands."""

    decision: str | None
    document: str
    title: str
    locator: str
    page: int | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with the first place where it stands."""

    decision: str | None
    document: str
    title: str
    locator: str
    passage: str
    score: float  #: 0 to 1, for the order only
    source: str | None
    section: str
    page: int | None
    body: str | None
    signed: str | None
    marks: tuple[tuple[int, int], ...]  #: (start, end) of the query's words in the passage
    also: tuple[Place, ...]  #: where else these words stand, or nearly these
    similarity: float | None  #: cosine of the meanings; None where the model was not asked

    @property
    def decisions(self) -> int:
        """The number of documents that hold the passage."""
        return 1 + len({place.document for place in self.also} - {self.document})

    @property
    def is_title(self) -> bool:
        """Whether the passage is the decision's title."""
        return self.locator.casefold() == "title"

    def to_json(self) -> dict[str, Any]:
        """Return the hit in the contract's shape, with further keys for what else is known."""
        names = ("decision", "document", "title", "locator", "passage", "score", "source", "section", "page", "body")
        values = {name: getattr(self, name) for name in (*names, "signed", "similarity", "decisions")}
        return {**values, "marks": [list(mark) for mark in self.marks], "also": [place.document for place in self.also]}


def by_decision(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    """Return the hits of each document, by its file name; documents are in the order of their best hits."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.document, []).append(hit)
    return found


def without_titles(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits without bare titles, which say little beside other passages; all hits if they are only titles."""
    known = list(hits)
    return [hit for hit in known if not hit.is_title] or known
