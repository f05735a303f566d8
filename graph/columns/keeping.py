"""The ledger and the columns of a build, written when it is published."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graph.columns.everything import Everything, read_everything
from graph.columns.making import make_tables
from graph.columns.tables import open_tables, write_tables
from graph.counting.graph_ledger import places_of
from graph.counting.grounds import grounds_of
from graph.counting.ledger import Counting
from graph.counting.ledger_file import write_ledger
from graph.model import EntityKind, Record
from graph.names.index import NameIndex
from graph.stores.store import Store


def keep_what_is_stated(folder: Path, store: Store, records: Iterable[Record], names: NameIndex) -> None:
    """Read a graph once, judge its money, and write its ledger and its columns into the folder of its build.

    Args:
        folder: That of the build; it may hold the columns of the build that it was cloned from.
        store: The graph.
        records: What was read from the documents, as corrected.
        names: The names we know.
    """
    stated = read_everything(store)
    grounds = grounds_of(stated.flows, stated.heads, stated.relations, stated.checks)
    write_ledger(folder, Counting(stated.flows, grounds, places_of(store, stated.heads)))
    keep_columns(folder, stated, records, names)


def keep_columns(folder: Path, stated: Everything, records: Iterable[Record], names: NameIndex) -> None:
    """Write the columns of what a graph states into the folder of its build."""
    known = _places_known(folder, names)

    def places_in(text: str) -> Iterable[str]:
        if text not in known:
            known[text] = [mention.entity.id for mention in names.find(text, kinds={EntityKind.PLACE})]
        return known[text]

    passages = ((record.document, passage) for record in records for passage in record.passages)
    write_tables(folder, make_tables(stated, passages, names.registry, places_in), names.registry)


def _places_known(folder: Path, names: NameIndex) -> dict[str, list[str]]:
    """The places that titles and summaries name, as the build before found them: looking takes milliseconds each."""
    tables = open_tables(folder, names.registry)
    if tables is None:
        return {}
    parts = (tables["documents"][name].to_pylist() for name in ("title", "summary", "places_named"))
    found = zip(*parts, strict=True)
    return {f"{title}. {summary}": places for title, summary, places in found if places is not None}
