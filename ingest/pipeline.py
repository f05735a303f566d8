"""Documents to a published build: find, plan, read, report, publish; one report per document."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from graph.builds.workspace import Draft, Workspace
from graph.model import Record
from graph.settings import Settings
from graph.unread import issue_without_flows
from ingest.correction_sets import corrections_to_apply
from ingest.executor import open_executor
from ingest.extract.second_reader.consultation import Counts, begin_run, run_said
from ingest.plan import make_plan
from ingest.publication import is_complete, publish
from ingest.report import DocumentReport, DocumentStatus, IngestReport
from ingest.sources import Source, Sources, find_sources
from ingest.versions import document_version
from ingest.work import Outcome, Task, work

log = logging.getLogger(__name__)


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
    plan = make_plan(sources.files, base.manifest.documents if base else (), partial(document_version, settings))
    would = [DocumentReport(file.name, str(file.path), DocumentStatus.TO_READ) for file in plan.to_read]
    return IngestReport(workspace.current_id(), False, (*sources.failures, *plan.settled, *would), sources.messages)


def _ingest(sources: Sources, draft: Draft, settings: Settings, workers: int, progress: bool) -> IngestReport:
    base = draft.base()
    held = base.manifest.documents if base else ()
    plan = make_plan(sources.files, held, partial(document_version, settings))
    begin_run(settings)
    outcomes = {outcome.task.name: outcome for outcome in _read(plan.to_read, settings, workers, progress)}
    read = [report_on(file, outcomes[file.name]) for file in plan.to_read]
    documents = (*sources.failures, *plan.settled, *read)
    corrections, faults = corrections_to_apply(base, settings)
    messages = (*sources.messages, *faults, *_second_said(outcomes.values(), settings))
    readings = [outcomes[document.name] for document in read if document.status in _KEPT]
    if not readings and (base is None or is_complete(base, settings, corrections)):
        return IngestReport(base.id if base else None, False, documents, messages)
    build, said = publish(draft, base, readings, {d.name: d for d in read}, settings, progress, corrections)
    return IngestReport(build.id, True, documents, (*messages, *said))


_KEPT = (DocumentStatus.LOADED, DocumentStatus.PARTLY)


def _read(files: Sequence[Source], settings: Settings, workers: int, progress: bool) -> Iterator[Outcome]:
    from tqdm import tqdm

    tasks = [Task(file.path, file.name, settings) for file in files]
    executor = open_executor(work, _lost, settings=settings, workers=workers, tasks=len(tasks))
    hidden = not progress or not tasks
    yield from tqdm(executor.run(tasks), "Reading", len(tasks), unit="document", file=sys.stderr, disable=hidden)


def _second_said(outcomes: Iterable[Outcome], settings: Settings) -> tuple[str, ...]:
    """Return what a second reader did in this run; nothing where none is set or nothing was in doubt."""
    counts = Counts()
    for outcome in outcomes:
        if outcome.reading is not None and outcome.reading.second is not None:
            counts += outcome.reading.second.counts
    said = run_said(settings, counts)
    return (said,) if said else ()


def _lost(task: Task) -> Outcome:
    return Outcome(task, None, f"{task.name}: the process that read it died; the file may be damaged or too large")


def report_on(file: Source, outcome: Outcome) -> DocumentReport:
    """Say what became of a file that was read."""
    report = DocumentReport(file.name, str(file.path), DocumentStatus.FAILED, seconds=round(outcome.seconds, 3))
    if outcome.reading is None:
        return replace(report, issues=(outcome.fault,))
    record = outcome.reading.record
    if not holds_decision(record):
        note = f"{file.path}: no decision recognised: no reference, body, date or money"
        status = DocumentStatus.FAILED if file.asked else DocumentStatus.SKIPPED
        return replace(report, status=status, issues=(note,))
    found = (*record.issues, *outcome.shape_issues, issue_without_flows(record))
    issues = tuple(issue for issue in found if issue)
    counts = (len(record.flows), len(issues), outcome.seconds)
    log.info("loaded document=%s flows=%d issues=%d seconds=%.1f", file.name, *counts)
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
        awards=len(record.awards),
        unread=record.unread,
    )


def holds_decision(record: Record) -> bool:
    """Return whether anything of a decision was recognised."""
    decision = record.decision
    return bool(decision.reference or decision.body or decision.signed or record.flows or record.awards)
