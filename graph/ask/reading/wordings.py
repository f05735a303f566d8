"""Wordings of questions with what they ask, from data/asking/wordings.csv: what reading is fitted on.

A name stands as a slot that says its part: "{funder}", "{programme}". `bench/questions_fit.py` fits the weights.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

from graph.errors import InvalidReference
from graph.settings import Settings

FILE = "asking/wordings.csv"
COLUMNS = ["asks", "what", "wording"]
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask something."""

    asks: str
    what: str  #: what is listed or counted; "" where it does not arise
    text: str

    @property
    def without_slots(self) -> str:
        """The words alone."""
        return SLOT.sub(" ", self.text)


@cache
def load_wordings() -> tuple[Wording, ...]:
    """Return the wordings.

    Raises:
        InvalidReference: A line has not three columns; the message names file and line.
    """
    path = Settings().data / FILE
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if next(lines, None) != COLUMNS:
            raise InvalidReference(f"{path}, line 1: the columns should be {','.join(COLUMNS)}")
        found = []
        for line in lines:
            if len(line) != len(COLUMNS):
                raise InvalidReference(f"{path}, line {lines.line_num}: not {len(COLUMNS)} columns")
            found.append(Wording(*line))
    return tuple(found)
