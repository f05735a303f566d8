"""Load the word lists of data/reading: rows with a check of their columns."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from pathlib import Path

from graph.errors import WhofundsError
from graph.settings import PROJECT

FOLDER = PROJECT / "data" / "reading"


def read_list(file: Path, columns: Sequence[str], allowed: Collection[str] | None = None) -> list[tuple[str, ...]]:
    """Return the rows of a list, each with as many cells as `columns`.

    The first cell must be one of `allowed` if given.

    Raises:
        WhofundsError: The file is missing or a row cannot be used; the message names file and line.
    """
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except OSError as error:
        raise WhofundsError(f"{file}: cannot be read ({error.strerror}); restore the folder data/reading.") from error
    for line, row in enumerate(rows, start=2):
        empty = next((column for column in columns if not (row.get(column) or "").strip()), None)
        if None in row:
            raise WhofundsError(
                f"{file}, line {line}: more than {len(columns)} cells; put words with commas in quotes."
            )
        if empty is not None:
            raise WhofundsError(f"{file}, line {line}: no {empty}; write it or take the line out.")
        if allowed is not None and row[columns[0]] not in allowed:
            words = ", ".join(allowed)
            raise WhofundsError(f"{file}, line {line}: {columns[0]} is {row[columns[0]]!r}; write one of {words}.")
    return [tuple(row[column].strip() for column in columns) for row in rows]
