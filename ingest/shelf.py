"""The shelf: a folder into which reading processes put their results, so that processes exchange file paths, not data.

An ingest of many files then does not hold their texts in memory, and workers on other machines do not send them to the
publishing process; they must see the workspace's folder.
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
    """One file to read, and the folder that its results go to."""

    source: Source
    settings: Settings
    folder: Path


@dataclass(frozen=True, slots=True)
class Shelved:
    """The outcome for one file; its record and document, if kept, are in a folder."""

    report: DocumentReport
    digest: str = ""  #: of the file; "" if nothing of it is kept
    second: Consultation | None = None  #: the second reader's questions and answers; None without one

    @property
    def is_kept(self) -> bool:
        """True if there is a record to publish."""
        return bool(self.digest)


def read_to_shelf(task: ShelfTask) -> Shelved:
    """Read a file and put its record and document into the task's folder. A Shelved is returned for every file."""
    source = task.source
    return shelve(source, work(Task(source.path, source.name, task.settings)), task.folder)


def shelve(source: Source, outcome: Outcome, folder: Path) -> Shelved:
    """Put the record and the document of a reading into a folder, if its report's status says that they are kept."""
    report = report_on(source, outcome)
    reading = outcome.reading
    second = reading.second if reading is not None else None
    if reading is None or report.status not in KEPT:
        return Shelved(report, second=second)
    return put_on_shelf(reading, report, folder)


def put_on_shelf(reading: Reading, report: DocumentReport, folder: Path) -> Shelved:
    """Put a record and its document into a folder."""
    record = reading.record
    write_record(folder, record)
    write_json(folder / DOCUMENTS / file_key(record.document, record.digest), to_json(reading.document))
    return Shelved(report, record.digest, reading.second)


def lost(task: ShelfTask, ended: ReadingEnded) -> Shelved:
    """Return the report on a file for which the reading process ended."""
    source = task.source
    read = Task(source.path, source.name, task.settings)
    outcome = Outcome(read, None, f"{source.name}: {ended}", (), ended.seconds, ended.computing_seconds)
    return Shelved(report_on(source, outcome))


def take_from_shelf(shelved: Shelved, shelf: Path, folder: Path) -> None:
    """Move the record and the document of a file from the shelf into the draft build in `folder`."""
    for kind in (RECORDS, DOCUMENTS):
        name = file_key(shelved.report.name, shelved.digest)
        (folder / kind).mkdir(parents=True, exist_ok=True)
        (shelf / kind / name).replace(folder / kind / name)
