"""Write readings into a draft of the next build and make the draft current."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence, Set
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from graph.audit import login_name
from graph.builds.archive import (
    CORRECTIONS,
    DOCUMENTS,
    GRAPH,
    RECORDS,
    SEARCH,
    file_key,
    read_record,
)
from graph.builds.build import Build
from graph.builds.draft import Draft
from graph.builds.manifest import FORMAT, DocumentEntry, Manifest
from graph.builds.served import drop_unserved, serve, served_key
from graph.columns.tables import FOLDER as COLUMNS
from graph.columns.tables import holds_tables
from graph.corrections.correction import Correction
from graph.counting.ledger_file import FILE as LEDGER
from graph.errors import DamagedWorkspace
from graph.memory import paused_garbage_collection
from graph.model import Record
from graph.settings import Settings
from ingest.cluster_vectors import encoder_for
from ingest.correction_sets import corrections_held, faults_of
from ingest.keeping import columns_brought, keep_people
from ingest.mending import mend
from ingest.shelf import Shelved, take_from_shelf
from ingest.versions import document_version, graph_version

if TYPE_CHECKING:
    from graph.search.passage_table import TableReport
    from ingest.changed_build import Written
    from ingest.columns.kept import Kept

log = logging.getLogger(__name__)

_UNFINISHED = "-unfinished"  #: of a version: a second reader did not answer, so the document is read again next time


def is_complete(base: Build, settings: Settings, corrections: Sequence[Correction] = ()) -> bool:
    """Return True if publishing again would add nothing to the build: triples, corrections, tables, vectors."""
    if base.manifest.format < FORMAT:
        return False
    if base.manifest.graph_version != graph_version(settings) or corrections_held(base) != tuple(corrections):
        return False
    served = not settings.endpoint_update or bool(served_key(base.path, settings.endpoint))
    return served and holds_tables(base.path) and _is_embedded(base, settings)


def _is_embedded(base: Build, settings: Settings) -> bool:
    """Return True if every passage has its vector, or if vectors cannot be made here."""
    from graph.search.embedding import is_available

    manifest = base.manifest
    return (manifest.embedded == manifest.passages and manifest.model == settings.model) or not is_available(settings)


def publish(
    draft: Draft,
    read: Sequence[Shelved],
    settings: Settings,
    progress: bool,
    corrections: Sequence[Correction] = (),
    tell: Callable[[str], None] | None = None,
) -> tuple[Build, tuple[str, ...]]:
    """Write the draft and make it current; return it with what people should know.

    The records stay in the build as they were read; its graph and its search index hold them as corrected.

    Args:
        draft: Of the next build; what was read lies on its shelf.
        read: What was read and is to be published.
        settings: As everywhere.
        progress: Say how far it is while passages are embedded.
        corrections: What people set right.
        tell: Is told what is being done, in words.
    """
    said_now, base = tell or _nothing, draft.base()
    said_now("Copying what is loaded")
    mended = mend(draft, {shelved.report.name for shelved in read}, settings)
    read = (*read, *mended.read)
    folder = draft.begin()
    keep_people(draft, settings)
    columns = columns_brought(draft, settings)
    entries = {entry.name: entry for entry in base.manifest.documents} if base else {}
    for shelved in read:
        _archive(draft, shelved, entries, settings, columns)
    version = graph_version(settings)
    with paused_garbage_collection():
        said_now("Writing the money and the names")
        written, lost = _written(draft, entries, {each.report.name for each in read}, corrections, settings)
        serve(folder, entries.values(), version, settings)
    said_now("Making the text searchable")
    table = _search(draft, entries, written, settings, progress)
    manifest = Manifest(
        id=draft.id,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=tuple(entries[name] for name in sorted(entries)),
        flows=written.flows,
        passages=table.passages,
        embedded=table.embedded,
        model=table.model,
        base=base.id if base else "",
        graph_version=version,
        who=settings.who or login_name(),
    )
    said = [f"{name}: its record in build {base.id if base else ''} is damaged; ingest the file again" for name in lost]
    said = [*mended.messages, *said, *faults_of(written.corrected, written.held)]
    said_now("Making the new build current")
    build = draft.publish(manifest)
    said += drop_unserved(build.path.parent.iterdir(), settings)
    return build, (*said, *([table.note] if table.note else []), *draft.said)


def _written(
    draft: Draft, entries: dict[str, DocumentEntry], read: Set[str], corrections: Sequence[Correction],
    settings: Settings,
) -> tuple[Written, list[str]]:  # fmt: skip
    """Write graph, ledger and columns, as far as they differ from those of the base; else all of them.

    Returns:
        What was written, and the names of documents whose record is damaged: they are left out of the build.
    """
    from ingest.changed_build import DraftOf, tables_to_follow, write_changes
    from ingest.whole_build import write_whole

    base = draft.base()
    tables = tables_to_follow(draft.path, settings) if base is not None and _may_follow(draft, base, settings) else None
    if base is not None and tables is not None:
        try:
            return write_changes(DraftOf(draft.path, base, tables, entries, frozenset(read)), corrections, settings), []
        except DamagedWorkspace as error:
            log.warning("%s Graph, ledger and columns are written anew.", error)
    records, lost = _records(draft.path, entries)
    return write_whole(draft.path, records, corrections, settings), lost


def _may_follow(draft: Draft, base: Build, settings: Settings) -> bool:
    """Return True if what the base has of graph, ledger and columns is sound and was written by the same code."""
    parts = (GRAPH, CORRECTIONS, RECORDS, COLUMNS, LEDGER)
    return base.manifest.graph_version == graph_version(settings) and not any(map(draft.lacks, parts))


def _nothing(words: str) -> None:
    """Ignore the message: the default for `tell`."""


def _search(
    draft: Draft, entries: dict[str, DocumentEntry], written: Written, settings: Settings, progress: bool
) -> TableReport:
    """Write the passage index: change that of the base build if only some documents changed, else write a new one."""
    from graph.search.passage_table import TableReport, can_be_added_to, update_table, write_table
    from ingest.whole_build import stated_records

    base, place = draft.base(), draft.path / SEARCH
    encode = encoder_for(settings, draft.shelf, progress=progress)
    is_kept = base is not None and not written.is_whole and not draft.lacks(SEARCH) and _is_embedded(base, settings)
    if base is not None and is_kept and not written.searched:
        return TableReport(base.manifest.passages, base.manifest.embedded, base.manifest.model)
    if is_kept and can_be_added_to(place, settings):
        return update_table(place, written.searched, settings=settings, progress=progress, encode=encode)
    shutil.rmtree(place, ignore_errors=True)
    records = written.searched if written.is_whole else stated_records(_records(draft.path, entries)[0], written.held)
    earlier = draft.earlier_search()
    return write_table(place, records, settings=settings, earlier=earlier, progress=progress, encode=encode)


def _archive(
    draft: Draft, shelved: Shelved, entries: dict[str, DocumentEntry], settings: Settings, columns: Kept | None
) -> None:
    """Move what was read from a document into the draft; it replaces the document of the same name."""
    report = shelved.report
    old = entries.get(report.name)
    if old is not None:
        for kind in (RECORDS, DOCUMENTS):
            (draft.path / kind / file_key(old.name, old.digest)).unlink(missing_ok=True)
    take_from_shelf(shelved, draft.shelf, draft.path)
    second = shelved.second
    if second is not None:
        from ingest.extract.second_reader.kept_answers import keep_answers

        keep_answers(settings.workspace, second.fresh)
    unfinished = _UNFINISHED if second is not None and second.is_unfinished else ""
    entries[report.name] = DocumentEntry(
        name=report.name,
        digest=shelved.digest,
        version=f"{document_version(settings, report.name, columns)}{unfinished}",
        status=str(report.status),
        reference=report.reference,
        title=report.title,
        flows=report.flows,
        relations=report.relations,
        issues=report.issues,
    )


def _records(folder: Path, entries: dict[str, DocumentEntry]) -> tuple[list[Record], list[str]]:
    """Return all records of the draft, and the names of damaged ones, which are left out of the build."""
    records: list[Record] = []
    lost: list[str] = []
    for name in sorted(entries):
        try:
            records.append(read_record(folder, name, entries[name].digest))
        except DamagedWorkspace:
            lost.append(name)
    for name in lost:
        del entries[name]
    return records, lost
