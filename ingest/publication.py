"""Write readings into a draft of the next build and make the draft current."""

from __future__ import annotations

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
    write_correction_set,
)
from graph.builds.build import Build
from graph.builds.draft import Draft
from graph.builds.manifest import FORMAT, DocumentEntry, Manifest
from graph.builds.served import drop_unserved, serve, served_key
from graph.columns.tables import holds_tables
from graph.corrections.corrected import apply_corrections
from graph.corrections.correction import Correction
from graph.errors import DamagedWorkspace
from graph.memory import paused_garbage_collection
from graph.model import Record
from graph.settings import Settings
from ingest.cluster_vectors import encoder_for
from ingest.correction_sets import changed_documents, corrections_held, faults_of, resolved_set
from ingest.extract.second_reader.kept_answers import keep_answers
from ingest.keeping import columns_brought, keep_people
from ingest.mending import mend
from ingest.shelf import Shelved, take_from_shelf
from ingest.versions import document_version, graph_version
from ingest.work import name_index

if TYPE_CHECKING:
    from graph.search.passage_table import TableReport
    from ingest.columns.kept import Kept
    from ingest.load import Loaded

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
    from graph.rdf.triples_corrections import correction_triples
    from ingest.load import load_graph

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
    with paused_garbage_collection():
        records, lost = _records(folder, entries)
        version = graph_version(settings)
        anew = base is None or base.manifest.graph_version != version or draft.lacks(GRAPH) or draft.lacks(CORRECTIONS)
        held = resolved_set(corrections, records, settings)
        write_correction_set(folder, held)
        corrected = apply_corrections(records, held)
        changed = {shelved.report.name for shelved in read} | set(changed_documents(base, records, corrected.records))
        said_now("Writing the money and the names")
        loaded = load_graph(
            folder, corrected.records, changed, settings=settings, anew=anew or bool(lost),
            corrections=correction_triples(records, held),
        )  # fmt: skip
        serve(folder, entries.values(), version, settings)
        said_now("Counting the money")
        _keep(folder, loaded, settings)
    said_now("Making the text searchable")
    since = None if anew or lost or draft.lacks(SEARCH) else changed
    table = _search(draft, corrected.records, base, since, settings, progress)
    manifest = Manifest(
        id=draft.id,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        documents=tuple(entries[name] for name in sorted(entries)),
        flows=sum(len(record.flows) for record in corrected.records),
        passages=table.passages,
        embedded=table.embedded,
        model=table.model,
        base=base.id if base else "",
        graph_version=version,
        who=settings.who or login_name(),
    )
    said = [f"{name}: its record in build {base.id if base else ''} is damaged; ingest the file again" for name in lost]
    said = [*mended.messages, *said, *faults_of(corrected, held)]
    said_now("Making the new build current")
    build = draft.publish(manifest)
    said += drop_unserved(build.path.parent.iterdir(), settings)
    return build, (*said, *([table.note] if table.note else []), *draft.said)


def _keep(folder: Path, loaded: Loaded, settings: Settings) -> None:
    """Judge the money of the draft once, and keep what its graph states as columns, for pages, answers and exports."""
    from graph.columns.writing import write_ledger_and_columns

    write_ledger_and_columns(folder, loaded.stated, loaded.records, name_index(settings.data / "registry"))


def _nothing(words: str) -> None:
    """Ignore the message: the default for `tell`."""


def _search(
    draft: Draft,
    records: Sequence[Record],
    base: Build | None,
    changed: Set[str] | None,
    settings: Settings,
    progress: bool,
) -> TableReport:
    """Write the passage index: change that of the base build if only some documents changed, else write a new one."""
    from graph.search.passage_table import can_be_added_to, update_table, write_table

    place, encode = draft.path / SEARCH, encoder_for(settings, draft.shelf, progress=progress)
    if base is not None and changed is not None and _is_embedded(base, settings) and can_be_added_to(place, settings):
        some = [record for record in records if record.document in changed]
        return update_table(place, some, settings=settings, progress=progress, encode=encode)
    shutil.rmtree(place, ignore_errors=True)
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
