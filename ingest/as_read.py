"""The records of a draft build as they were read, opened one by one, and what all of them name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from graph.builds.archive import read_record
from graph.builds.build import Build
from graph.builds.manifest import DocumentEntry
from graph.columns.next_build import NAMES, NamesRead, names_table
from graph.columns.tables import open_tables
from graph.corrections.corrected import Corrected, apply_corrections
from graph.corrections.correction import Correction, CorrectionSet
from graph.model import Record
from graph.settings import Settings
from ingest.correction_sets import resolved_set
from ingest.work import registry_in


class RecordsAsRead:
    """The records in a build's folder, and the names in all of them."""

    def __init__(self, folder: Path, entries: Mapping[str, DocumentEntry], names: NamesRead) -> None:
        """Keep where the records are.

        Args:
            folder: Of the build.
            entries: Its documents, by name.
            names: What its documents name.
        """
        self._folder, self._entries, self.names = folder, entries, names
        self._held: dict[str, Record] = {}

    def with_names(self, names: NamesRead) -> RecordsAsRead:
        """Return the same records with other names; those that were opened are not opened again."""
        found = RecordsAsRead(self._folder, self._entries, names)
        found._held = self._held
        return found

    def records(self, documents: Iterable[str]) -> list[Record]:
        """Return the records of those of some documents that the build has, in the order of their names.

        Raises:
            DamagedWorkspace: One of them is damaged.
        """
        names = sorted({name for name in documents if name in self._entries})
        for name in names:
            if name not in self._held:
                self._held[name] = read_record(self._folder, name, self._entries[name].digest)
        return [self._held[name] for name in names]

    def set_of(self, corrections: Collection[Correction], settings: Settings) -> CorrectionSet:
        """Return corrections with the things that their names stand for."""
        return resolved_set(tuple(corrections), self.names.as_read(), settings)

    def corrected(self, corrections: CorrectionSet, documents: Collection[str] = ()) -> Corrected:
        """Return the records of the documents that corrections are about, and of some others, as corrected.

        The outcomes are those of applying the corrections to all records.
        """
        wanted = documents_corrected(corrections) | set(documents)
        return apply_corrections(self.records(wanted), corrections, beside=self.names.as_read(without=wanted))


def as_read(build: Build, settings: Settings) -> RecordsAsRead:
    """Return the records of a build as they were read.

    What they name stands in the build's columns; in those of an older build it does not, and all records are read.
    """
    registry = registry_in(settings.data / "registry")
    tables = open_tables(build.path, registry) or {}
    names = tables.get(NAMES)
    if names is None:
        names = names_table((record, record) for record in build.records_as_read())
    return RecordsAsRead(build.path, {each.name: each for each in build.manifest.documents}, NamesRead(names))


def documents_corrected(corrections: CorrectionSet) -> set[str]:
    """Return the documents of which corrections set a flow, an award or the decision right."""
    return {each.flow.document for each in corrections.corrections if each.flow is not None}
