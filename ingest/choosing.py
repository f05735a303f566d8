"""What a person says of the columns of spreadsheets before they are ingested, kept in the workspace."""

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
    """Keep what was said of columns for each spreadsheet among the paths that has them.

    Raises:
        UnknownColumn: What was said cannot be understood, or names a column that none has; nothing is kept.
    """
    choice = parse_choice(said)
    documents = [document for path, name in _spreadsheets(paths) if (document := _read(path, name, settings))]
    keep(settings.workspace, mappings_of_choice(documents, choice))


def _spreadsheets(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    return [(source.path, source.name) for source in find_sources(paths).files if is_spreadsheet(source.name)]


def _read(path: Path, name: str, settings: Settings) -> Document | None:
    """Return a spreadsheet, None where it cannot be read: the ingest says why."""
    try:
        document = replace(do_apart(settings, read, path.absolute(), settings=settings), name=name)
    except (UnreadableDocument, ReadingEnded):
        return None
    return document if document.format in FORMATS else None
