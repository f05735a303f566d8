"""Tables of a build that only the next publication reads, so that it opens no record of a document that stays as it is.

| Table | A row is |
| --- | --- |
| names_read | a thing that a document names: as it was read, as corrections have it, or both |
| reference_keys | a normalised reference of a document's decision, or of a decision that it cites |
| judgements | a conclusion about flows or awards of two documents, with the key of what it was concluded from |

Rows stand in the order of the documents' names.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.arrow import as_numbers
from graph.columns.funding import one_piece
from graph.columns.making import Tables
from graph.columns.out_of_records import keys_of_decision
from graph.columns.rows import as_json
from graph.corrections.corrected import entities_of
from graph.model import Entity, EntityKind, Record, RelationKind
from graph.parse.references import reference_key
from graph.rdf.judgements import Judgement

NAMES, KEYS, JUDGEMENTS = "names_read", "reference_keys", "judgements"
Parts = Mapping[str, Sequence[Judgement]]  #: judgements by the key of what they were concluded from
ThingKey = tuple[EntityKind, str]  #: kind and id
CITES = (RelationKind.MODIFIES, RelationKind.EXTENDS, RelationKind.REFERS_TO, RelationKind.SUPERSEDES)


def cited_keys(record: Record) -> frozenset[str]:
    """Return the keys of the decisions that a record names."""
    return frozenset(
        reference_key(relation.object)
        for relation in record.relations
        if isinstance(relation.object, str) and relation.kind in CITES
    )


def names_table(records: Iterable[tuple[Record, Record]]) -> Any:
    """Return the table of names, from records as they were read and as corrected, in the order of their documents."""
    import pyarrow

    rows: list[tuple[str, Entity, bool, bool]] = []
    for read, corrected in records:
        named = dict.fromkeys(entities_of(read))
        now = named if corrected is read else dict.fromkeys(entities_of(corrected))
        rows += [(read.document, each, True, each in now) for each in named]
        rows += [(read.document, each, False, True) for each in now if each not in named]
    words: dict[Entity, str] = {}
    for row in rows:
        if row[1] not in words:
            words[row[1]] = as_json(row[1]).decode()
    coded = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    return pyarrow.table(
        {
            "document": pyarrow.array([row[0] for row in rows], pyarrow.string()).cast(coded),
            "thing": pyarrow.array([words[row[1]] for row in rows], pyarrow.string()).cast(coded),
            "is_read": pyarrow.array([row[2] for row in rows], pyarrow.bool_()),
            "is_corrected": pyarrow.array([row[3] for row in rows], pyarrow.bool_()),
        }
    )


def keys_table(records: Iterable[Record]) -> Any:
    """Return the table of references, from records in the order of their documents."""
    import pyarrow

    rows: list[tuple[str, str, bool, bool]] = []
    for record in records:
        own = reference_key(record.decision.reference or "")
        rows += [(record.document, key, key == own, False) for key in keys_of_decision(record.decision)]
        rows += [(record.document, key, False, True) for key in sorted(cited_keys(record))]
    return pyarrow.table(
        {
            "document": pyarrow.array([row[0] for row in rows], pyarrow.string()),
            "key": pyarrow.array([row[1] for row in rows], pyarrow.string()),
            "is_own": pyarrow.array([row[2] for row in rows], pyarrow.bool_()),
            "is_cited": pyarrow.array([row[3] for row in rows], pyarrow.bool_()),
        }
    )


def judgements_table(parts: Parts) -> Any:
    """Return the table of judgements, in the order of their keys."""
    import pyarrow

    rows = [(about, each) for about in sorted(parts) for each in sorted(parts[about], key=as_json)]
    return pyarrow.table(
        {
            "about": pyarrow.array([about for about, _ in rows], pyarrow.string()),
            "document": pyarrow.array([each.subject[0] for _, each in rows], pyarrow.string()),
            "stated": pyarrow.array([as_json(each) for _, each in rows], pyarrow.large_binary()),
        }
    )


def judgements_in(table: Any) -> dict[str, list[Judgement]]:
    """Return the judgements of a table by the key of what they were concluded from."""
    import msgspec

    decode = msgspec.json.Decoder(Judgement).decode
    found: dict[str, list[Judgement]] = {}
    for about, stated in zip(table["about"].to_pylist(), table["stated"].to_pylist(), strict=True):
        found.setdefault(about, []).append(decode(stated))
    return found


def with_documents(earlier: Any, new: Any, documents: Collection[str]) -> Any:
    """Return a table of rows of documents in which the new rows stand in place of those that some documents had."""
    import pyarrow

    pieces, at = [], 0
    for name in sorted({*documents, *new["document"].to_pylist()}):
        first, last = _rows_of(earlier, name)
        start, end = _rows_of(new, name)
        pieces += [earlier.slice(at, first - at), new.slice(start, end - start)]
        at = last
    pieces.append(earlier.slice(at))
    return pyarrow.concat_tables(pieces).unify_dictionaries().combine_chunks()


def _rows_of(table: Any, document: str) -> tuple[int, int]:
    """Return the first row of a document and the row after its last, in a table in the order of documents."""
    names = one_piece(table, "document")
    rows = range(len(names))
    first = bisect_left(rows, document, key=lambda row: names[row].as_py())
    return first, bisect_right(rows, document, lo=first, key=lambda row: names[row].as_py())


@dataclass(frozen=True)
class References:
    """The references of decisions in a table of `keys_table`."""

    known: Mapping[str, Sequence[str]]  #: document -> keys of its own decision, in the order of documents
    of_key: Mapping[str, Sequence[str]]  #: key -> documents whose decision has it as its reference
    citing: Mapping[str, Sequence[str]]  #: key -> documents that cite it
    own: Mapping[str, str]  #: document -> key of its reference
    cited: Mapping[str, frozenset[str]]  #: document -> the keys that it cites


def references_in(table: Any) -> References:
    """Return the references of a table of `keys_table`."""
    known: dict[str, list[str]] = {}
    of_key: dict[str, list[str]] = {}
    citing: dict[str, list[str]] = {}
    own: dict[str, str] = {}
    cited: dict[str, list[str]] = {}
    columns = (table[name].to_pylist() for name in ("document", "key", "is_own", "is_cited"))
    for document, key, is_own, is_cited in zip(*columns, strict=True):
        if is_cited:
            citing.setdefault(key, []).append(document)
            cited.setdefault(document, []).append(key)
            continue
        known.setdefault(document, []).append(key)
        if is_own:
            own[document] = key
            of_key.setdefault(key, []).append(document)
    return References(known, of_key, citing, own, {each: frozenset(keys) for each, keys in cited.items()})


class NamesRead:
    """What the documents of a build name, from a table of `names_table`."""

    def __init__(self, table: Any) -> None:
        """Keep the table."""
        self.table = table
        self._things = one_piece(table, "thing")
        self._documents = one_piece(table, "document")

    def as_read(self, without: Collection[str] = ()) -> list[Entity]:
        """Return the things that documents named as they were read, in the order of their first naming.

        Args:
            without: Documents that are left out.
        """
        return self._first("is_read", without)

    def as_corrected(self) -> list[Entity]:
        """Return the things that documents name as corrected, in the order of their first naming."""
        return self._first("is_corrected", ())

    def documents_naming(self, things: Collection[ThingKey], *, column: str = "is_corrected") -> set[str]:
        """Return the documents that name one of some things, as corrected or, with "is_read", as they were read."""
        import numpy

        if not things or not self.table.num_rows:
            return set()
        wanted = numpy.array([(each.kind, each.id) in things for each in self._forms()], bool)
        hits = wanted[as_numbers(self._things.indices)] & as_numbers(one_piece(self.table, column))
        documents: list[str] = self._documents.dictionary.to_pylist()
        return {documents[code] for code in numpy.unique(as_numbers(self._documents.indices)[hits]).tolist()}

    def _forms(self) -> list[Entity]:
        import msgspec

        decode = msgspec.json.Decoder(Entity).decode
        return [decode(each) for each in self._things.dictionary.to_pylist()]

    def _first(self, column: str, without: Collection[str]) -> list[Entity]:
        import numpy

        if not self.table.num_rows:
            return []
        chosen = as_numbers(one_piece(self.table, column))
        if without:
            gone = numpy.array([each in without for each in self._documents.dictionary.to_pylist()], bool)
            chosen = chosen & ~gone[as_numbers(self._documents.indices)]
        codes, first = numpy.unique(as_numbers(self._things.indices)[chosen], return_index=True)
        forms = self._forms()
        return [forms[code] for code in codes[numpy.argsort(first)].tolist()]


def tables_for_the_next(records: Sequence[tuple[Record, Record]], stated: Iterable[Record], parts: Parts) -> Tables:
    """Return the tables for the next publication.

    Args:
        records: Each record as it was read and as corrected, in the order of documents.
        stated: The records that the graph is written from, in the same order.
        parts: What was concluded about flows of different documents.
    """
    return {NAMES: names_table(records), KEYS: keys_table(stated), JUDGEMENTS: judgements_table(parts)}


def judgements_of(parts: Parts) -> Iterator[Judgement]:
    """Yield the judgements of all parts."""
    for each in parts.values():
        yield from each
