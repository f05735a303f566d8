"""A column while a mapping is worked out: what its heading and cells allow, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.columns.cells import ColumnCells
from ingest.columns.headings import SUMS, HeadingSense, role_of
from ingest.columns.mapping import ColumnUse, ListKind, Role
from ingest.columns.values import unit_of

_MOST = 0.5  #: share of the cells that must be of the kind that a heading asks for
_OF_DATES = ("date", "start", "end")
_OF_ANYTHING = ("ignored", "count", "reference", "payee id", "payer id")


@dataclass(slots=True)
class DraftColumn:
    """One column of a table, with the sense that it has so far."""

    index: int
    heading: str
    cells: ColumnCells
    years: tuple[str, ...] = ()  #: that the heading names
    per_year: bool = False  #: of a sum: it is for each of the years
    sense: str = "ignored"
    confidence: float = 0.5
    list_kind: ListKind | None = None  #: the sort of list that such a heading speaks for
    reasons: list[str] = field(default_factory=list)
    is_set: bool = False
    is_certain: bool = False  #: a standard says what its headings mean

    @property
    def is_sum(self) -> bool:
        """Whether it holds sums of money, counted or not."""
        return self.sense in SUMS

    def take(self, sense: HeadingSense) -> None:
        """Settle on what the heading says, since the cells allow it."""
        self.sense, self.confidence, self.list_kind = sense.sense, sense.score, sense.list_kind
        self.reasons = [sense.reason, *_shares(sense.sense, self.cells)]

    def become(self, sense: str, confidence: float, *reasons: str) -> None:
        """Settle on a sense for reasons other than the heading alone."""
        self.sense, self.confidence, self.reasons = sense, confidence, list(reasons)

    def leave_out(self, reason: str) -> None:
        """Ignore the column; what its heading said stays among the reasons."""
        self.sense = "ignored"
        self.reasons.append(reason)

    def allows(self, sense: str) -> bool:
        """Return whether the cells are of the kind that a sense asks for; an empty column allows all."""
        cells = self.cells
        if sense in _OF_ANYTHING or not cells.texts:
            return True
        if sense in SUMS:
            return cells.sums >= _MOST
        if sense in _OF_DATES:
            return cells.dates >= _MOST
        if sense == "year":
            return cells.years >= _MOST or cells.dates >= _MOST
        return cells.is_words or sense in ("kind", "status")

    def used(self) -> ColumnUse:
        """Return the column as it was decided."""
        role = (
            Role.AMOUNT if self.sense == "amount" else Role.TOTAL if self.sense == "row total" else role_of(self.sense)
        )
        is_sum = role in (Role.AMOUNT, Role.REQUESTED, Role.TOTAL)
        return ColumnUse(
            index=self.index,
            heading=self.heading,
            role=role,
            confidence=round(min(1.0, max(0.05, self.confidence)), 2),
            reasons=tuple(self.reasons),
            years=self.years if is_sum else (),
            unit=unit_of(self.heading) if is_sum else 1,
            per_year=is_sum and self.per_year,
            is_set=self.is_set,
        )


def _shares(sense: str, cells: ColumnCells) -> list[str]:
    """Say how many cells are of the kind that the sense asks for, where that tells something."""
    if not cells.texts:
        return ["no cell is filled"]
    if sense in SUMS:
        return [f"{cells.sums:.0%} of its cells are sums"]
    if sense in _OF_DATES:
        return [f"{cells.dates:.0%} of its cells are dates"]
    return []
