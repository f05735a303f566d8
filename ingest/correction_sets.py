"""The corrections of a workspace for a build: read, their names resolved, and what they change or fail to find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graph.builds.build import Build
from graph.corrections.corrected import Corrected, entities_of
from graph.corrections.correction import Correction, CorrectionSet, names_in
from graph.corrections.names import resolved
from graph.errors import DamagedWorkspace
from graph.model import Entity, Record
from graph.settings import Settings
from ingest.work import name_index


def corrections_held(base: Build | None) -> tuple[Correction, ...]:
    """Return the corrections that a build was made with; none if they cannot be read or there is no build."""
    return set_of(base).corrections


def resolved_set(corrections: Sequence[Correction], named: Iterable[Entity], settings: Settings) -> CorrectionSet:
    """Return the corrections together with the entities that the names in them stand for.

    Args:
        corrections: The corrections.
        named: What the documents name, in the order of their first naming.
        settings: Names the registry's folder.
    """
    if not names_in(corrections):
        return CorrectionSet(tuple(corrections))
    return resolved(corrections, named, name_index(settings.data / "registry"))


def named_in(records: Iterable[Record]) -> Iterator[Entity]:
    """Yield everything that records name."""
    for record in records:
        yield from entities_of(record)


def faults_of(corrected: Corrected, held: CorrectionSet) -> list[str]:
    """Return one line for each correction that found nothing to correct in the records."""
    by_id = {correction.id: correction for correction in held.corrections}
    return [
        f"correction {outcome.id} ({by_id[outcome.id].who}, {by_id[outcome.id].when[:10]}) is not applied: "
        f"{outcome.reason}; look at 'whofunds correct --list'"
        for outcome in corrected.lost
    ]


def set_of(base: Build | None) -> CorrectionSet:
    """Return the corrections that a build was made with, resolved; none if they cannot be read."""
    try:
        return base.corrections if base else CorrectionSet()
    except DamagedWorkspace:
        return CorrectionSet()
