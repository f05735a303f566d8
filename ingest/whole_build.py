"""Write all records of a draft as its graph, ledger and columns: for the first build, and after the code changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.builds.archive import write_correction_set
from graph.columns.next_build import tables_for_the_next
from graph.columns.writing import write_all
from graph.corrections.corrected import apply_corrections
from graph.corrections.correction import Correction, CorrectionSet
from graph.model import Record
from graph.rdf.one_name import with_one_name
from graph.rdf.triples_corrections import correction_triples
from graph.settings import Settings
from ingest.changed_build import Written
from ingest.correction_sets import named_in, resolved_set
from ingest.load import load_graph
from ingest.reconcile import reconcile
from ingest.work import name_index


def write_whole(
    folder: Path, records: Sequence[Record], corrections: Sequence[Correction], settings: Settings
) -> Written:
    """Write graph, ledger and columns of a draft; return what was written.

    Args:
        folder: The draft's.
        records: All records as they were read, in the order of their documents.
        corrections: All that are in force.
        settings: As everywhere.
    """
    held = resolved_set(corrections, named_in(records), settings)
    write_correction_set(folder, held)
    corrected = apply_corrections(records, held)
    named = with_one_name(corrected.records)
    between = reconcile(named)
    triples = correction_triples(records, held, corrected.outcomes)
    stated = load_graph(folder, named, between.judgements, settings=settings, corrections=triples)
    more = tables_for_the_next(list(zip(records, corrected.records, strict=True)), named, between.parts)
    write_all(folder, stated, named, name_index(settings.data / "registry"), more)
    return Written(corrected, held, sum(len(record.flows) for record in named), named, is_whole=True)


def stated_records(records: Sequence[Record], held: CorrectionSet) -> tuple[Record, ...]:
    """Return the records that a graph is written from: corrected, with one name for each thing.

    Args:
        records: All records as they were read.
        held: The corrections, with the things that their names stand for.
    """
    return with_one_name(apply_corrections(records, held).records)
