"""The collected wordings of questions with what each asks, from data/asking/wordings.csv: reading is fitted on these.

A name stands as a slot that says its role: "{funder}", "{programme}". `bench/questions_fit.py` fits the weights.
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
    """One way to ask something, with the labels of what it asks."""

    asks: str
    what: str  #: what is listed or counted; "" where it does not arise
    text: str

    @property
    def without_slots(self) -> str:
        """The wording without its slots."""
        return SLOT.sub(" ", self.text)


@cache
def load_wordings() -> tuple[Wording, ...]:
    """Return the collected wordings, in the order of the file.

    Raises:
        InvalidReference: A line does not have three columns; the message names file and line.
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
