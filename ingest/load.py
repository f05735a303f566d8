"""Write records into a draft build as its graph."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.builds.archive import GRAPH
from graph.columns.everything import Everything
from graph.columns.out_of_records import everything_in, with_corrections
from graph.errors import DamagedWorkspace
from graph.identifiers import CITATIONS_GRAPH, CORRECTIONS_GRAPH, RECONCILED_GRAPH, REGISTRY_GRAPH, graph_iri
from graph.model import Record
from graph.rdf.citations import citation_triples
from graph.rdf.one_name import named_otherwise, with_one_name
from graph.rdf.triples import Triple, record_triples
from graph.rdf.triples_registry import registry_triples
from graph.registry import load_registry
from graph.settings import Settings
from graph.stores.store import Store, open_disk
from ingest.reconcile import reconcile

if TYPE_CHECKING:
    from graph.stores.terms import AnyTriple

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The records that a graph was written from, and what the graph states."""

    records: tuple[Record, ...]  #: each thing under one name
    stated: Everything  #: the statements of the graph, corrections included


@dataclass(frozen=True, slots=True)
class _Triples:
    """The triples of one record, made when they are written: those of thousands of records would fill the memory."""

    record: Record

    def __iter__(self) -> Iterator[Triple]:
        return iter(record_triples(self.record))


def load_graph(
    folder: Path,
    records: Sequence[Record],
    changed: Iterable[str],
    *,
    settings: Settings,
    anew: bool,
    corrections: Sequence[AnyTriple] = (),
) -> Loaded:
    """Write the graph of the draft build in `folder`; return the records that it was written from.

    Args:
        folder: The draft; its graph is a clone of the current build's graph, or does not exist yet.
        records: All records of the build.
        changed: Names of the documents whose triples are to be written; all documents with `anew`.
        settings: Names the registry's folder.
        anew: Start from an empty graph.
        corrections: The triples of the graph that states the corrections.
    """
    wanted = set(changed)
    records = with_one_name(records)
    between = reconcile(records)
    stated = everything_in(records, between.judgements, load_registry(settings.data / "registry"))
    derived: dict[Any, Iterable[AnyTriple]] = {
        RECONCILED_GRAPH: between.triples,
        CITATIONS_GRAPH: citation_triples(stated.relations, stated.heads.values(), stated.keys),
    }
    store, empty = _open(folder / GRAPH, anew=anew)
    if corrections or CORRECTIONS_GRAPH in store.graphs():
        derived[CORRECTIONS_GRAPH] = corrections
    _write(store, records, {r.document for r in records} if empty else wanted, settings, derived, empty)
    stated = with_corrections(stated, store) if corrections else stated
    store.close()
    return Loaded(records, stated)


def _open(folder: Path, *, anew: bool) -> tuple[Store, bool]:
    """Return the store to write to, and whether it is empty.

    A store that cannot be opened is made again from the records.
    """
    if not anew and (folder / "CURRENT").is_file():
        try:
            return open_disk(folder), False
        except DamagedWorkspace as error:
            log.warning("%s It is written anew.", error)
    shutil.rmtree(folder, ignore_errors=True)
    return open_disk(folder), True


def _write(
    store: Store,
    records: Sequence[Record],
    wanted: set[str],
    settings: Settings,
    derived: Mapping[Any, Iterable[AnyTriple]],
    anew: bool,
) -> None:
    wanted = wanted | named_otherwise(store, records)
    graphs: dict[Any, Iterable[AnyTriple]] = {
        graph_iri(record.document): _Triples(record) for record in records if record.document in wanted
    }
    if anew or REGISTRY_GRAPH not in store.graphs():
        graphs[REGISTRY_GRAPH] = registry_triples(load_registry(settings.data / "registry"))
    store.replace_graphs({**graphs, **derived})
