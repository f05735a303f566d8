"""What was read from files, put in a folder by the process that read it: nothing large goes from process to process.

An ingest of many files then needs no memory for their texts, and workers on other machines send none of them through
the one that publishes; they must see the workspace's folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.builds.archive import DOCUMENTS, RECORDS, file_key, write_json, write_record
from graph.settings import Settings
from graph.typed_json import to_json
from ingest.apart import ReadingEnded
from ingest.report import DocumentReport, DocumentStatus
from ingest.reporting import report_on
from ingest.sources import Source
from ingest.work import Outcome, Reading, Task, work

if TYPE_CHECKING:
    from ingest.extract.second_reader.consultation import Consultation

KEPT = (DocumentStatus.LOADED, DocumentStatus.PARTLY)


@dataclass(frozen=True, slots=True)
class ShelfTask:
    """One file to read, and the folder for what is read from it."""

    source: Source
    settings: Settings
    folder: Path


@dataclass(frozen=True, slots=True)
class Shelved:
    """What became of a file; its record and its document, if any, are in a folder."""

    report: DocumentReport
    digest: str = ""  #: of the file; "" where nothing is kept of it
    second: Consultation | None = None  #: what a second reader was asked and said; None where none is set

    @property
    def is_kept(self) -> bool:
        """Whether there is a record to publish."""
        return bool(self.digest)


def read_to_shelf(task: ShelfTask) -> Shelved:
    """Read a file and put what was found in the task's folder. Whatever the file holds, a result comes back."""
    source = task.source
    return shelve(source, work(Task(source.path, source.name, task.settings)), task.folder)


def shelve(source: Source, outcome: Outcome, folder: Path) -> Shelved:
    """Put what was read from a file in a folder, if it is worth keeping."""
    report = report_on(source, outcome)
    reading = outcome.reading
    second = reading.second if reading is not None else None
    if reading is None or report.status not in KEPT:
        return Shelved(report, second=second)
    return put_on_shelf(reading, report, folder)


def put_on_shelf(reading: Reading, report: DocumentReport, folder: Path) -> Shelved:
    """Put a record and its document in a folder."""
    record = reading.record
    write_record(folder, record)
    write_json(folder / DOCUMENTS / file_key(record.document, record.digest), to_json(reading.document))
    return Shelved(report, record.digest, reading.second)


def lost(task: ShelfTask, ended: ReadingEnded) -> Shelved:
    """Return the report on a file whose reading ended its process."""
    source = task.source
    read = Task(source.path, source.name, task.settings)
    outcome = Outcome(read, None, f"{source.name}: {ended}", (), ended.seconds, ended.computing_seconds)
    return Shelved(report_on(source, outcome))


def take_from_shelf(shelved: Shelved, shelf: Path, folder: Path) -> None:
    """Move the record and the document of a file from the shelf into the draft of a build in `folder`."""
    for kind in (RECORDS, DOCUMENTS):
        name = file_key(shelved.report.name, shelved.digest)
        (folder / kind).mkdir(parents=True, exist_ok=True)
        (shelf / kind / name).replace(folder / kind / name)
