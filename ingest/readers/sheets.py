"""A spreadsheet's sheet as text: its rows with their numbers, and the limits on a file's rows and cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_ROWS = 10_000  #: rows with words that are read of one file
MOST_COLUMNS = 100  #: columns that are read of one sheet
MOST_CELLS = 300_000  #: cells with words that are read of one file
MOST_SHEETS = 60
MOST_EMPTY_ROWS = 2_000  #: after so many rows without words a sheet is taken to have ended
LONGEST_CELL = 2_000  #: characters


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that contains words."""

    number: int  #: as the sheet counts its rows, from 1
    cells: tuple[str, ...]  #: from the first column to the last with words; "" for an empty cell

    @property
    def filled(self) -> tuple[int, ...]:
        """The indices of the columns that hold words."""
        return tuple(index for index, text in enumerate(self.cells) if text)

    def at(self, column: int) -> str:
        """Return the words in a column; "" if the row ends before it."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet, without empty ones."""

    name: str  #: "" for a file of separated values, which has one sheet without a name
    rows: tuple[SheetRow, ...]
    #: (row number, column) of a cell that is merged with those right of it -> how many columns it covers
    wide: Mapping[tuple[int, int], int] = field(default_factory=dict)


@dataclass(slots=True)
class Room:
    """The rows and cells of a file that may still be read."""

    rows: int = MOST_ROWS
    cells: int = MOST_CELLS

    @property
    def is_used_up(self) -> bool:
        """True if no further row may be read."""
        return self.rows <= 0 or self.cells <= 0

    def take(self, row: SheetRow) -> None:
        """Subtract a row that was read."""
        self.rows -= 1
        self.cells -= len(row.filled)
