"""Records made by hand, published without reading a document; and everything that a build holds, for comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph

from graph.builds.archive import GRAPH, SEARCH
from graph.builds.build import Build
from graph.builds.workspace import Workspace
from graph.columns.tables import open_tables
from graph.corrections.correction import Correction
from graph.counting import ledger_file
from graph.model import Record
from graph.search.passage_table import HEADS, PLACES
from graph.search.passage_vectors import PASSAGES, columns_of, open_table
from graph.settings import Settings
from ingest.document import Document
from ingest.publication import publish
from ingest.report import DocumentReport, DocumentStatus
from ingest.shelf import put_on_shelf
from ingest.work import Reading, name_index


def publish_records(
    records: Iterable[Record], settings: Settings, corrections: Sequence[Correction] = ()
) -> tuple[Build, tuple[str, ...]]:
    """Publish a build that holds some records beside those of the current one."""
    with Workspace(settings.workspace, settings=settings).publishing() as draft:
        shelved = [put_on_shelf(_reading(record), _report(record), draft.shelf) for record in records]
        return publish(draft, shelved, settings, False, corrections)


def _reading(record: Record) -> Reading:
    return Reading(Document(record.document, "md", record.digest, "", ()), record)


def _report(record: Record) -> DocumentReport:
    name = record.document
    return DocumentReport(name, name, DocumentStatus.LOADED, reference=record.decision.reference)


def held_by(build: Build, settings: Settings) -> Mapping[str, Any]:
    """Return everything that a build holds, by part, in a form that can be compared.

    What has an order is in it; triples and the rows of the search index have none.
    """
    tables = open_tables(build.path, name_index(settings.data / "registry").registry)
    assert tables is not None
    ledger = ledger_file._read(build.path / ledger_file.FILE)
    quads = pyoxigraph.Store.read_only(str(build.path / GRAPH))
    return {
        **{name: table.to_pylist() for name, table in tables.items()},
        "ledger": ledger.to_pylist(),
        "graph": {str(quad) for quad in quads},
        "search": {name: _rows(build, name) for name in (PASSAGES, PLACES, HEADS)},
        "documents of the manifest": [(each.name, each.digest) for each in build.manifest.documents],
        "counts": build.manifest.counts,
        "corrections": build.corrections,
        "records": build.records(),
    }


def _rows(build: Build, name: str) -> list[tuple[str, ...]]:
    table = open_table(build.path / SEARCH, name)
    if table is None:
        return []
    rows = columns_of(table, [each for each in table.schema.names if each != "vector"]).to_pylist()
    return sorted(tuple(map(str, row.values())) for row in rows)
