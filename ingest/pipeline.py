"""Documents to a published build: find, read, extract, validate, load, publish; one report per document."""

from __future__ import annotations

import logging
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from graph.archive import DOCUMENTS, RECORDS, file_key, read_record, write_json, write_record
from graph.builds import SEARCH, Build, Draft, Workspace
from graph.errors import DamagedWorkspace
from graph.manifest import DocumentEntry, Manifest
from graph.model import Record
from graph.settings import Settings
from graph.typed_json import to_json
from ingest.executor import open_executor
from ingest.report import DocumentReport, DocumentStatus, IngestReport
from ingest.sources import Source, Sources, find_sources
from ingest.versions import graph_version, reading_version
from ingest.work import Outcome, Task, work

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which files are to be read, and what is known of the others already."""

    to_read: tuple[Source, ...]
    settled: tuple[DocumentReport, ...]


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    *,
    workers: int | None = None,
    progress: bool = False,
    dry_run: bool = False,
) -> IngestReport:
    """Read the paths' documents and publish a build that holds them beside those of the current one.

    Documents that did not change are not read again; one that cannot be read is reported, and what an earlier
    build holds of it stays. With `dry_run` nothing is read or written.

    Raises:
        WorkspaceBusy: Another process publishes in this workspace.
    """
    started = time.monotonic()
    sources = find_sources(paths)
    workspace = Workspace(settings.workspace, settings=settings)
    if dry_run:
        report = _preview(sources, workspace, settings)
    else:
        with workspace.publishing() as draft:
            report = _ingest(sources, draft, settings, workers or settings.workers, progress)
    return replace(report, seconds=round(time.monotonic() - started, 2))


def _preview(sources: Sources, workspace: Workspace, settings: Settings) -> IngestReport:
    base = next(iter(workspace.builds()), None)
    plan = _plan(sources.files, base.manifest.documents if base else (), reading_version(settings))
    would = [DocumentReport(file.name, str(file.path), DocumentStatus.TO_READ) for file in plan.to_read]
    return IngestReport(workspace.current_id(), False, (*sources.failures, *plan.settled, *would), sources.messages)


def _ingest(sources: Sources, draft: Draft, settings: Settings, workers: int, progress: bool) -> IngestReport:
    base = draft.base()
    held = base.manifest.documents if base else ()
    plan = _plan(sources.files, held, reading_version(settings))
    outcomes = {outcome.task.name: outcome for outcome in _read(plan.to_read, settings, workers, progress)}
    read = [_report(file, outcomes[file.name]) for file in plan.to_read]
    documents = (*sources.failures, *plan.settled, *read)
    messages = sources.messages
    readings = [outcomes[document.name] for document in read if document.status in _KEPT]
    if not readings and (base is None or _is_complete(base, settings)):
        return IngestReport(base.id if base else None, False, documents, messages)
    build, said = _publish(draft, base, readings, {d.name: d for d in read}, settings, progress)
    return IngestReport(build.id, True, documents, (*messages, *said))


_KEPT = (DocumentStatus.LOADED, DocumentStatus.PARTLY)


def _plan(files: Sequence[Source], held: Iterable[DocumentEntry], version: str) -> Plan:
    """Settle what needs no reading: unchanged files, and files with the content of another."""
    entries = {entry.name: entry for entry in held}
    named = {file.name for file in files}
    contents = {entry.digest: entry.name for entry in entries.values() if entry.name not in named}
    to_read: list[Source] = []
    settled: list[DocumentReport] = []
    for file in files:
        digest = _digest(file.path)
        entry = entries.get(file.name)
        same = contents.get(digest) if digest else None
        if entry and entry.digest == digest and entry.version == version:
            settled.append(_settled(file, DocumentStatus.UNCHANGED))
        elif same:
            note = f"{file.path}: the same content as {same}; kept once"
            settled.append(_settled(file, DocumentStatus.SAME, note))
            continue
        else:
            to_read.append(file)
        if digest:
            contents.setdefault(digest, file.name)
    return Plan(tuple(to_read), tuple(settled))


def _settled(file: Source, status: DocumentStatus, *issues: str) -> DocumentReport:
    return DocumentReport(file.name, str(file.path), status, issues=issues)


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            digest = sha256()
            while chunk := file.read(1 << 20):
                digest.update(chunk)
            return digest.hexdigest()
    except OSError:
        return None  # the reader will say why


def _read(files: Sequence[Source], settings: Settings, workers: int, progress: bool) -> Iterator[Outcome]:
    from tqdm import tqdm

    tasks = [Task(file.path, file.name, settings) for file in files]
    executor = open_executor(work, _lost, settings=settings, workers=workers, tasks=len(tasks))
    hidden = not progress or not tasks
    yield from tqdm(executor.run(tasks), "Reading", len(tasks), unit="document", file=sys.stderr, disable=hidden)


def _lost(task: Task) -> Outcome:
    return Outcome(task, None, f"{task.name}: the process that read it died; the file may be damaged or too large")


def _report(file: Source, outcome: Outcome) -> DocumentReport:
    """Say what became of a file that was read."""
    report = DocumentReport(file.name, str(file.path), DocumentStatus.FAILED, seconds=round(outcome.seconds, 3))
    if outcome.reading is None:
        return replace(report, issues=(outcome.fault,))
    record = outcome.reading.record
    if not holds_decision(record):
        note = f"{file.path}: no decision recognised: no reference, body, date or money"
        status = DocumentStatus.FAILED if file.asked else DocumentStatus.SKIPPED
        return replace(report, status=status, issues=(note,))
    issues = (*record.issues, *outcome.shape_issues)
    log.info("loaded document=%s flows=%d issues=%d seconds=%.1f", file.name, len(record.flows), len(issues), outcome.seconds)
    return replace(
        report,
        status=DocumentStatus.PARTLY if issues else DocumentStatus.LOADED,
        reference=record.decision.reference,
        title=record.decision.title,
        flows=len(record.flows),
        relations=len(record.relations),
        checks=len(record.checks),
        new_names=len(record.new_names),
        issues=issues,
    )


def holds_decision(record: Record) -> bool:
    """Return whether anything of a decision was recognised."""
    decision = record.decision
    return bool(decision.reference or decision.body or decision.signed or record.flows)


def _is_complete(base: Build, settings: Settings) -> bool:
    """Return whether the build needs nothing that this ingest could add: new triples, or vectors once missing."""
    from graph.embedding import is_available

    manifest = base.manifest
    if manifest.graph_version != graph_version(settings):
        return False
    return (manifest.embedded == manifest.passages and manifest.model == settings.model) or not is_available(settings)


def _publish(
    draft: Draft,
    base: Build | None,
    readings: Sequence[Outcome],
    reports: dict[str, DocumentReport],
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
