"""Process one document: read, extract, validate. Runs in any process; its results can be pickled."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import UnreadableDocument, WhofundsError
from graph.model import Record
from graph.names.index import NameIndex
from graph.registry import Registry, load_registry
from graph.settings import Settings
from ingest.columns.mapping import FORMATS
from ingest.document import Document
from ingest.origin import Origin, read_origin

if TYPE_CHECKING:
    from ingest.columns.kept import Choice, Kept
    from ingest.extract.second_reader.consultation import Consultation


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and what was extracted from it."""

    document: Document
    record: Record
    second: Consultation | None = None  #: what a second reader was asked and said; None where none is set


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read."""

    path: Path
    name: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a task: a reading, or the reason why there is none."""

    task: Task
    reading: Reading | None
    fault: str = ""
    shape_issues: tuple[str, ...] = ()
    seconds: float = 0.0
    computing_seconds: float = 0.0  #: of this process, without what recognises pictures


def work(task: Task) -> Outcome:
    """Process one file; return an outcome for every file, also for one that cannot be read."""
    started, computed = time.monotonic(), time.process_time()

    def took() -> tuple[float, float]:
        return time.monotonic() - started, time.process_time() - computed

    try:
        reading = read_and_extract(task.path, task.name, task.settings)
        issues = shape_issues(reading.record)
        return Outcome(task, reading, "", issues, *took())
    except WhofundsError as error:
        fault = str(error)
    except MemoryError:
        raise  # the process that reads says so and ends
    except Exception as error:  # one document never stops a batch
        fault = f"{task.name}: cannot be extracted ({type(error).__name__}: {error}); please report it"
    return Outcome(task, None, fault, (), *took())


def read_and_extract(
    source: Path | bytes, name: str | None, settings: Settings, *, columns: Choice = (),
    origin: Origin | None = None,
) -> Reading:  # fmt: skip
    """Return the document in a file, or in bytes with a name, and its record.

    Args:
        source: A file, or the bytes of one.
        name: The document's name; None to take the file's.
        settings: The registry, the workspace and the limits.
        columns: Roles of a spreadsheet's columns, in addition to those that the workspace keeps.
        origin: Where the bytes were published; a file has its own origin beside it.

    Raises:
        UnreadableDocument: The file cannot be turned into text.
        UnknownColumn: `columns` names a column that the document lacks.
    """
    from ingest.extract import extract_record
    from ingest.extract.second_reader.consultation import consultation_for
    from ingest.readers import read, read_bytes

    if isinstance(source, bytes):
        document = with_origin(read_bytes(source, name or name_of_stream(source), settings=settings), origin)
    else:
        document = read(source, settings=settings)
        document = replace(document, name=name) if name else document
        document = with_origin(document, read_origin(source, document.digest))
    if not any(sign.isalnum() for sign in document.text):
        raise UnreadableDocument(f"{document.name}: no words in it; check that it was saved completely")
    names = name_index(settings.data / "registry")
    kept = columns_of(document, settings, columns)
    second = consultation_for(document.name, settings) if document.format not in FORMATS else None
    return Reading(document, extract_record(document, names, columns=kept, second=second), second)


def with_origin(document: Document, origin: Origin | None) -> Document:
    """Return a document with the address and the publisher from its origin; unchanged if `origin` is None."""
    return replace(document, address=origin.address, publisher=origin.body) if origin else document


def extract_again(document: Document, settings: Settings, columns: Kept) -> Record:
    """Return a new record of a document that was read before, extracted with other column roles."""
    from ingest.extract import extract_record

    kept = (*columns_of(document, settings), *columns)
    return extract_record(document, name_index(settings.data / "registry"), columns=kept)


def columns_of(document: Document, settings: Settings, choice: Choice = ()) -> Kept:
    """Return the column roles of a spreadsheet: those kept in the workspace and those in `choice`.

    None for other formats.

    Raises:
        UnknownColumn: `choice` names a column that the document lacks.
    """
    if document.format not in FORMATS and not choice:
        return ()
    from ingest.columns.kept import mappings_of_choice, read_kept

    return (*read_kept(settings.workspace), *mappings_of_choice([document], choice))


def shape_issues(record: Record) -> tuple[str, ...]:
    """Return a sentence for each place where the record breaks a SHACL shape."""
    from graph.rdf.triples import record_triples
    from graph.rdf.validation import validate

    return tuple(validate(record_triples(record), record.document))


@cache
def registry_in(folder: Path) -> Registry:
    """Return the registry in a folder, loaded once per process."""
    return load_registry(folder)


@cache
def name_index(folder: Path) -> NameIndex:
    """Return the name index of a registry's folder, made once per process."""
    return NameIndex(registry_in(folder))


def name_of_stream(data: bytes) -> str:
    """Return a file name for bytes that have none, with an ending that fits their content."""
    start = data[:1024].lstrip().lower()
    if start.startswith(b"%pdf"):
        return "standard-input.pdf"
    if start.startswith(b"pk\x03\x04"):
        return "standard-input.docx"  # or a workbook, which its reader notices
    return "standard-input.html" if start.startswith((b"<!doctype html", b"<html")) else "standard-input.md"
