"""Patterns for facts: which words state a fact and where its subject and object stand (data/reading/facts.csv)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import WhofundsError
from ingest.extract.words.lexicon import FOLDER, phrases, rows_of

SORTS = ("organisation", "thing", "place", "source", "date", "body", "decision")
SIDES = ("before", "after", "near")
COLUMNS = ("relation", "words", "subject", "subject_side", "object", "object_side")


@dataclass(frozen=True, slots=True)
class FactPattern:
    """Words that state a fact, with the kind and the side of its subject and its object."""

    relation: str
    words: re.Pattern[str]
    subject: str
    subject_side: str
    object: str
    object_side: str


@cache
def load_fact_patterns(folder: Path = FOLDER) -> tuple[FactPattern, ...]:
    """Return the patterns in a folder's facts.csv.

    Raises:
        WhofundsError: The file is missing or a row cannot be used; the message names file and line.
    """
    found: list[FactPattern] = []
    for line, row in rows_of(folder / "facts.csv", COLUMNS):
        if {row["subject"], row["object"]} - set(SORTS) or {row["subject_side"], row["object_side"]} - set(SIDES):
            raise WhofundsError(
                f"{folder / 'facts.csv'}, line {line}: write one of {', '.join(SORTS)} as subject and object, "
                f"and one of {', '.join(SIDES)} as side."
            )
        values = [row[column] for column in COLUMNS]
        found.append(FactPattern(values[0], phrases(values[1]), *values[2:]))
    return tuple(found)
