"""What search shows and filters of each document: its decision, and the things that its money touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.model import Entity, EntityKind, Funding, Record
from graph.registry import Registry


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """One document of the index. The fields for filters hold ids and names in lower case."""

    name: str
    decision: str | None
    title: str
    body: str | None
    signed: str | None
    record_type: str
    source: str | None
    bodies: tuple[str, ...]
    programmes: tuple[str, ...]
    places: tuple[str, ...]  #: with the places that they lie in
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """The decisions to search in. A thing is given by its name or id; None does not filter."""

    body: str | None = None
    programme: str | None = None
    place: str | None = None
    year: str | None = None
    record_type: str | None = None

    def wanted(self) -> dict[str, str]:
        """Return what each filter that is set wants, in lower case, by the field of a head that has to hold it."""
        names = (self.body, self.programme, self.place, self.year, self.record_type)
        fields = ("bodies", "programmes", "places", "years", "record_type")
        return {field: name.strip().casefold() for field, name in zip(fields, names, strict=True) if name}


def document_heads(records: Sequence[Record], registry: Registry) -> list[DocumentHead]:
    """Return the head of each record's document, in order."""
    return [_head(record, registry) for record in records]


def _head(record: Record, registry: Registry) -> DocumentHead:
    decision = record.decision
    entities = _entities(record)
    places = {entity for entity in entities if entity.kind is EntityKind.PLACE}
    return DocumentHead(
        name=record.document,
        decision=decision.reference,
        title=decision.title,
        body=decision.body.name if decision.body else None,
        signed=decision.signed,
        record_type=decision.record_type,
        source=decision.source,
        bodies=_names([decision.body] if decision.body else []),
        programmes=_names(entity for entity in entities if entity.kind is EntityKind.PROGRAMME),
        places=_names([*places, *_around(places, registry)]),
        years=tuple(sorted({year for each in _money(record) for year in each.years} | _year_signed(decision.signed))),
    )


def _money(record: Record) -> list[Funding]:
    """Return the flows of a record, and its awards without a printed sum."""
    return [*record.flows, *record.awards]


def _entities(record: Record) -> set[Entity]:
    found = {entity for each in _money(record) for entity in (*each.programmes, each.place) if entity}
    for relation in record.relations:
        found |= {end for end in (relation.subject, relation.object) if isinstance(end, Entity)}
    return found


def _around(places: Iterable[Entity], registry: Registry) -> list[Entity]:
    """Return the places that contain some places."""
    around = {outer for place in places for outer in registry.places_around(place.id)}
    return [registry.entity(outer) for outer in around if outer in registry.places]


def _year_signed(signed: str | None) -> set[str]:
    from datetime import date

    from graph.parse.years import financial_year

    try:
        return {financial_year(date.fromisoformat(signed or ""))}
    except ValueError:
        return set()


def _names(entities: Iterable[Entity]) -> tuple[str, ...]:
    return tuple(sorted({name.casefold() for entity in entities for name in (entity.id, entity.name)}))
