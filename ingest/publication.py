"""Readings into a draft of the next build, and the draft made current."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from graph.archive import DOCUMENTS, RECORDS, file_key, read_record, write_json, write_record
from graph.builds import SEARCH, Build, Draft
from graph.errors import DamagedWorkspace
from graph.manifest import DocumentEntry, Manifest
from graph.model import Record
from graph.settings import Settings
from graph.typed_json import to_json
from ingest.report import DocumentReport
from ingest.versions import graph_version, reading_version
from ingest.work import Outcome


def is_complete(base: Build, settings: Settings) -> bool:
    """Return whether the build needs nothing that this ingest could add: new triples, or vectors once missing."""
    from graph.embedding import is_available

    manifest = base.manifest
    if manifest.graph_version != graph_version(settings):
        return False
    return (manifest.embedded == manifest.passages and manifest.model == settings.model) or not is_available(settings)


def publish(
    draft: Draft,
    base: Build | None,
    readings: Sequence[Outcome],
    reports: Mapping[str, DocumentReport],
    settings: Settings,
    progress: bool,
) -> tuple[Build, tuple[str, ...]]:
    """Write the draft and make it current; return it with what people should know."""
    from graph.passage_table import write_table
    from ingest.load import load_graph

    folder = draft.begin()
    old_search = base.path / SEARCH if base else None
    shutil.rmtree(folder / SEARCH, ignore_errors=True)
    entries = {entry.name: entry for entry in base.manifest.documents} if base else {}
    for outcome in readings:
        _archive(folder, outcome, entries, reports[outcome.task.name], settings)
    records, lost = _records(folder, entries)
    version = graph_version(settings)
    anew = base is None or base.manifest.graph_version != version
    load_graph(folder, records, [o.task.name for o in readings] + lost, settings=settings, anew=anew or bool(lost))
    table = write_table(folder / SEARCH, records, settings=settings, earlier=old_search, progress=progress)
    manifest = Manifest(
        id=draft.id,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=tuple(entries[name] for name in sorted(entries)),
        flows=sum(len(record.flows) for record in records),
        passages=table.passages,
        embedded=table.embedded,
        model=table.model,
        base=base.id if base else "",
        graph_version=version,
    )
    said = [f"{name}: its record in build {base.id if base else ''} is damaged; ingest the file again" for name in lost]
    return draft.publish(manifest), (*said, *([table.note] if table.note else []))


def _archive(
    folder: Path, outcome: Outcome, entries: dict[str, DocumentEntry], report: DocumentReport, settings: Settings
) -> None:
    """Put a reading's record and document into the draft, in place of what it held of that name."""
    assert outcome.reading is not None
    record = outcome.reading.record
    old = entries.get(record.document)
    if old is not None:
        for kind in (RECORDS, DOCUMENTS):
            (folder / kind / file_key(old.name, old.digest)).unlink(missing_ok=True)
    write_record(folder, record)
    write_json(folder / DOCUMENTS / file_key(record.document, record.digest), to_json(outcome.reading.document))
    entries[record.document] = DocumentEntry(
        name=record.document,
        digest=record.digest,
        version=reading_version(settings),
        status=str(report.status),
        reference=record.decision.reference,
        title=record.decision.title,
        flows=report.flows,
        relations=report.relations,
        issues=report.issues,
    )


def _records(folder: Path, entries: dict[str, DocumentEntry]) -> tuple[list[Record], list[str]]:
    """Return all records of the draft; a damaged one leaves the build and is named."""
    records: list[Record] = []
    lost: list[str] = []
    for name in sorted(entries):
        try:
            records.append(read_record(folder, name, entries[name].digest))
        except DamagedWorkspace:
            lost.append(name)
    for name in lost:
        del entries[name]
    return records, lost
