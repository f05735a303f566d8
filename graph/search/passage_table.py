"""The passages of a build in LanceDB: each once, with its vector, its places, and a full-text index."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.builds.archive import write_json
from graph.builds.manifest import REMEDY
from graph.errors import DamagedWorkspace, ModelUnavailable
from graph.model import Passage, Record
from graph.search.document_heads import document_heads
from graph.search.passages import passage_id
from graph.search.phrase_vectors import read_phrase_vectors
from graph.search.thesaurus import all_phrases
from graph.settings import Settings
from graph.typed_json import to_json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

PASSAGES = "passages"
PHRASES = "phrases"  #: table of vectors of the thesaurus's phrases, where they do not come with it
HEADS = "documents.json.gz"
TITLE = "Title"  #: locator of the passage that holds a decision's reference and title
MANY = 50_000  #: passages; from here on an approximate index is quicker than comparing with each


@dataclass(frozen=True, slots=True)
class TableReport:
    """What was written."""

    passages: int
    embedded: int
    model: str  #: of the vectors; "" where there are none
    note: str = ""  #: what people should know


@dataclass(slots=True)
class _Row:
    passage: Passage
    documents: list[int] = field(default_factory=list)
    locators: list[str] = field(default_factory=list)
    pages: list[int | None] = field(default_factory=list)


def write_table(
    folder: Path, records: Sequence[Record], *, settings: Settings, earlier: Path | None = None, progress: bool = False
) -> TableReport:
    """Write the passages of all records into a new table; vectors that an earlier build has are taken over.

    Args:
        folder: of the new table; not there yet.
        records: in the order that gives a document its number.
        settings: model, and where to find it.
        earlier: the folder of the earlier build's table.
        progress: show a bar while passages are embedded.
    """
    import lancedb
    from lancedb.index import FTS, HnswSq

    rows = _rows(records)
    texts = {id: row.passage.text for id, row in rows.items()}
    shipped = read_phrase_vectors(settings)
    phrases = {phrase: phrase for phrase in all_phrases(settings.data) if rows and phrase not in shipped}
    made, model, note = _vectors({**phrases, **texts}, settings, earlier, progress)
    vectors = {id: made[id] for id in texts if id in made}
    database = lancedb.connect(str(folder))
    if rows:
        data = _arrow(rows, vectors).replace_schema_metadata({"model": model})
        table = database.create_table(PASSAGES, data=data, on_bad_vectors="null")
        words = FTS(stem=True, remove_stop_words=True, language="English", with_position=False)
        table.create_index("text", config=words)
        if len(vectors) >= MANY:
            table.create_index("vector", config=HnswSq(distance_type="cosine"))
        said = {phrase: made[phrase] for phrase in phrases if phrase in made}
        if said:
            database.create_table(PHRASES, data=_phrase_columns(said).replace_schema_metadata({"model": model}))
    write_heads(folder, records, settings=settings)
    return TableReport(len(rows), len(vectors), model if vectors else "", note)


def write_heads(folder: Path, records: Sequence[Record], *, settings: Settings) -> None:
    """Write what search says and filters of each document, in the order of the table's numbers."""
    write_json(folder / HEADS, [to_json(head) for head in document_heads(records, settings.data / "registry")])


def _rows(records: Sequence[Record]) -> dict[str, _Row]:
    """Return one row per passage, by its id, with every document that it stands in."""
    rows: dict[str, _Row] = {}
    for number, record in enumerate(records):
        seen: set[str] = set()
        for passage in (*_title_passage(record), *record.passages):
            row = rows.setdefault(passage.id, _Row(passage))
            if passage.id not in seen:
                seen.add(passage.id)
                row.documents.append(number)
                row.locators.append(passage.locator)
                row.pages.append(passage.page)
    return rows


def _title_passage(record: Record) -> Iterable[Passage]:
    text = " ".join(" ".join([record.decision.reference or "", record.decision.title]).split())
    if text:
        yield Passage(passage_id(text), TITLE, TITLE, text)


