"""The corrections of a workspace for a build: read, their names resolved, and what they change or fail to find."""

from __future__ import annotations

from collections.abc import Sequence

from graph.builds.build import Build
from graph.corrections.corrected import Corrected, apply_corrections
from graph.corrections.correction import Correction, CorrectionSet, names_in
from graph.corrections.names import resolved
from graph.errors import DamagedWorkspace
from graph.model import Record
from graph.settings import Settings
from ingest.work import name_index


def corrections_held(base: Build | None) -> tuple[Correction, ...]:
    """Return the corrections that a build was made with; none if they cannot be read or there is no build."""
    return _set_of(base).corrections


def resolved_set(corrections: Sequence[Correction], records: Sequence[Record], settings: Settings) -> CorrectionSet:
    """Return the corrections together with the entities that the names in them stand for."""
    if not names_in(corrections):
        return CorrectionSet(tuple(corrections))
    return resolved(corrections, records, name_index(settings.data / "registry"))


def changed_documents(base: Build | None, records: Sequence[Record], corrected: Sequence[Record]) -> list[str]:
    """Return the documents whose record changes because the corrections differ from those of the build before."""
    before = apply_corrections(records, _set_of(base)).records
    return [new.document for old, new in zip(before, corrected, strict=True) if old is not new and old != new]


def faults_of(corrected: Corrected, held: CorrectionSet) -> list[str]:
    """Return one line for each correction that found nothing to correct in the records."""
    by_id = {correction.id: correction for correction in held.corrections}
    return [
        f"correction {outcome.id} ({by_id[outcome.id].who}, {by_id[outcome.id].when[:10]}) is not applied: "
        f"{outcome.reason}; look at 'whofunds correct --list'"
        for outcome in corrected.lost
    ]


def _set_of(base: Build | None) -> CorrectionSet:
    try:
        return base.corrections if base else CorrectionSet()
    except DamagedWorkspace:
        return CorrectionSet()
