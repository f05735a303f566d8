"""Readings into a draft of the next build, and the draft made current."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from graph.audit import login_name
from graph.builds.archive import (
    DOCUMENTS,
    RECORDS,
    file_key,
    read_record,
    write_correction_set,
    write_json,
    write_record,
)
from graph.builds.manifest import DocumentEntry, Manifest
from graph.builds.workspace import SEARCH, Build, Draft
from graph.columns.tables import holds_tables
from graph.corrections.corrected import apply_corrections
from graph.corrections.correction import Correction
from graph.errors import DamagedWorkspace
from graph.model import Record
from graph.settings import Settings
from graph.typed_json import to_json
from ingest.correction_sets import changed_documents, corrections_held, faults_of, resolved_set
from ingest.extract.second_reader.kept_answers import keep_answers
from ingest.report import DocumentReport
from ingest.versions import document_version, graph_version
from ingest.work import Outcome

if TYPE_CHECKING:
    from graph.search.passage_table import TableReport

_UNFINISHED = "-unfinished"  #: of a version: a second reader did not answer, so the document is read again next time


def is_complete(base: Build, settings: Settings, corrections: Sequence[Correction] = ()) -> bool:
    """Return whether the build needs nothing that this ingest could add: triples, corrections, missing vectors."""
    if base.manifest.graph_version != graph_version(settings) or corrections_held(base) != tuple(corrections):
        return False
    return holds_tables(base.path) and _is_embedded(base, settings)


def _is_embedded(base: Build, settings: Settings) -> bool:
    """Return whether every passage has its vector, or could be given none here."""
    from graph.search.embedding import is_available

    manifest = base.manifest
    return (manifest.embedded == manifest.passages and manifest.model == settings.model) or not is_available(settings)


def publish(
    draft: Draft,
    base: Build | None,
    readings: Sequence[Outcome],
    reports: Mapping[str, DocumentReport],
    settings: Settings,
    progress: bool,
    corrections: Sequence[Correction] = (),
    tell: Callable[[str], None] | None = None,
) -> tuple[Build, tuple[str, ...]]:
    """Write the draft and make it current; return it with what people should know.

    The records stay in the build as they were read; its graph and its search index hold them as corrected.
    `tell` is told what is being done, in words.
    """
    from graph.rdf.triples_corrections import correction_triples
    from ingest.load import load_graph

    said_now = tell or _nothing
    said_now("Copying what is loaded")
    folder = draft.begin()
    entries = {entry.name: entry for entry in base.manifest.documents} if base else {}
    for outcome in readings:
        _archive(folder, outcome, entries, reports[outcome.task.name], settings)
    records, lost = _records(folder, entries)
    version = graph_version(settings)
    anew = base is None or base.manifest.graph_version != version
    held = resolved_set(corrections, records, settings)
    write_correction_set(folder, held)
    corrected = apply_corrections(records, held)
    changed = [o.task.name for o in readings] + changed_documents(base, records, corrected.records)
    said_now("Writing the money and the names")
    load_graph(
        folder, corrected.records, changed, settings=settings, anew=anew or bool(lost),
        corrections=correction_triples(records, held),
    )  # fmt: skip
    stands = base if not readings and not lost else None
    said_now("Counting the money")
    _keep(folder, corrected.records, settings)
    said_now("Making the text searchable")
    table = _search(folder, corrected.records, base, stands, settings, progress)
    manifest = Manifest(
        id=draft.id,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=tuple(entries[name] for name in sorted(entries)),
        flows=sum(len(record.flows) for record in corrected.records),
        passages=table.passages,
        embedded=table.embedded,
        model=table.model,
        base=base.id if base else "",
        graph_version=version,
        who=settings.who or login_name(),
    )
    said = [f"{name}: its record in build {base.id if base else ''} is damaged; ingest the file again" for name in lost]
    said += faults_of(corrected, held)
    said_now("Making the new build current")
    return draft.publish(manifest), (*said, *([table.note] if table.note else []))


def _keep(folder: Path, records: Sequence[Record], settings: Settings) -> None:
    """Judge the money of the draft once, and keep what its graph states as columns, for pages, answers and exports."""
    from graph.columns.keeping import keep_what_is_stated
    from graph.names.index import NameIndex
    from graph.registry import load_registry

    store = Build(folder, settings).store()
    try:
        keep_what_is_stated(folder, store, records, NameIndex(load_registry(settings.data / "registry")))
    finally:
        store.close()


def _nothing(words: str) -> None:
    """Tell nobody."""


def _search(
    folder: Path,
    records: Sequence[Record],
    base: Build | None,
    stands: Build | None,
    settings: Settings,
    progress: bool,
) -> TableReport:
    """Write the index of passages; `stands` is a build with the same documents, whose passages and vectors are kept."""
    from graph.search.passage_table import HEADS, TableReport, write_heads, write_table

    if stands is not None and _is_embedded(stands, settings) and (folder / SEARCH / HEADS).is_file():
        write_heads(folder / SEARCH, records, settings=settings)
        manifest = stands.manifest
        return TableReport(manifest.passages, manifest.embedded, manifest.model)
    shutil.rmtree(folder / SEARCH, ignore_errors=True)
    earlier = base.path / SEARCH if base else None
    return write_table(folder / SEARCH, records, settings=settings, earlier=earlier, progress=progress)


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
    second = outcome.reading.second
    if second is not None:
        keep_answers(settings.workspace, second.fresh)
    unfinished = _UNFINISHED if second is not None and second.is_unfinished else ""
    entries[record.document] = DocumentEntry(
        name=record.document,
        digest=record.digest,
        version=f"{document_version(settings, record.document)}{unfinished}",
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
