"""Restore damaged parts of the base build from other builds, stored files and stored texts.

A file of the build that another build has intact is copied from that build (`graph.builds.draft`). The graph, the
ledger and the passage index are written again from the records. A lost record is extracted again from the stored text,
and a lost text is read again from the added file if there is one. Whatever cannot be restored is reported.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from graph.builds.archive import DOCUMENTS, RECORDS, file_key, read_typed
from graph.builds.build import Build
from graph.builds.draft import Draft
from graph.builds.manifest import DocumentEntry
from graph.builds.people import ADDED, KEPT, kept_file
from graph.errors import WhofundsError
from graph.settings import Settings
from ingest.document import Document
from ingest.report import DocumentReport, DocumentStatus
from ingest.shelf import Shelved, put_on_shelf
from ingest.work import Reading, extract_again, read_and_extract

SHOWN = 3  #: files that a message names


@dataclass(frozen=True, slots=True)
class Mended:
    """The documents that were read again for the next build, and the messages for people."""

    read: tuple[Shelved, ...] = ()
    messages: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()  #: sentences on what could not be restored; also in messages


def mend(draft: Draft, read: Collection[str], settings: Settings) -> Mended:
    """Read again the documents whose record or text the base build lost.

    Leave out those in `read`, which are read anyway.
    """
    base = draft.base()
    if base is None or not (draft.faults or draft.pointer_fault):
        return Mended()
    again: list[Shelved] = []
    lost: list[str] = []
    gone = {fault.path for fault in draft.lost}
    for entry in base.manifest.documents:
        missing = [part for part in (RECORDS, DOCUMENTS) if f"{part}/{file_key(entry.name, entry.digest)}" in gone]
        if not missing or entry.name in read:
            continue
        reading = _read_again(base, entry, settings, is_text_whole=DOCUMENTS not in missing)
        if reading is not None:
            again.append(put_on_shelf(reading, _report(entry, reading), draft.shelf))
        else:
            what = "record and text are" if RECORDS in missing and DOCUMENTS in missing else (
                "record is" if RECORDS in missing else "text is")  # fmt: skip
            lost.append(f"{entry.name}: its {what} damaged in build {base.id} and nowhere else; ingest the file again")
    copies = [path.removeprefix(f"{KEPT}/") for path in sorted(gone) if path.startswith(f"{KEPT}/")]
    lost += [
        f"{name}: the copy in build {base.id} is damaged, and the workspace has none; put a backup back"
        for name in copies
        if not (settings.workspace / name).is_file()
    ]
    return Mended(tuple(again), (*_said(draft, base, len(again)), *lost), tuple(lost))


def whole_entries(draft: Draft) -> tuple[DocumentEntry, ...]:
    """Return the base build's documents whose record and text are intact.

    The others are read again if their file is given.
    """
    base = draft.base()
    if base is None:
        return ()
    lost = {fault.path for fault in draft.lost}
    there = {fault.path for fault in draft.faults}
    there |= {f"{part}/{name}" for part in (RECORDS, DOCUMENTS) for name in _names_in(base.path / part)}

    def is_whole(entry: DocumentEntry) -> bool:
        name = file_key(entry.name, entry.digest)
        return all(path in there and path not in lost for path in (f"{RECORDS}/{name}", f"{DOCUMENTS}/{name}"))

    return tuple(entry for entry in base.manifest.documents if is_whole(entry))


def _names_in(folder: Path) -> list[str]:
    return os.listdir(folder) if folder.is_dir() else []


def _read_again(base: Build, entry: DocumentEntry, settings: Settings, *, is_text_whole: bool) -> Reading | None:
    """Return a reading from the build's stored text, else from an added file of the same content.

    None if neither exists.
    """
    try:
        if is_text_whole:
            document = read_typed(Document, base.path / DOCUMENTS / file_key(entry.name, entry.digest))
            return Reading(document, extract_again(document, settings, ()))
        for data in _kept_data(base, entry, settings):
            return read_and_extract(data, entry.name, settings)
    except (WhofundsError, ValueError, TypeError, KeyError):
        pass
    return None


def _kept_data(base: Build, entry: DocumentEntry, settings: Settings) -> Iterator[bytes]:
    name = f"{ADDED}/{entry.name}"
    for file in (settings.workspace / name, kept_file(base.path, name)):
        try:
            data = file.read_bytes()
        except OSError:
            continue
        if sha256(data).hexdigest() == entry.digest:
            yield data


def _report(entry: DocumentEntry, reading: Reading) -> DocumentReport:
    return DocumentReport(
        entry.name, entry.name, DocumentStatus(entry.status), reference=entry.reference, title=entry.title,
        flows=len(reading.record.flows), relations=len(reading.record.relations), issues=entry.issues,
    )  # fmt: skip


def _said(draft: Draft, base: Build, again: int) -> list[str]:
    """Return sentences on the damage that was found and on how it is repaired."""
    said = [f"{draft.pointer_fault.partition(';')[0]}; build {base.id} is the base"] if draft.pointer_fault else []
    faults = draft.faults
    if not faults:
        return said
    shown = ", ".join(str(fault) for fault in faults[:SHOWN])
    more = f" and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
    restored = len(faults) - len(draft.lost)
    done = [
        f"{restored} taken from another build or written anew" if restored else "",
        f"{again} documents extracted again" if again else "",
        *(f"{words} made anew" for part, words in _REBUILT.items() if draft.lacks(part)),
    ]
    did = "; ".join(each for each in done if each)
    return [*said, f"build {base.id} is damaged: {shown}{more}; a new build takes its place{': ' if did else ''}{did}"]


_REBUILT = {"graph": "the graph is", "search": "the index of passages is", "ledger.parquet": "the ledger is"}
