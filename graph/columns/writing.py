"""Writes the ledger and the columns of a build when it is published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from graph.columns.changes import documents_that_differ
from graph.columns.columns import Columns
from graph.columns.everything import Everything
from graph.columns.making import Tables, make_tables
from graph.columns.tables import open_tables, were_made_alike, write_tables
from graph.counting.grounds import grounds_of
from graph.counting.ledger import DECISION, Counting, Places
from graph.counting.ledger_file import write_ledger
from graph.model import EntityKind, Record
from graph.names.index import NameIndex
from graph.registry import Registry
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key, things_of


def write_ledger_and_columns(folder: Path, stated: Everything, records: Iterable[Record], names: NameIndex) -> None:
    """Judge the money of a graph, and write its ledger and its columns into the folder of its build.

    Only money of things that changed documents touch is judged anew; the other judgements stand.

    Args:
        folder: The build's folder; it may hold the ledger and the columns of the build that it was cloned from.
        stated: The content of the graph.
        records: The records that the graph was written from, with corrections applied.
        names: The index of known names.
    """
    before = open_tables(folder, names.registry)
    tables = _tables(stated, records, names, before, with_words=were_made_alike(folder))
    changed = _touched(before, tables, names.registry) if before is not None else None
    grounds = grounds_of(stated.flows, stated.heads, stated.relations, stated.checks)
    places = places_known(names.registry, stated.heads.values())
    write_ledger(folder, Counting(stated.flows, grounds, places), changed)
    write_tables(folder, tables, names.registry)


def places_known(registry: Registry, heads: Iterable[DecisionHead]) -> Places:
    """Return which places lie within which, and for each document the area of the body that decided."""

    def key(id: str) -> str:
        return f"{EntityKind.PLACE.value}/{id}"

    around = {key(id): frozenset(map(key, registry.places_around(id))) for id in registry.places}
    areas: dict[str, str] = {}
    for head in heads:
        area = registry.place_of_body(head.body.id) if head.body is not None else None
        if area:
            areas[head.document] = key(area)
    return Places(around, areas)


def _touched(before: Tables, tables: Tables, registry: Registry) -> frozenset[str]:
    """Return the keys of the things that the money of changed documents touches, or touched in the earlier build."""
    documents = documents_that_differ(before, tables)
    return frozenset(
        key for each in (before, tables) for key in _keys_of(Columns(each), documents, registry)
    )  # fmt: skip


def _keys_of(columns: Columns, documents: Collection[str], registry: Registry) -> Iterator[str]:
    numbers = [columns.numbers_of_documents[name] for name in documents if name in columns.numbers_of_documents]
    heads = [columns.heads[number] for number in numbers if number < columns.held]
    yield from (f"{DECISION}{head.iri}" for head in heads)
    places = places_known(registry, heads)
    flows: list[StatedFlow] = columns.flows.rows.at(columns.rows_in("flows", numbers))
    for stated in flows:
        yield from map(thing_key, things_of(stated.flow))
        yield from places.of(stated)


def _tables(
    stated: Everything, records: Iterable[Record], names: NameIndex, before: Tables | None, *, with_words: bool
) -> Tables:
    """Make the tables of a build, reusing the places that the earlier build found in titles.

    With `with_words`, the words of unchanged texts are reused as well.
    """
    known = _places_known(before) if before is not None else {}

    def places_in(text: str) -> Iterable[str]:
        if text not in known:
            known[text] = [mention.entity.id for mention in names.find(text, kinds={EntityKind.PLACE})]
        return known[text]

    passages = ((record.document, passage) for record in records for passage in record.passages)
    return make_tables(stated, passages, names.registry, places_in, before if with_words else None)


def _places_known(tables: Tables) -> dict[str, list[str]]:
    """Return the places that each title with summary names, from the earlier build: finding them takes milliseconds."""
    parts = (tables["documents"][name].to_pylist() for name in ("title", "summary", "places_named"))
    found = zip(*parts, strict=True)
    return {f"{title}. {summary}": places for title, summary, places in found if places is not None}
