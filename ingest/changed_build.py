"""Write into a draft what differs from the build before, so that a publication costs what is new.

Only the records of documents that were read, that corrections are about, or that state something else because of these
are opened. What all documents name, cite and were judged to be stands in tables that the build before left
(`graph.columns.next_build`). A test holds that the result is the build that `ingest.whole_build` would write.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from graph.builds.archive import GRAPH, write_correction_set
from graph.builds.build import Build
from graph.builds.manifest import DocumentEntry
from graph.columns.citing import citations_changed
from graph.columns.everything import corrected_names
from graph.columns.following import Changes, tables_after
from graph.columns.making import Tables, corrections_tables
from graph.columns.next_build import (
    JUDGEMENTS,
    KEYS,
    NAMES,
    NamesRead,
    Parts,
    judgements_in,
    judgements_of,
    judgements_table,
    keys_table,
    names_table,
    references_in,
    with_documents,
)
from graph.columns.out_of_records import everything_in
from graph.columns.tables import open_tables, were_made_alike
from graph.columns.writing import places_finder, write_after
from graph.corrections.corrected import Corrected, Things, apply_corrections, things_becoming, with_things
from graph.corrections.correction import Correction, CorrectionSet
from graph.corrections.notes import correction_notes
from graph.counting.ledger_file import holds_ledger
from graph.model import Record
from graph.rdf.judgements import Judgement
from graph.rdf.one_name import names_chosen
from graph.rdf.triples_corrections import correction_triples
from graph.search.document_heads import document_heads
from graph.settings import Settings
from graph.stores.store import open_disk
from ingest.as_read import RecordsAsRead, documents_corrected
from ingest.correction_sets import set_of
from ingest.load import GraphChanges, change_graph
from ingest.reconcile_changes import reconcile_changes
from ingest.work import name_index, registry_in


@dataclass(frozen=True)
class Written:
    """What was written into a draft."""

    corrected: Corrected  #: what became of the corrections
    held: CorrectionSet  #: the corrections, with the things that their names stand for
    flows: int  #: in all documents
    searched: Sequence[Record]  #: the records whose passages or heads differ from the build before; else all
    is_whole: bool = False  #: everything was written anew, so `searched` are all records


def tables_to_follow(folder: Path, settings: Settings) -> Tables | None:
    """Return the tables that a draft was cloned with; None if what follows cannot be made out of them."""
    if not were_made_alike(folder) or not holds_ledger(folder):
        return None
    tables = open_tables(folder, registry_in(settings.data / "registry"))
    return tables if tables is not None and NAMES in tables else None


@dataclass(frozen=True)
class DraftOf:
    """A draft that was cloned from a build, with the records that were read."""

    folder: Path  #: the draft's
    base: Build  #: the build before
    tables: Tables  #: those of the build before
    entries: Mapping[str, DocumentEntry]  #: the documents of the draft
    read: frozenset[str]  #: the names of those that were read


def write_changes(draft: DraftOf, corrections: Sequence[Correction], settings: Settings) -> Written:
    """Write graph, ledger and columns of a draft out of those of the build before.

    Args:
        draft: The draft.
        corrections: All that are in force.
        settings: As everywhere.

    Raises:
        DamagedWorkspace: A record that is needed is damaged, or the graph of the build before cannot be opened.
    """
    return _Changing(draft, settings).written(corrections)


class _Changing:
    def __init__(self, draft: DraftOf, settings: Settings) -> None:
        self.before, self.entries, self.read = draft.tables, draft.entries, draft.read
        self._draft, self._settings = draft, settings
        self._registry = registry_in(settings.data / "registry")

    def written(self, corrections: Sequence[Correction]) -> Written:
        """Write everything; return what was written."""
        held = self._as_read.set_of(corrections, self._settings)
        write_correction_set(self._draft.folder, held)
        changed = {*self.read, *self._gone, *self._corrected_otherwise(held)}
        named = self._naming(held, changed)
        one = names_chosen(NamesRead(named).as_corrected())
        changed |= self._named_otherwise(named, one)
        own = self._stating(changed, held, one)
        keys = with_documents(self.before[KEYS], keys_table(own), changed)
        references = references_in(keys)
        parts = reconcile_changes(self.before, references, own, changed)
        gone, new = self._judged_otherwise(parts)
        restated = ({judgement.subject[0] for judgement in gone | new} & self.entries.keys()) - changed
        records = [*own, *self._stating(restated, held, one)]
        tables = self._tables(changed | restated, records, parts, references.known)
        tables |= {NAMES: named, KEYS: keys, JUDGEMENTS: judgements_table(parts)}
        corrected = self._as_read.corrected(held)
        read = self._as_read.records(documents_corrected(held))
        triples = correction_triples(read, held, corrected.outcomes)
        citations = citations_changed(self.before, tables, changed)
        tables |= self._with_graph(GraphChanges(own, self._gone, (gone, new), citations, triples))
        write_after(self._draft.folder, self.before, tables, changed | restated, self._registry)
        return Written(corrected, held, tables["flows"].num_rows, self._searched(own))

    @cached_property
    def _gone(self) -> frozenset[str]:
        return frozenset(self.before["documents"]["document"].to_pylist()) - self.entries.keys()

    @cached_property
    def _as_read(self) -> RecordsAsRead:
        """The records of the draft; their names are those of the build before and of what was read."""
        earlier = RecordsAsRead(self._draft.folder, self.entries, NamesRead(self.before[NAMES]))
        read = [(record, record) for record in earlier.records(self.read)]
        table = with_documents(self.before[NAMES], names_table(read), self.read | self._gone)
        return earlier.with_names(NamesRead(table))

    @cached_property
    def _was_held(self) -> CorrectionSet:
        return set_of(self._draft.base)

    def _corrected_otherwise(self, held: CorrectionSet) -> set[str]:
        """Return the documents whose record changes because the corrections differ from those of the build before."""
        about = documents_corrected(held) | documents_corrected(self._was_held)
        records = self._as_read.records(about - self.read)
        sides = zip(*(apply_corrections(records, each).records for each in (self._was_held, held)), strict=True)
        found = {new.document for old, new in sides if old != new}
        was, now = things_becoming(self._was_held), things_becoming(held)
        others = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
        return found | self._as_read.names.documents_naming(others, column="is_read")

    def _naming(self, held: CorrectionSet, changed: Collection[str]) -> Any:
        """Return the table of names, with what the changed documents name as corrected."""
        corrected = {each.document: each for each in self._as_read.corrected(held, changed).records}
        pairs = [(record, corrected[record.document]) for record in self._as_read.records(changed)]
        return with_documents(self._as_read.names.table, names_table(pairs), changed)

    def _named_otherwise(self, named: Tables, one: Things) -> set[str]:
        """Return the documents that name a thing which has another of its names than in the build before."""
        was = self._was_named
        differing = {key for key in was.keys() | one.keys() if was.get(key) != one.get(key)}
        return NamesRead(named).documents_naming(differing)

    @cached_property
    def _was_named(self) -> Things:
        return names_chosen(NamesRead(self.before[NAMES]).as_corrected())

    def _stating(self, documents: Collection[str], held: CorrectionSet, one: Things) -> list[Record]:
        """Return the records of some documents as corrected, with one name for each thing."""
        found = self._as_read.corrected(held, documents).records
        return [with_things(record, one) for record in found if record.document in documents]

    def _judged_otherwise(self, parts: Parts) -> tuple[set[Judgement], set[Judgement]]:
        """Return the judgements that do not hold any more, and the new ones."""
        was, now = (set(judgements_of(each)) for each in (judgements_in(self.before[JUDGEMENTS]), parts))
        return was - now, now - was

    def _tables(
        self, documents: Collection[str], records: Sequence[Record], parts: Parts, keys: Mapping[str, Sequence[str]]
    ) -> Tables:
        judgements = [each for each in judgements_of(parts) if each.subject[0] in documents]
        stated = everything_in(records, judgements, self._registry)
        passages = [(record.document, passage) for record in records for passage in record.passages]
        changes = Changes(frozenset(documents), stated, passages, keys)
        finder = places_finder(lambda: name_index(self._settings.data / "registry"), self.before)
        return tables_after(self.before, changes, self._registry, finder)

    def _with_graph(self, changes: GraphChanges) -> Tables:
        """Bring the graph up to date; return the tables of corrections, which are read from it."""
        store = open_disk(self._draft.folder / GRAPH)
        try:
            change_graph(store, changes)
            if not changes.corrections:
                return corrections_tables({}, ())
            return corrections_tables(correction_notes(store), corrected_names(store))
        finally:
            store.close()

    def _searched(self, own: Sequence[Record]) -> list[Record]:
        """Return the changed records whose passages, or whose heads in the search index, are others than before."""
        others = [record for record in own if record.document not in self.read]
        found = self._as_read.corrected(self._was_held, [record.document for record in others]).records
        earlier = {record.document: with_things(record, self._was_named) for record in found}
        heads = (document_heads(each, self._registry) for each in ([earlier[r.document] for r in others], others))
        same = {head.name for was, head in zip(*heads, strict=True) if was == head}
        return [record for record in own if record.document not in same]
