"""Make the report on one file of an ingest."""

from __future__ import annotations

import logging
from dataclasses import replace

from graph.model import Record
from graph.unread import issue_without_flows
from ingest.report import DocumentReport, DocumentStatus
from ingest.sources import Source
from ingest.work import Outcome

log = logging.getLogger(__name__)


def report_on(file: Source, outcome: Outcome) -> DocumentReport:
    """Return the report on a file that was read, from the outcome of the reading."""
    took, computed = round(outcome.seconds, 3), round(outcome.computing_seconds, 3)
    report = DocumentReport(file.name, file.said, DocumentStatus.FAILED, seconds=took, computing_seconds=computed)
    if outcome.reading is None:
        return replace(report, issues=(outcome.fault,))
    record = outcome.reading.record
    if not holds_decision(record):
        note = f"{file.said}: no decision recognised: no reference, body, date or money"
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
    """Return True if at least one part of a decision (reference, body, money ...) was recognised in the record."""
    decision = record.decision
    return bool(decision.reference or decision.body or decision.signed or record.flows or record.awards)
