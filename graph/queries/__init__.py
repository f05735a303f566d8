"""SPARQL queries by name: one .rq file each, whose first line is the question in plain words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def query(name: str) -> str:
    """Return the text of a query; values are bound when it is run.

    Raises:
        KeyError: There is no query of that name.
    """
    file = FOLDER / f"{name}.rq"
    if file.parent != FOLDER or not file.is_file():
        raise KeyError(f"no query {name!r}; there are: {', '.join(names())}")
    return file.read_text(encoding="utf-8")


def names() -> list[str]:
    """Return the names of all queries, sorted."""
    return sorted(file.stem for file in FOLDER.glob("*.rq"))
