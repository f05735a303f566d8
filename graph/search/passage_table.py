"""Writes the passages of a build into LanceDB, each once, with vector and full-text index, and where it stands.

There are three tables: passages by the id of their words, their places by passage and document, and the heads of
documents by name. These keys stay the same from build to build, so that a new, changed or removed document touches only
its own rows; the indexes are brought up to date.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from graph.errors import DamagedWorkspace
from graph.model import Passage, Record
from graph.registry import load_registry
from graph.search import stems as words
from graph.search.document_heads import DocumentHead, document_heads
from graph.search.lance import load_lancedb
from graph.search.passage_vectors import (
    PASSAGES,
    PHRASES,
    Encode,
    Vectors,
    columns_of,
    embed,
    known_vectors,
    made_by,
    open_table,
)
from graph.search.passages import passage_id
from graph.search.phrase_vectors import read_phrase_vectors
from graph.search.thesaurus import all_phrases
from graph.settings import Settings

PLACES = "places"
HEADS = "documents"
TITLE = "Title"  #: locator of the passage that holds a decision's reference and title
MANY = 10_000  #: passages; from here on an approximate index is quicker than comparing with each
LAYOUT = "2"  #: of the tables; another one is not added to, but written anew
AT_ONCE = 1_000  #: keys in one condition


@dataclass(frozen=True, slots=True)
class TableReport:
    """The numbers of what the tables hold, and notes for people."""

    passages: int
    embedded: int
    model: str  #: of the vectors; "" where there are none
    note: str = ""  #: what people should know


def write_table(
    folder: Path,
    records: Sequence[Record],
    *,
    settings: Settings,
    earlier: Path | None = None,
    progress: bool = False,
    encode: Encode | None = None,
) -> TableReport:
    """Write the passages of all records into new tables; vectors that an earlier build has are taken over.

    Args:
        folder: of the new tables; not there yet.
        records: in the order of their names.
        settings: model, and where to find it.
        earlier: the folder of the earlier build's tables.
        progress: say how far it is while passages are embedded.
        encode: makes the passages' vectors in place of the settings' model in this process.
    """
    folder.mkdir(parents=True, exist_ok=True)
    passages = _passages(records)
    note = _write_phrases(folder, settings, earlier, progress) if passages else ""
    database = load_lancedb().connect(str(folder))
    report = TableReport(0, 0, "", note)
    if passages:
        texts = {id: passage.text for id, passage in passages.items()}
        vectors, note = embed(texts, known_vectors(earlier, settings.model), settings, progress=progress, encode=encode)
        about = {"model": settings.model, "layout": LAYOUT, "words": words_version()}
        data = _passage_columns(passages, vectors if vectors.row_of else None)
        table = database.create_table(PASSAGES, data=data.replace_schema_metadata(about), on_bad_vectors="null")
        _index(table, len(vectors.row_of))
        report = TableReport(
            len(passages), len(vectors.row_of), settings.model if vectors.row_of else "", note or report.note
        )
    if records:
        database.create_table(PLACES, data=_place_columns(records))
        heads = document_heads(records, load_registry(settings.data / "registry"))
        database.create_table(HEADS, data=_head_columns(heads))
    return report


def can_be_added_to(folder: Path, settings: Settings) -> bool:
    """Return True if the tables in a folder can be updated by document: same layout, model and way of stemming.

    Tables without vectors are of any model.
    """
    try:
        table = open_table(folder)
        others = [open_table(folder, name) for name in (PLACES, HEADS)]
    except DamagedWorkspace:
        return False
    if table is None or None in others:
        return False
    about = table.schema.metadata or {}
    same = (about.get(b"layout"), about.get(b"words")) == (LAYOUT.encode(), words_version().encode())
    return same and (not _has_vectors(table) or made_by(table) == settings.model)


def update_table(
    folder: Path,
    changed: Sequence[Record],
    gone: Iterable[str] = (),
    *,
    settings: Settings,
    progress: bool = False,
    encode: Encode | None = None,
) -> TableReport:
    """Bring tables up to date: put new and changed records in, and take out the documents that are gone.

    Args:
        folder: of the tables, which `can_be_added_to` allows.
        changed: records of documents that are new or say something else now.
        gone: names of documents that the build holds no more.
        settings: model, and where to find it.
        progress: say how far it is while passages are embedded.
        encode: as for `write_table`.
    """
    passages, places, heads = (open_table(folder, name) for name in (PASSAGES, PLACES, HEADS))
    assert passages is not None and places is not None and heads is not None
    names = [*(record.document for record in changed), *gone]
    before = _found(places, "passage", "document", names)
    wanted = _passages(changed)
    held = _found(passages, "id", "id", list(wanted))
    fresh = {id: passage for id, passage in wanted.items() if id not in held}
    texts = {id: passage.text for id, passage in fresh.items()}
    note = _write_phrases(folder, settings, folder, progress) if fresh else ""
    vectors, said = embed(texts, known_vectors(None, settings.model), settings, progress=progress, encode=encode)
    _delete(places, "document", names)
    _delete(heads, "name", names)
    left = before - set(wanted)
    _delete(passages, "id", list(left - _found(places, "passage", "passage", list(left))))
    if fresh:
        data = _passage_columns(fresh, vectors if vectors.row_of else None)
        passages.add(data, on_bad_vectors="null")
    if changed:
        places.add(_place_columns(changed))
        heads.add(_head_columns(document_heads(changed, load_registry(settings.data / "registry"))))
    if names:
        _keep_up(passages, places, heads)
    return _report(passages, said or note)


def _report(passages: Any, note: str) -> TableReport:
    count = passages.count_rows()
    embedded = passages.count_rows("vector IS NOT NULL") if _has_vectors(passages) else 0
    if embedded >= MANY and not any("vector" in index.columns for index in passages.list_indices()):
        _index_vectors(passages)
    return TableReport(count, embedded, made_by(passages) if embedded else "", note)


def _has_vectors(table: Any) -> bool:
    return "vector" in table.schema.names


def _index(table: Any, embedded: int) -> None:
    from lancedb.index import FTS

    config = FTS(stem=True, remove_stop_words=True, language="English", with_position=False)
    table.create_index("text", config=config)
    if embedded >= MANY:
        _index_vectors(table)


def _index_vectors(table: Any) -> None:
    from lancedb.index import IvfRq

    # a graph of neighbours (HNSW) takes twenty times as long to make; a query is far from all passages, so that nearly
    # every part is looked at, which two bits of each dimension make quick
    table.create_index("vector", config=IvfRq(distance_type="cosine", num_bits=2))


def _keep_up(*tables: Any) -> None:
    """Bring the indexes up to date with the rows, and delete files of earlier states of the tables."""
    with warnings.catch_warnings():
        # it warns that readers of earlier states fail: a draft has none, and the build before keeps its files
        warnings.simplefilter("ignore", UserWarning)
        for table in tables:
            table.optimize(cleanup_older_than=timedelta(0), delete_unverified=True)


def _found(table: Any, column: str, key: str, values: Sequence[str]) -> set[str]:
    """Return the values of a column in the rows whose key is one of some values."""
    found: set[str] = set()
    for condition in _conditions(key, values):
        found.update(columns_of(table, [column], condition)[column].to_pylist())
    return found


def _delete(table: Any, key: str, values: Sequence[str]) -> None:
    for condition in _conditions(key, values):
        table.delete(condition)


def _conditions(key: str, values: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(values), AT_ONCE):
        yield where_in(key, values[start : start + AT_ONCE])


def where_in(key: str, values: Iterable[str]) -> str:
    """Return the SQL condition that a column has one of some values, which are quoted."""
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"{key} IN ({listed})"


def words_version() -> str:
    """Return a digest of the code that cuts words to stems, since the stems are stored with the passages."""
    return sha256(Path(words.__file__).read_bytes()).hexdigest()[:16]


def _write_phrases(folder: Path, settings: Settings, earlier: Path | None, progress: bool) -> str:
    """Write the vectors of the thesaurus's phrases that do not come with it.

    Return a note if some are missing, else "".
    """
    shipped = read_phrase_vectors(settings)
    phrases = {phrase: phrase for phrase in all_phrases(settings.data) if phrase not in shipped}
    known = known_vectors(earlier, settings.model, PHRASES) if phrases else None
    if known is None or (earlier == folder and all(phrase in known for phrase in phrases)):
        return ""
    vectors, note = embed(phrases, known, settings, progress=progress)
    if vectors.row_of:
        import pyarrow as pa

        ids = list(vectors.row_of)
        data = pa.table({"id": pa.array(ids, pa.string()), "vector": vectors.column(ids)})
        data = data.replace_schema_metadata({"model": settings.model})
        mode = "create" if open_table(folder, PHRASES) is None else "overwrite"
        load_lancedb().connect(str(folder)).create_table(PHRASES, data=data, mode=mode)
    return note


def _passages(records: Iterable[Record]) -> dict[str, Passage]:
    """Return each passage once, by its id, as the first record states it."""
    found: dict[str, Passage] = {}
    for record in records:
        for passage in passages_of(record):
            found.setdefault(passage.id, passage)
    return found


def passages_of(record: Record) -> Iterator[Passage]:
    """Yield the passages of a record, each once, the decision's title first."""
    title = " ".join(" ".join([record.decision.reference or "", record.decision.title]).split())
    seen: set[str] = set()
    for passage in (*([Passage(passage_id(title), TITLE, TITLE, title)] if title else []), *record.passages):
        if passage.id not in seen:
            seen.add(passage.id)
            yield passage


