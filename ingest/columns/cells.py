"""Which kinds of cells a column has: sums, dates, years or words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.parse.years import parse_year
from ingest.columns.values import date_of, is_calendar_year, sum_of
from ingest.document import Row

MOST_LOOKED_AT = 400  #: rows, spread evenly over a table
_PRINTED_AS_MONEY = re.compile(r"[£]|\d[.,]\d{2}\b|,\d{3}")


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """The filled cells of a column, counted by kind; shares are 0 to 1, of the cells that were looked at."""

    texts: tuple[str, ...]  #: of the filled cells that were looked at, in order
    sums: float  #: share that are figures
    printed_sums: float  #: share that are figures with a pound sign, pence or thousands
    dates: float
    years: float  #: share that name financial years, or a year alone

    @property
    def distinct(self) -> tuple[str, ...]:
        """The different cells, in the order in which they first appear."""
        return tuple(dict.fromkeys(self.texts))

    @property
    def is_words(self) -> bool:
        """True if the column holds words rather than figures or dates."""
        return self.sums < 0.5 and self.dates < 0.5


def cells_of(rows: Sequence[Row], index: int) -> ColumnCells:
    """Return the texts of a column's filled cells with the share of each kind; of long columns, an even sample."""
    step = max(1, -(-len(rows) // MOST_LOOKED_AT))
    looked_at = [row.cells[index].text for row in rows[::step] if index < len(row.cells)]
    texts = tuple(text for text in looked_at if text)
    count = max(1, len(texts))
    sums = [text for text in texts if sum_of(text) is not None]
    return ColumnCells(
        texts=texts,
        sums=len(sums) / count,
        printed_sums=sum(1 for text in sums if _PRINTED_AS_MONEY.search(text)) / count,
        dates=sum(1 for text in texts if date_of(text)) / count,
        years=sum(1 for text in texts if is_calendar_year(text) or parse_year(text)) / count,
    )
