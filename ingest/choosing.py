"""The column roles that a person gives for spreadsheets before an ingest (`--columns`), kept in the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.apart import ReadingEnded, do_apart
from ingest.columns.kept import keep, mappings_of_choice, parse_choice
from ingest.columns.mapping import FORMATS
from ingest.document import Document
from ingest.readers import is_spreadsheet, read
from ingest.sources import find_sources


def keep_choice(paths: Sequence[Path], said: str, settings: Settings) -> None:
    """Store the column roles in `said` for each spreadsheet among the paths that has columns of these names.

    Raises:
        UnknownColumn: `said` cannot be parsed, or names a column that no spreadsheet has; nothing is stored.
    """
    choice = parse_choice(said)
    documents = [document for path, name in _spreadsheets(paths) if (document := _read(path, name, settings))]
    keep(settings.workspace, mappings_of_choice(documents, choice))


def _spreadsheets(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    return [(source.path, source.name) for source in find_sources(paths).files if is_spreadsheet(source.name)]


def _read(path: Path, name: str, settings: Settings) -> Document | None:
    """Return the document of a spreadsheet; None if it cannot be read, which the ingest reports."""
    try:
        document = replace(do_apart(settings, read, path.absolute(), settings=settings), name=name)
    except (UnreadableDocument, ReadingEnded):
        return None
    return document if document.format in FORMATS else None