def _passage_columns(passages: dict[str, Passage], vectors: Vectors | None) -> Any:
    import pyarrow as pa

    values = passages.values()
    columns = {
        "id": pa.array(list(passages), pa.string()),
        "text": pa.array([passage.text for passage in values], pa.string()),
        "section": pa.array([passage.section for passage in values], pa.string()),
        "stems": pa.array([" ".join(words.stems(passage.text)) for passage in values], pa.string()),
    }
    if vectors is not None:
        columns["vector"] = vectors.column(list(passages))
    return pa.table(columns)


def _place_columns(records: Iterable[Record]) -> Any:
    import pyarrow as pa

    found = [(passage, record.document) for record in records for passage in passages_of(record)]
    return pa.table(
        {
            "passage": pa.array([passage.id for passage, _ in found], pa.string()),
            "document": pa.array([document for _, document in found], pa.string()),
            "locator": pa.array([passage.locator for passage, _ in found], pa.string()),
            "page": pa.array([passage.page for passage, _ in found], pa.int32()),
        }
    )


def _head_columns(heads: Sequence[DocumentHead]) -> Any:
    import pyarrow as pa

    names = pa.list_(pa.string())
    lists = ("bodies", "programmes", "places", "years")
    fields = DocumentHead.__dataclass_fields__
    return pa.table(
        {
            field: pa.array([getattr(head, field) for head in heads], names if field in lists else pa.string())
            for field in fields
        }
    )
