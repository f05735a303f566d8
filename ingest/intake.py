"""Documents that people add in the app: read and shown for review, published when a person accepts them.

Nothing is written before `publish_accepted`; a rejected document leaves no trace.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from graph.audit import Event
from graph.builds.build import Build
from graph.builds.manifest import DocumentEntry
from graph.builds.people import ADDED, COLUMNS, CORRECTIONS
from graph.builds.workspace import Workspace
from graph.corrections.corrected import State, apply_corrections
from graph.corrections.correction import Correction, CorrectionRefused, CorrectionSet, next_id
from graph.corrections.file import with_corrections
from graph.corrections.held import held_corrections
from graph.errors import InvalidReference, WhofundsError
from graph.model import Record
from graph.parse.references import reference_key
from graph.settings import Settings
from ingest.apart import ReadingEnded, ReadingProcess
from ingest.columns.kept import Kept, with_mappings
from ingest.correcting import tell_of_corrections
from ingest.correction_sets import named_in, resolved_set
from ingest.doubts import Remark, Suggestion, doubts_of, suggestions_for
from ingest.files import shown
from ingest.origin import Origin, beside, written
from ingest.publication import publish
from ingest.report import IngestReport
from ingest.reporting import holds_decision
from ingest.shelf import shelve
from ingest.sources import Source
from ingest.work import Outcome, Reading, Task, extract_again, read_and_extract, shape_issues


@dataclass(frozen=True, slots=True)
class Pending:
    """One added file with the result of its reading, not yet published."""

    name: str
    data: bytes
    outcome: Outcome
    fault: str = ""  #: why it cannot be published; "" if it can
    notes: tuple[str, ...] = ()  #: effects of publishing, such as replacing a document of this name
    doubts: tuple[Remark, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    columns: Kept = ()  #: column roles that a person set during the review
    origin: Origin | None = None  #: where it was fetched; None for an uploaded file

    @property
    def record(self) -> Record | None:
        """The uncorrected record of the document; None if the file cannot be published."""
        return self.outcome.reading.record if self.outcome.reading and not self.fault else None


Reader = Callable[[str, bytes, Sequence[DocumentEntry], Settings], Pending]


def read_for_review(
    files: Iterable[tuple[str, bytes]],
    settings: Settings,
    *,
    before: Iterable[Pending] = (),
    reader: Reader | None = None,
) -> Iterator[Pending]:
    """Read files one by one and yield a Pending for each; a file that cannot be read gives one with a fault.

    Args:
        files: Name and content of each file.
        settings: The registry, and the workspace whose build the files would join.
        before: Files of the same batch that have been read already.
        reader: Reads one file; `read_one`, in this process, if None.
    """
    reader = reader or read_one
    build = _build(settings)
    held = build.manifest.documents if build else ()
    seen = {pending.name: sha256(pending.data).hexdigest() for pending in before}
    for given, data in files:
        name = shown(Path(given.replace("\\", "/")).name) or "document"
        digest = sha256(data).hexdigest()
        same = next((other for other, known in seen.items() if known == digest), None)
        if same is not None:
            yield refused(name, data, f"{name}: the same content as {same} in this batch; it is needed once", settings)
        elif name in seen:
            fault = f"{name}: a second file of this name; give it another name and add it again"
            yield refused(name, data, fault, settings)
        else:
            yield reader(name, data, held, settings)
        seen.setdefault(name, digest)


def refused(name: str, data: bytes, fault: str, settings: Settings) -> Pending:
    """Return a Pending for a file that cannot be added; `fault` is the reason shown to people."""
    return Pending(name, data, Outcome(_task(name, settings), None, fault), fault)


def publish_accepted(
    accepted: Sequence[Pending],
    corrections: Sequence[Correction],
    settings: Settings,
    *,
    progress: bool = False,
    tell: Callable[[str], None] | None = None,
) -> IngestReport:
    """Publish accepted documents, with the corrections that were made during their review, as a new build.

    `tell` is called with a sentence at each step of the work.

    Raises:
        CorrectionRefused: Nothing was accepted, or a correction finds nothing to correct; nothing is published.
        InvalidReference: The file of corrections, or the file of column roles, is damaged or missing.
        WorkspaceBusy: Another process publishes in this workspace.
    """
    started = time.monotonic()
    ready = [pending for pending in accepted if pending.record is not None]
    if not ready:
        raise CorrectionRefused("no document is accepted; accept one that could be read, then publish")
    with Workspace(settings.workspace, settings=settings).publishing() as draft:
        held = held_corrections(settings.workspace, draft.newest())
        if held.fault:
            raise InvalidReference(held.fault)
        added = _checked(corrections, held.corrections, ready, settings)
        read = [shelve(_source(pending), pending.outcome, draft.shelf) for pending in ready]
        columns = [mapping for pending in ready for mapping in pending.columns]
        if added:
            text = with_corrections(held.text, added, settings.workspace / CORRECTIONS)
            draft.bring(CORRECTIONS, text.encode("utf-8"))
        if columns:
            draft.bring(COLUMNS, with_mappings(settings.workspace, columns).encode("utf-8"))
        for pending in ready:
            draft.bring(f"{ADDED}/{pending.name}", pending.data)
            if pending.origin is not None:
                draft.bring(f"{ADDED}/{beside(Path(pending.name)).name}", written(pending.origin))
        draft.tell(settings, Event.ADDITION, names=[pending.name for pending in ready])
        tell_of_corrections(draft, added, settings)
        together = (*held.corrections, *added)
        build, said = publish(draft, read, settings, progress, together, tell)
    seconds = round(time.monotonic() - started, 2)
    return IngestReport(build.id, True, tuple(one.report for one in read), (*held.messages, *said), seconds)


def read_one(
    name: str, data: bytes, held: Sequence[DocumentEntry], settings: Settings, origin: Origin | None = None
) -> Pending:
    """Read one file in this process and return its Pending.

    `held` are the documents of the build that it would join.
    """
    found = _pending(name, data, _read(name, data, settings, origin), held, settings)
    return replace(found, origin=origin)


def read_in(
    process: ReadingProcess,
    name: str,
    data: bytes,
    held: Sequence[DocumentEntry],
    settings: Settings,
    origin: Origin | None = None,
) -> Pending:
    """Read one file in a separate process and return its Pending.

    `held` are the documents of the build that it would join.

    Raises:
        Stopped: A person stopped the reading.
    """
    try:
        found = process.ask(_without_data, name, data, tuple(held), settings, origin)
    except ReadingEnded as ended:
        return refused(name, data, f"{name}: {ended}", settings)
    return replace(found, data=data)


def _without_data(
    name: str, data: bytes, held: Sequence[DocumentEntry], settings: Settings, origin: Origin | None
) -> Pending:
    return replace(read_one(name, data, held, settings, origin), data=b"")  # who asks has the data


def read_again(pending: Pending, columns: Kept, settings: Settings) -> Pending:
    """Return a spreadsheet under review, extracted again with the column roles that a person chose.

    Nothing is stored.
    """
    reading = pending.outcome.reading
    assert reading is not None
    build = _build(settings)
    record = extract_again(reading.document, settings, columns)
    outcome = replace(pending.outcome, reading=Reading(reading.document, record), shape_issues=shape_issues(record))
    held = build.manifest.documents if build else ()
    found = _pending(pending.name, pending.data, outcome, held, settings)
    return replace(found, columns=columns, origin=pending.origin)


def _pending(name: str, data: bytes, outcome: Outcome, held: Sequence[DocumentEntry], settings: Settings) -> Pending:
    if outcome.reading is None:
        return Pending(name, data, outcome, outcome.fault)
    record = outcome.reading.record
    if not holds_decision(record):
        return Pending(
            name, data, outcome,
            f"{name}: no decision recognised: no reference, body, date or money; check that it is the decision itself",
        )  # fmt: skip
    digest = sha256(data).hexdigest()
    same = next((entry.name for entry in held if entry.digest == digest and entry.name != name), None)
    if same:
        return Pending(name, data, outcome, f"{name}: the same content as {same}, which is loaded already; leave it")
    doubts, near = doubts_of(record, outcome.shape_issues), suggestions_for(record, settings)
    return Pending(name, data, outcome, notes=_notes(record, digest, held), doubts=doubts, suggestions=near)


def _notes(record: Record, digest: str, held: Sequence[DocumentEntry]) -> tuple[str, ...]:
    """Return sentences on what publishing a document changes, such as the document of its name that it replaces."""
    mine = next((entry for entry in held if entry.name == record.document), None)
    if mine is not None:
        if mine.digest == digest:
            return ("This document is loaded already, with the same content: publishing it changes nothing.",)
        return ("A document of this name is loaded; this one will replace it.",)
    reference = record.decision.reference
    key = reference_key(reference) if reference else ""
    others = [each.name for each in held if key and each.reference and reference_key(each.reference) == key]
    if not others:
        return ()
    return (
        f"{reference} is loaded already, from {', '.join(others[:3])}. If this is the same decision, leave it out, "
        "or give it that file name to replace it.",
    )


def _read(name: str, data: bytes, settings: Settings, origin: Origin | None) -> Outcome:
    started = time.monotonic()
    task = _task(name, settings)
    try:
        reading = read_and_extract(data, name, settings, origin=origin)
        issues = shape_issues(reading.record)
        return Outcome(task, reading, shape_issues=issues, seconds=time.monotonic() - started)
    except WhofundsError as error:
        fault = str(error)
    except MemoryError:
        raise  # the process that reads says so and ends
    except Exception as error:  # one document never stops the others
        fault = f"{name}: cannot be extracted ({type(error).__name__}: {error}); please report it"
    return Outcome(task, None, fault, seconds=time.monotonic() - started)


def _checked(
    wanted: Sequence[Correction], held: Sequence[Correction], ready: Sequence[Pending], settings: Settings
) -> tuple[Correction, ...]:
    """Return the corrections made during the review with their ids, after trying them on the accepted records."""
    added: list[Correction] = []
    for correction in wanted:
        added.append(replace(correction, id=next_id([*held, *added])))
    records = [pending.record for pending in ready if pending.record]
    known: CorrectionSet = resolved_set(added, named_in(records), settings)
    for outcome in apply_corrections(records, known).outcomes:
        if outcome.state not in (State.APPLIED, State.UNDONE):
            raise CorrectionRefused(outcome.reason)
    return tuple(added)


def _source(pending: Pending) -> Source:
    return Source(Path(pending.name), pending.name, True)


def _task(name: str, settings: Settings) -> Task:
    return Task(Path(name), name, settings)


def _build(settings: Settings) -> Build | None:
    try:
        return Workspace(settings.workspace, settings=settings).current()
    except WhofundsError:
        return None
