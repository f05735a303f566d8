"""Documents to a published build: find, plan, read, report, publish; one report per document."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from graph.builds.draft import Draft
from graph.builds.workspace import Workspace
from graph.progress import counting, saying
from graph.settings import Settings
from ingest.executor import open_executor
from ingest.keeping import corrections_in_force
from ingest.mending import whole_entries
from ingest.plan import make_plan
from ingest.publication import is_complete, publish
from ingest.report import DocumentReport, DocumentStatus, IngestReport
from ingest.shelf import ShelfTask, Shelved, lost, read_to_shelf
from ingest.sources import Source, Sources, find_sources
from ingest.versions import document_version


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
    build holds of it stays. With `dry_run` nothing is read or written. `progress` says on standard error how far it is.

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
    held = base.manifest.documents if base else ()
    plan = make_plan(sources.files, held, partial(document_version, settings), settings)
    would = [DocumentReport(file.name, file.said, DocumentStatus.TO_READ) for file in plan.to_read]
    return IngestReport(workspace.current_id(), False, (*sources.failures, *plan.settled, *would), sources.messages)


def _ingest(sources: Sources, draft: Draft, settings: Settings, workers: int, progress: bool) -> IngestReport:
    base, tell = draft.base(), saying(progress)
    plan = make_plan(sources.files, whole_entries(draft), partial(document_version, settings), settings)
    shelved = {one.report.name: one for one in _read(plan.to_read, draft.shelf, settings, workers, progress)}
    read = [shelved[file.name] for file in plan.to_read]
    documents = (*sources.failures, *plan.settled, *(one.report for one in read))
    held, faults = corrections_in_force(draft, settings)
    messages = (*sources.messages, *faults, *_second_said(read, settings))
    kept = [one for one in read if one.is_kept]
    is_whole = not draft.faults and not draft.pointer_fault
    if not kept and (base is None or (is_whole and is_complete(base, settings, held.corrections))):
        return IngestReport(base.id if base else None, False, documents, messages)
    build, said = publish(draft, kept, settings, progress, held.corrections, tell)
    return IngestReport(build.id, True, documents, (*messages, *said))


def _read(files: Sequence[Source], shelf: Path, settings: Settings, workers: int, progress: bool) -> Iterator[Shelved]:
    tasks = [ShelfTask(file, settings, shelf) for file in files]
    executor = open_executor(read_to_shelf, lost, settings=settings, workers=workers)
    yield from counting(executor.run(tasks), len(tasks), "Reading", "document", shown=progress)


def _second_said(shelved: Iterable[Shelved], settings: Settings) -> tuple[str, ...]:
    """Return a sentence on what a second reader did in this run; nothing if none is set or no flow was in doubt."""
    if not settings.second_reader:
        return ()
    from ingest.extract.second_reader.consultation import Counts, run_said

    counts = Counts()
    for one in shelved:
        if one.second is not None:
            counts += one.second.counts
    said = run_said(settings, counts)
    return (said,) if said else ()
