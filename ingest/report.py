"""The outcome of an ingest: a report per document, and a report for the whole run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from graph.model import Unread
from graph.record_json import unread_json
from graph.typed_json import to_json


class DocumentStatus(StrEnum):
    """The outcome for one file."""

    LOADED = "loaded"
    PARTLY = "partly"  #: loaded, with issues
    FAILED = "failed"
    UNCHANGED = "unchanged"
    SAME = "same"  #: the same content as another file, kept once
    SKIPPED = "skipped"  #: no decision
    TO_READ = "would be read"  #: by an ingest that is not a dry run


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """The outcome for one file: its status, what was read, and what could not be read."""

    name: str
    path: str
    status: DocumentStatus
    reference: str | None = None
    title: str = ""
    flows: int = 0
    relations: int = 0
    checks: int = 0
    new_names: int = 0
    issues: tuple[str, ...] = ()
    seconds: float = 0.0
    computing_seconds: float = 0.0  #: of them on a processor; recognition of pictures computes elsewhere
    awards: int = 0  #: without a printed sum
    unread: Unread = field(default_factory=Unread)  #: sums of money that led to nothing


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The outcome of a whole ingest."""

    build: str | None  #: id of the current build afterwards; None where there is none
    published: bool  #: it is a new one
    documents: tuple[DocumentReport, ...]
    messages: tuple[str, ...] = ()
    seconds: float = 0.0

    def count(self, *statuses: DocumentStatus) -> int:
        """Return how many documents have one of the statuses."""
        return sum(document.status in statuses for document in self.documents)

    @property
    def failed(self) -> bool:
        """True if some or all of the work could not be done."""
        return self.count(DocumentStatus.FAILED) > 0

    def summary(self) -> str:
        """Return a one-line summary of the ingest."""
        counts = Counter(str(document.status) for document in self.documents)
        parts = [f"{counts[status]} {_SAID[status]}" for status in _SAID if counts[status]]
        done = ", ".join(parts) or "no documents"
        if self.published:
            return f"{done}; build {self.build} is published ({self.seconds:.1f} s)"
        return f"{done}; nothing published" + (f", build {self.build} stays" if self.build else "")

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        values: dict[str, Any] = to_json(self)
        for written, document in zip(values["documents"], self.documents, strict=True):
            written["unread"] = unread_json(document.unread)
        return values


_SAID = {
    DocumentStatus.LOADED: "loaded",
    DocumentStatus.PARTLY: "loaded in part",
    DocumentStatus.UNCHANGED: "unchanged",
    DocumentStatus.SAME: "with the same content as another",
    DocumentStatus.SKIPPED: "skipped",
    DocumentStatus.FAILED: "failed",
    DocumentStatus.TO_READ: "would be read",
}
