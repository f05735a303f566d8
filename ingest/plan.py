"""Decide which files of an ingest have to be read and which are settled without reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from graph.builds.manifest import DocumentEntry
from graph.errors import UnreadableDocument
from graph.settings import Settings
from ingest.files import chunks_of
from ingest.report import DocumentReport, DocumentStatus
from ingest.sources import Source


@dataclass(frozen=True, slots=True)
class Plan:
    """The files to read, and the reports on files that need no reading."""

    to_read: tuple[Source, ...]
    settled: tuple[DocumentReport, ...]


def make_plan(
    files: Sequence[Source], held: Iterable[DocumentEntry], version_of: Callable[[str], str], settings: Settings
) -> Plan:
    """Return which files have to be read; unchanged files and files with the content of another file are settled.

    `version_of` returns, for a document's name, the key of the code and settings that decide how the document is read.
    """
    entries = {entry.name: entry for entry in held}
    named = {file.name for file in files}
    contents = {entry.digest: entry.name for entry in entries.values() if entry.name not in named}
    to_read: list[Source] = []
    settled: list[DocumentReport] = []
    for file in files:
        digest = _digest(file.path, settings)
        entry = entries.get(file.name)
        same = contents.get(digest) if digest else None
        if entry and entry.digest == digest and entry.version == version_of(file.name):
            settled.append(_settled(file, DocumentStatus.UNCHANGED))
        elif same:
            note = f"{file.said}: the same content as {same}; kept once"
            settled.append(_settled(file, DocumentStatus.SAME, note))
            continue
        else:
            to_read.append(file)
        if digest:
            contents.setdefault(digest, file.name)
    return Plan(tuple(to_read), tuple(settled))


def _settled(file: Source, status: DocumentStatus, *issues: str) -> DocumentReport:
    return DocumentReport(file.name, file.said, status, issues=issues)


def _digest(path: Path, settings: Settings) -> str | None:
    digest = sha256()
    try:
        for chunk in chunks_of(path, settings):
            digest.update(chunk)
    except (OSError, UnreadableDocument):
        return None  # the reader will say why
    return digest.hexdigest()