def _vectors(
    texts: dict[str, str], settings: Settings, earlier: Path | None, progress: bool
) -> tuple[dict[str, NDArray[np.float32]], str, str]:
    """Return the vectors of texts by their ids, the model's name, and a note where some are missing."""
    known = {**_known_vectors(earlier, settings.model), **phrase_vectors(earlier, settings)} if earlier else {}
    vectors = {id: known[id] for id in texts if id in known}
    missing = [id for id in texts if id not in vectors]
    if not missing:
        return vectors, settings.model, ""
    try:
        from graph.search.embedding import load_encoder

        made = load_encoder(settings).encode([texts[id] for id in missing], progress=progress)
    except ModelUnavailable as error:
        log.warning("%s", error)
        note = f"{error}; {len(missing)} texts can be found by their words alone until the next ingest"
        return vectors, settings.model, note
    return {**vectors, **dict(zip(missing, made, strict=True))}, settings.model, ""


def phrase_vectors(folder: Path, settings: Settings) -> dict[str, NDArray[np.float32]]:
    """Return the vectors of the thesaurus's phrases: those that come with it, and those a build has."""
    return {**read_phrase_vectors(settings), **_known_vectors(folder, settings.model, PHRASES)}


def _known_vectors(folder: Path, model: str, name: str = PASSAGES) -> dict[str, NDArray[np.float32]]:
    import numpy as np

    try:
        table = open_table(folder, name)
        if table is None or "vector" not in table.schema.names:
            return {}
        if (table.schema.metadata or {}).get(b"model") != model.encode():
            return {}
        columns = table.to_arrow().select(["id", "vector"])
    except (DamagedWorkspace, OSError, ValueError, RuntimeError):
        return {}
    found = zip(columns["id"].to_pylist(), columns["vector"].to_pylist(), strict=True)
    return {id: np.asarray(vector, dtype=np.float32) for id, vector in found if vector is not None}


def open_table(folder: Path, name: str = PASSAGES) -> Any | None:
    """Return a table of a build, that of its passages if not said otherwise, or None where the build has none.

    Raises:
        DamagedWorkspace: It cannot be opened.
    """
    import lancedb

    if not folder.is_dir():
        raise DamagedWorkspace(f"{folder}: the index of passages is missing; {REMEDY}")
    if not (folder / f"{name}.lance").is_dir():
        return None
    try:
        return lancedb.connect(str(folder)).open_table(name)
    except (OSError, ValueError, RuntimeError) as error:
        raise DamagedWorkspace(f"{folder}: the index of passages cannot be opened; {REMEDY}") from error


def _phrase_columns(vectors: dict[str, NDArray[np.float32]]) -> Any:
    from importlib import import_module

    pa: Any = import_module("pyarrow")  # has no types

    width = len(next(iter(vectors.values())))
    values = pa.array([vector.tolist() for vector in vectors.values()], pa.list_(pa.float32(), width))
    return pa.table({"id": pa.array(list(vectors), pa.string()), "vector": values})


def _arrow(rows: dict[str, _Row], vectors: dict[str, NDArray[np.float32]]) -> Any:
    from importlib import import_module

    pa: Any = import_module("pyarrow")  # has no types

    columns: dict[str, Any] = {
        "id": pa.array(list(rows), pa.string()),
        "text": pa.array([row.passage.text for row in rows.values()], pa.string()),
        "section": pa.array([row.passage.section for row in rows.values()], pa.string()),
        "documents": pa.array([row.documents for row in rows.values()], pa.list_(pa.int32())),
        "locators": pa.array([row.locators for row in rows.values()], pa.list_(pa.string())),
        "pages": pa.array([row.pages for row in rows.values()], pa.list_(pa.int32())),
    }
    if vectors:
        width = len(next(iter(vectors.values())))
        values = [vectors[id].tolist() if id in vectors else None for id in rows]
        columns["vector"] = pa.array(values, pa.list_(pa.float32(), width))
    return pa.table(columns)
