"""Documents that people add: read and shown for review first, published when accepted.

Nothing is written before `publish_accepted`; what is rejected leaves no trace.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from graph.builds.workspace import Build, Workspace
from graph.corrections.corrected import State, apply_corrections
from graph.corrections.correction import Correction, CorrectionRefused, CorrectionSet, next_id
from graph.corrections.file import adding, corrections_file, read_corrections
from graph.errors import WhofundsError
from graph.model import Entity, FlowKind, NewName, Record, Verdict
from graph.settings import Settings
from ingest.correction_sets import resolved_set
from ingest.pipeline import holds_decision, report_on
from ingest.publication import publish
from ingest.report import IngestReport
from ingest.sources import Source
from ingest.work import Outcome, Task, name_index, read_and_extract, shape_issues

ADDED = "added"  #: folder of the workspace that keeps the files that were added, so that they can be read anew
DOUBTFUL = 0.7  #: a flow read with less confidence is shown first
_PAID = (FlowKind.GRANT, FlowKind.SUB_GRANT)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a document that a person should look at."""

    message: str
    flow: str = ""  #: FundingFlow.id; "" where it is about the document
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that the registry lacks, with the known names nearest to it."""

    new: NewName
    nearest: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """One file as it was read, not yet published."""

    name: str
    data: bytes
    outcome: Outcome
    fault: str = ""  #: why it cannot be published; "" where it can
    notes: tuple[str, ...] = ()  #: what will happen: a document of this name is replaced
    doubts: tuple[Doubt, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def record(self) -> Record | None:
        """What was read, without corrections."""
        return self.outcome.reading.record if self.outcome.reading and not self.fault else None


def read_for_review(files: Iterable[tuple[str, bytes]], settings: Settings) -> Iterator[Pending]:
    """Read files one by one and yield what was found in each; whatever a file holds, something comes back.

    Args:
        files: name and content.
        settings: the registry, and the workspace whose build the files would join.
    """
    held = {entry.name: entry.digest for entry in build.manifest.documents} if (build := _build(settings)) else {}
    seen: set[str] = set()
    for given, data in files:
        name = Path(given.replace("\\", "/")).name or "document"
        if name in seen:
            fault = f"{name}: a second file of this name; give it another name and add it again"
            yield Pending(name, data, Outcome(_task(name, settings), None, fault), fault)
            continue
        seen.add(name)
        yield _pending(name, data, held, settings)


def publish_accepted(
    accepted: Sequence[Pending], corrections: Sequence[Correction], settings: Settings, *, progress: bool = False
) -> IngestReport:
    """Publish accepted documents, with the corrections that were made while they were reviewed, as a new build.

    Raises:
        CorrectionRefused: Nothing was accepted, or a correction finds nothing to correct; nothing is published.
        WorkspaceBusy: Another process publishes in this workspace.
    """
    started = time.monotonic()
    ready = [pending for pending in accepted if pending.record is not None]
    if not ready:
        raise CorrectionRefused("no document is accepted; accept one that could be read, then publish")
    file = corrections_file(settings.workspace)
    with Workspace(settings.workspace, settings=settings).publishing() as draft:
        base = draft.base()
        held = read_corrections(file)
        added = _checked(corrections, held, ready, settings)
        _keep_files(ready, settings)
        reports = {pending.name: report_on(_source(pending), pending.outcome) for pending in ready}
        outcomes = [pending.outcome for pending in ready]
        with adding(file, added):
            build, said = publish(draft, base, outcomes, reports, settings, progress, (*held, *added))
    seconds = round(time.monotonic() - started, 2)
    return IngestReport(build.id, True, tuple(reports.values()), said, seconds)


def doubts_of(record: Record, shapes: Sequence[str] = ()) -> tuple[Doubt, ...]:
    """Return what a person should look at: open parties, unsure flows, figures in conflict, what could not be read."""
    found = [Doubt(issue) for issue in (*record.issues, *shapes)]
    for check in record.checks:
        if check.verdict is Verdict.CONFLICT:
            found.append(Doubt(check.message, locator=check.evidence[0].locator if check.evidence else ""))
    for flow in record.flows:
        said = []
        if flow.funder is None:
            said.append("who pays is left open")
        if flow.recipient is None and flow.kind in _PAID:
            said.append("who receives it is left open")
        if not flow.years:
            said.append("no financial year is stated")
        if flow.confidence < DOUBTFUL:
            said.append(f"read with little confidence ({flow.confidence:.0%})")
        if said:
            words, place = "; ".join(said), flow.evidence[0].locator if flow.evidence else ""
            found.append(Doubt(words[0].upper() + words[1:], flow.id, place))
    return tuple(found)


def suggestions_for(record: Record, settings: Settings) -> tuple[Suggestion, ...]:
    """Return the names that the registry lacks, each once, with the known names nearest to them."""
    names = name_index(settings.data / "registry")
    found: dict[str, Suggestion] = {}
    for new in record.new_names:
        if new.entity.id not in found:
            near = tuple(each for each in names.suggest(new.entity.name, limit=5) if each.kind is new.entity.kind)
            found[new.entity.id] = Suggestion(new, near[:3])
    return tuple(found.values())


def _pending(name: str, data: bytes, held: dict[str, str], settings: Settings) -> Pending:
    outcome = _read(name, data, settings)
    if outcome.reading is None:
        return Pending(name, data, outcome, outcome.fault)
    record = outcome.reading.record
    if not holds_decision(record):
        return Pending(name, data, outcome, f"{name}: no decision recognised: no reference, body, date or money")
    digest = sha256(data).hexdigest()
    same = next((other for other, known in held.items() if known == digest and other != name), None)
    if same:
        return Pending(name, data, outcome, f"{name}: the same content as {same}, which is loaded already")
    notes = []
    if held.get(name) == digest:
        notes.append("This document is loaded already, with the same content.")
    elif name in held:
        notes.append("A document of this name is loaded; this one will replace it.")
    doubts, near = doubts_of(record, outcome.shape_issues), suggestions_for(record, settings)
    return Pending(name, data, outcome, notes=tuple(notes), doubts=doubts, suggestions=near)


def _read(name: str, data: bytes, settings: Settings) -> Outcome:
    started = time.monotonic()
    task = _task(name, settings)
    try:
        reading = read_and_extract(data, name, settings)
        issues = shape_issues(reading.record)
        return Outcome(task, reading, shape_issues=issues, seconds=time.monotonic() - started)
    except WhofundsError as error:
        fault = str(error)
    except Exception as error:  # one document never stops the others
        fault = f"{name}: cannot be extracted ({type(error).__name__}: {error}); please report it"
    return Outcome(task, None, fault, seconds=time.monotonic() - started)


def _checked(
    wanted: Sequence[Correction], held: Sequence[Correction], ready: Sequence[Pending], settings: Settings
) -> tuple[Correction, ...]:
    """Return the corrections of the review with their ids, after trying them on the accepted records."""
    added: list[Correction] = []
    for correction in wanted:
        added.append(replace(correction, id=next_id([*held, *added])))
    records = [pending.record for pending in ready if pending.record]
    known: CorrectionSet = resolved_set(added, records, settings)
    for outcome in apply_corrections(records, known).outcomes:
        if outcome.state not in (State.APPLIED, State.UNDONE):
            raise CorrectionRefused(outcome.reason)
    return tuple(added)


def _keep_files(ready: Sequence[Pending], settings: Settings) -> None:
    folder = settings.workspace / ADDED
    folder.mkdir(parents=True, exist_ok=True)
    for pending in ready:
        draft = folder / f".{pending.name}.new"
        draft.write_bytes(pending.data)
        os.replace(draft, folder / pending.name)


def _source(pending: Pending) -> Source:
    return Source(Path(pending.name), pending.name, True)


def _task(name: str, settings: Settings) -> Task:
    return Task(Path(name), name, settings)


def _build(settings: Settings) -> Build | None:
    try:
        return Workspace(settings.workspace, settings=settings).current()
    except WhofundsError:
        return None
