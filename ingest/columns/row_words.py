"""What words in a cell say of their row: a total, a running cost, the status of an award (data/reading/rows.csv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import InvalidReference
from graph.model import FlowStatus
from ingest.columns.phrases import FOLDER, Tokens, phrases_in, place_of, read_table, tokens_of

WHERE = ("whole", "start", "end", "any")  #: where in a cell a phrase is looked for
SUBJECTS = (
    "total", "redacted", "refund", "grant", "own-cost", "approved", "unsuccessful", "proposed", "provisional",
    "legal form", "spending title", "awards title", "short name", "commissioner", "sheet name", "publication",
)  # fmt: skip
_STATUSES = (
    ("unsuccessful", FlowStatus.UNSUCCESSFUL),
    ("provisional", FlowStatus.PROVISIONAL),
    ("proposed", FlowStatus.PROPOSED),
    ("approved", FlowStatus.APPROVED),
)


@dataclass(frozen=True)
class RowWords:
    """Phrases with the place in a cell at which they count, by meaning (the column `what` of rows.csv)."""

    phrases: Mapping[str, tuple[tuple[str, Tokens], ...]]

    def says(self, what: str, text: str) -> bool:
        """Return True if a cell contains a phrase of the meaning `what`, such as "total"."""
        tokens = tokens_of(text)
        return any(_stands(where, phrase, tokens) for where, phrase in self.phrases[what])

    def longest(self, what: str, text: str) -> int:
        """Return the number of words of the longest phrase of the meaning `what` in a cell; 0 if it contains none."""
        tokens = tokens_of(text)
        return max((len(phrase) for where, phrase in self.phrases[what] if _stands(where, phrase, tokens)), default=0)

    def status_of(self, text: str) -> FlowStatus:
        """Return the status of an award from the longest status phrase in its cell; approved if the cell has none."""
        ranked = [(self.longest(what, text), status) for what, status in _STATUSES]
        best, status = max(ranked, key=lambda each: each[0])
        return status if best else FlowStatus.APPROVED


@cache
def load_row_words(folder: Path = FOLDER) -> RowWords:
    """Return the phrases of rows.csv.

    Raises:
        InvalidReference: The file is missing or a line cannot be used; the message names it.
    """
    file = folder / "rows.csv"
    found: dict[str, list[tuple[str, Tokens]]] = {what: [] for what in SUBJECTS}
    for line, row in read_table(file, ("what", "where", "phrases")):
        if row["what"] not in found or row["where"] not in WHERE:
            raise InvalidReference(
                f"{file}, line {line}: {row['what']!r} at {row['where']!r} is not known; what is one of "
                f"{', '.join(SUBJECTS)}, where one of {', '.join(WHERE)}."
            )
        found[row["what"]] += [(row["where"], tokens_of(words)) for words in phrases_in(row["phrases"])]
    return RowWords({what: tuple(phrases) for what, phrases in found.items()})


def _stands(where: str, phrase: Tokens, tokens: Tokens) -> bool:
    if where == "whole":
        return tokens == phrase
    if where == "start":
        return tokens[: len(phrase)] == phrase
    if where == "end":
        return tokens[-len(phrase) :] == phrase
    return place_of(phrase, tokens) >= 0
