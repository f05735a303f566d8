"""A column while its mapping is worked out: which senses its heading and cells allow, and the sense chosen so far."""

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
    """One column of a table with the sense chosen for it so far; a sense is a value of data/reading/columns.csv."""

    index: int
    heading: str
    cells: ColumnCells
    years: tuple[str, ...] = ()  #: financial years that the heading names
    per_year: bool = False  #: of a sum: it is for each of the years
    sense: str = "ignored"
    confidence: float = 0.5
    list_kind: ListKind | None = None  #: the sort of list that such a heading speaks for
    reasons: list[str] = field(default_factory=list)
    is_set: bool = False
    is_certain: bool = False  #: a standard says what its headings mean

    @property
    def is_sum(self) -> bool:
        """True if the column holds sums of money, whether they are counted or not."""
        return self.sense in SUMS

    def take(self, sense: HeadingSense) -> None:
        """Choose the sense that the heading suggests."""
        self.sense, self.confidence, self.list_kind = sense.sense, sense.score, sense.list_kind
        self.reasons = [sense.reason, *_shares(sense.sense, self.cells)]

    def become(self, sense: str, confidence: float, *reasons: str) -> None:
        """Choose a sense for reasons other than the heading alone."""
        self.sense, self.confidence, self.reasons = sense, confidence, list(reasons)

    def leave_out(self, reason: str) -> None:
        """Ignore the column and note why; the reasons noted before are kept."""
        self.sense = "ignored"
        self.reasons.append(reason)

    def allows(self, sense: str) -> bool:
        """Return True if the cells fit a sense: amounts for a sum, dates for a date.

        An empty column fits every sense.
        """
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
        """Return the finished column: its role, confidence and reasons."""
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
    """Return the share of cells that fit the sense, as a sentence; nothing for senses that any cell fits."""
    if not cells.texts:
        return ["no cell is filled"]
    if sense in SUMS:
        return [f"{cells.sums:.0%} of its cells are sums"]
    if sense in _OF_DATES:
        return [f"{cells.dates:.0%} of its cells are dates"]
    return []
