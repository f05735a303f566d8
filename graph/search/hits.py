"""What a search returns: a passage, where it stands, and where else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands."""

    decision: str | None
    document: str
    title: str
    locator: str
    page: int | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with the first place it stands in."""

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
        """How many documents hold the passage."""
        return 1 + len({place.document for place in self.also} - {self.document})

    def to_json(self) -> dict[str, Any]:
        """Return the hit in the contract's shape, with what else is known."""
        names = ("decision", "document", "title", "locator", "passage", "score", "source", "section", "page", "body")
        values = {name: getattr(self, name) for name in (*names, "signed", "similarity", "decisions")}
        return {**values, "marks": [list(mark) for mark in self.marks], "also": [place.document for place in self.also]}
