"""Write records into a draft build as its graph: all of them, or those of the documents that changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.builds.archive import GRAPH
from graph.columns.everything import Everything
from graph.columns.out_of_records import everything_in, with_corrections
from graph.identifiers import CITATIONS_GRAPH, CORRECTIONS_GRAPH, RECONCILED_GRAPH, REGISTRY_GRAPH, graph_iri
from graph.model import Record
from graph.rdf.citations import citation_triples
from graph.rdf.judgements import Judgement, judgement_triples
from graph.rdf.triples import Triple, record_triples
from graph.rdf.triples_registry import registry_triples
from graph.settings import Settings
from graph.stores.store import open_disk
from ingest.work import registry_in

if TYPE_CHECKING:
    from graph.stores.oxigraph import OxigraphStore
    from graph.stores.terms import AnyTriple


@dataclass(frozen=True, slots=True)
class GraphChanges:
    """What a graph states that the graph of the build before did not, and the other way round."""

    records: Sequence[Record]  #: of the documents whose triples are written anew
    gone: Iterable[str]  #: documents that the build holds no more
    judgements: tuple[Iterable[Judgement], Iterable[Judgement]]  #: that do not hold any more, and new ones
    citations: tuple[Iterable[Triple], Iterable[Triple]]  #: likewise
    corrections: Sequence[AnyTriple]  #: all triples of the graph that states the corrections


@dataclass(frozen=True, slots=True)
class _Triples:
    """The triples of one record, made when they are written: those of thousands of records would fill the memory."""

    record: Record

    def __iter__(self) -> Iterator[Triple]:
        return iter(record_triples(self.record))


def load_graph(
    folder: Path,
    records: Sequence[Record],
    judgements: Sequence[Judgement],
    *,
    settings: Settings,
    corrections: Sequence[AnyTriple] = (),
) -> Everything:
    """Write the graph of the draft build in `folder`, in place of any that it has; return what the graph states.

    Args:
        folder: The draft.
        records: All records of the build, with one name for each thing.
        judgements: What was concluded about flows of different documents.
        settings: Names the registry's folder.
        corrections: The triples of the graph that states the corrections.
    """
    registry = registry_in(settings.data / "registry")
    stated = everything_in(records, judgements, registry)
    shutil.rmtree(folder / GRAPH, ignore_errors=True)
    store = open_disk(folder / GRAPH)
    graphs: dict[Any, Iterable[AnyTriple]] = {
        **{graph_iri(record.document): _Triples(record) for record in records},
        REGISTRY_GRAPH: registry_triples(registry),
        RECONCILED_GRAPH: judgement_triples(judgements),
        CITATIONS_GRAPH: citation_triples(stated.relations, stated.heads.values(), stated.keys),
        **_if_any(CORRECTIONS_GRAPH, corrections),
    }
    store.replace_graphs(graphs)
    stated = with_corrections(stated, store) if corrections else stated
    store.close()
    return stated


def change_graph(store: OxigraphStore, changes: GraphChanges) -> None:
    """Bring the graph of the build before up to date."""
    for name in changes.gone:
        store.drop_graph(graph_iri(name))
    graphs: dict[Any, Iterable[AnyTriple]] = {graph_iri(each.document): _Triples(each) for each in changes.records}
    store.replace_graphs({**graphs, **_if_any(CORRECTIONS_GRAPH, changes.corrections)})
    judged = (judgement_triples(each) for each in changes.judgements)
    for graph, (gone, new) in ((RECONCILED_GRAPH, judged), (CITATIONS_GRAPH, changes.citations)):
        store.change_graph(graph, gone, new)


def _if_any(graph: Any, triples: Sequence[AnyTriple]) -> Mapping[Any, Iterable[AnyTriple]]:
    return {graph: triples} if triples else {}
