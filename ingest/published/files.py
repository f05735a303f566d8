"""Published files in the workspace: the folder `published/` has each original with the records read from it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from graph.audit import Event, check_writable, record
from graph.errors import UnreadableDocument, WhofundsError
from graph.lists import PAYMENTS, is_list
from graph.model import FlowStatus
from graph.names.index import NameIndex
from graph.parse.dates import find_dates
from graph.published.record import PublishedKind, PublishedRecord
from graph.settings import Settings
from ingest.apart import ReadingEnded, reading_process
from ingest.files import chunks_of, shown, too_large
from ingest.origin import read_origin
from ingest.published.standards import read_standard
from ingest.readers import is_spreadsheet, read_bytes
from ingest.work import columns_of, name_index

PUBLISHED = "published"  #: folder of a workspace
RECORDS = ".records.json"  #: after a file's name: what was read from it


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file of published records."""

    name: str
    digest: str  #: SHA-256, hex
    records: tuple[PublishedRecord, ...]
    notes: tuple[str, ...] = ()  #: sentences on what could not be read


def read_published(data: bytes, name: str, settings: Settings, *, address: str = "") -> PublishedFile:
    """Return the grants, contracts or payments in a file: 360Giving or OCDS as JSON, or a list as CSV or Excel.

    Raises:
        UnreadableDocument: The file has none of these forms, or is too large.
    """
    names = name_index(settings.data / "registry")
    digest = sha256(data).hexdigest()
    if len(data) > settings.max_document_megabytes * 1_000_000:
        raise UnreadableDocument(too_large(name, len(data), settings))
    if name.lower().endswith(".json"):
        found = read_standard(data, name, names, address=address)
        if not found:
            raise UnreadableDocument(f"{name}: holds no grant and no awarded contract with a sum.")
        return PublishedFile(name, digest, tuple(found))
    if not is_spreadsheet(name):
        raise UnreadableDocument(
            f"{name}: published data is read as .json (360Giving, OCDS), .csv or .xlsx; add decisions as documents."
        )
    return _list_file(data, name, names, settings, address)


def _list_file(data: bytes, name: str, names: NameIndex, settings: Settings, address: str) -> PublishedFile:
    from ingest.columns.record import spreadsheet_record

    document = read_bytes(data, name, settings=settings)
    found = spreadsheet_record(document, names, columns_of(document, settings))
    if not is_list(found.decision.record_type) or not found.flows:
        raise UnreadableDocument(
            f"{name}: no column of payees and sums was recognised; name them with whofunds ingest --columns, or check "
            "that it is a list of payments, grants or contracts."
        )
    kind = PublishedKind.PAYMENT if found.decision.record_type == PAYMENTS else PublishedKind.GRANT
    records = []
    for flow in found.flows:
        if flow.status in (FlowStatus.UNSUCCESSFUL, FlowStatus.PROPOSED):
            continue
        words = flow.evidence[0]
        dates = find_dates(words.quote)
        records.append(
            PublishedRecord(
                kind=kind,
                id="",
                title=flow.purpose,
                payer=flow.funder.name if flow.funder else "",
                payer_id=flow.funder.id if flow.funder else "",
                payee=flow.recipient.name if flow.recipient else flow.recipient_words,
                payee_id=flow.recipient.id if flow.recipient else "",
                amount=flow.amount,
                currency=flow.currency,
                date=dates[0].date if dates else "",
                years=flow.years,
                words=words.quote,
                document=name,
                locator=words.locator,
                address=address,
            )
        )
    unread = found.unread.figures
    notes = (f"{name}: {unread} sums were not read",) if unread else ()
    return PublishedFile(name, document.digest, tuple(records), (*found.issues, *notes))


def keep_published(files: Iterable[tuple[str, bytes, PublishedFile]], settings: Settings) -> list[Path]:
    """Store files and the records read from them in the workspace; files of the same name are replaced."""
    folder = settings.workspace / PUBLISHED
    kept = []
    check_writable(settings)
    for name, data, read in files:
        path = folder / name
        _write(path, data)
        _write(path.with_name(name + RECORDS), msgspec.json.encode(read))
        kept.append(path)
    record(settings, Event.ADDITION, names=[path.name for path in kept], kind="published data")
    return kept


def add_files(files: Iterable[tuple[str, bytes]], settings: Settings) -> tuple[list[PublishedFile], list[str]]:
    """Read and store uploaded files; return what was read, and a line for each file that was left out."""
    named = ((shown(Path(given.replace("\\", "/")).name).lstrip("."), data, "") for given, data in files)
    return _add([(name or "published", data, address) for name, data, address in named], settings)


def add_published(paths: Iterable[Path], settings: Settings) -> tuple[list[PublishedFile], list[str]]:
    """Read and store files on disk; return what was read, and a line for each file that was left out."""
    given: list[tuple[str, bytes, str]] = []
    faults: list[str] = []
    for path in paths:
        try:
            data = b"".join(chunks_of(path, settings))
        except OSError as error:
            faults.append(f"{path}: cannot be opened ({(error.strerror or str(error)).lower()}); check the path")
        except WhofundsError as error:
            faults.append(str(error))
        else:
            origin = read_origin(path, sha256(data).hexdigest())
            given.append((shown(path.name), data, origin.address if origin else ""))
    read, more = _add(given, settings)
    return read, [*faults, *more]


def _add(files: Sequence[tuple[str, bytes, str]], settings: Settings) -> tuple[list[PublishedFile], list[str]]:
    """Read each file in a process with limits, and store those that could be read."""
    ready: list[tuple[str, bytes, PublishedFile]] = []
    faults: list[str] = []
    with reading_process(settings) as process:
        for name, data, address in files:
            try:
                ready.append((name, data, process.ask(read_published, data, name, settings, address=address)))
            except WhofundsError as error:
                faults.append(str(error))
            except ReadingEnded as ended:
                faults.append(f"{name}: {ended}")
    if ready:
        keep_published(ready, settings)
    return [read for _, _, read in ready], faults


def held_published(settings: Settings) -> list[PublishedFile]:
    """Return the published files of the workspace ordered by name.

    The original is read again if its records are damaged.
    """
    found = []
    for path in sorted((settings.workspace / PUBLISHED).glob(f"*{RECORDS}")):
        file = path.with_name(path.name.removesuffix(RECORDS))
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=PublishedFile))
        except (msgspec.DecodeError, msgspec.ValidationError, OSError):
            if file.is_file():
                found.append(read_published(file.read_bytes(), file.name, settings))
    return found


def drop_published(name: str, settings: Settings) -> Path:
    """Remove a published file from use: move it to the folder `aside` and return its new path.

    Raises:
        UnreadableDocument: There is no published file of this name.
    """
    from graph.builds.people import put_aside

    path = settings.workspace / PUBLISHED / Path(name).name
    if not path.is_file():
        held = ", ".join(file.name for file in held_published(settings)) or "none"
        raise UnreadableDocument(f"{name}: no published file of that name is held; held are: {held}.")
    path.with_name(path.name + RECORDS).unlink(missing_ok=True)
    return put_aside(path, settings.workspace)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name[:200]}.new")
    draft.write_bytes(content)
    os.replace(draft, path)
