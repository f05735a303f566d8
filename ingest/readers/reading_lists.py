"""Word lists of the readers, kept as data in data/reading: rows with a check of their columns."""

from __future__ import annotations

import csv
from collections.abc import Collection
from pathlib import Path

from graph.errors import WhofundsError
from graph.settings import PROJECT

FOLDER = PROJECT / "data" / "reading"


def read_list(file: Path, columns: tuple[str, str], allowed: Collection[str]) -> list[tuple[str, str]]:
    """Return the rows of a list with two columns: a kind and its words.

    Raises:
        WhofundsError: The file is missing or a row cannot be used; the message names file and line.
    """
    kind, words = columns
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except OSError as error:
        raise WhofundsError(f"{file}: cannot be read ({error.strerror}); restore the folder data/reading.") from error
    for line, row in enumerate(rows, start=2):
        if row.get(kind) not in allowed:
            raise WhofundsError(f"{file}, line {line}: {kind} is {row.get(kind)!r}; write {', '.join(allowed)}.")
        if not (row[words] or "").strip():
            raise WhofundsError(f"{file}, line {line}: no {words}; write them or take the line out.")
    return [(row[kind], row[words].strip()) for row in rows]
