"""The registry: the known organisations, places, programmes and funds, and how they relate to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from graph.model import Entity, EntityKind
from graph.registry_tables import (
    Fund,
    Line,
    Organisation,
    Place,
    Programme,
    Row,
    fund_row,
    organisation_row,
    place_row,
    programme_row,
    read_lines,
)

__all__ = ["Fund", "Organisation", "Place", "Programme", "Registry", "load_registry"]

_COMMISSIONER = "police-and-crime-commissioner"
_RowType = TypeVar("_RowType", bound=Row)


@dataclass(frozen=True)
class Registry:
    """The four tables of the registry, by id. Load it once for each folder and pass it on."""

    organisations: Mapping[str, Organisation]
    programmes: Mapping[str, Programme]
    places: Mapping[str, Place]
    funds: Mapping[str, Fund]

    @cached_property
    def _entities(self) -> Mapping[str, Entity]:
        tables: tuple[tuple[EntityKind, Mapping[str, Row]], ...] = (
            (EntityKind.ORGANISATION, self.organisations),
            (EntityKind.PROGRAMME, self.programmes),
            (EntityKind.PLACE, self.places),
            (EntityKind.FUND, self.funds),
        )
        return {id: Entity(id, row.name, kind) for kind, table in tables for id, row in table.items()}

    def __contains__(self, id: object) -> bool:
        return id in self._entities

    def entity(self, id: str) -> Entity:
        """Return the entity of an id.

        Raises:
            KeyError: The registry lacks the id.
        """
        return self._entities[id]

    def get_entity(self, id: str) -> Entity | None:
        """Return the entity of an id; None if the registry lacks it."""
        return self._entities.get(id)

    def entities(self, kind: EntityKind | None = None) -> tuple[Entity, ...]:
        """Return every entity, or every entity of one kind, in the order of the tables."""
        return tuple(entity for entity in self._entities.values() if kind is None or entity.kind is kind)

    def row(self, id: str) -> Row:
        """Return the table's row of an id.

        Raises:
            KeyError: The registry lacks the id.
        """
        for table in (self.organisations, self.programmes, self.places, self.funds):
            if id in table:
                row: Row = table[id]
                return row
        raise KeyError(id)

    @cached_property
    def _parts(self) -> Mapping[str, tuple[str, ...]]:
        parts: dict[str, list[str]] = {}
        for place in self.places.values():
            for outer in place.part_of:
                parts.setdefault(outer, []).append(place.id)
        return {outer: tuple(inner) for outer, inner in parts.items()}

    @cached_property
    def _reached(self) -> dict[tuple[str, bool], frozenset[str]]:
        """The places reached from a place so far, by (id, direction): the hierarchy is walked once for each."""
        return {}

    def places_within(self, id: str) -> frozenset[str]:
        """Return the ids of all places inside a place, and its own; for an unknown place just its own."""
        if (id, False) not in self._reached:
            self._reached[id, False] = frozenset(_reach(id, lambda place: self._parts.get(place, ())))
        return self._reached[id, False]

    def places_around(self, id: str) -> frozenset[str]:
        """Return the ids of all places that contain a place, and its own."""
        if (id, True) not in self._reached:
            around = _reach(id, lambda place: self.places[place].part_of if place in self.places else ())
            self._reached[id, True] = frozenset(around)
        return self._reached[id, True]

    def place_contains(self, outer: str, inner: str) -> bool:
        """Return True if the place `inner` lies in the place `outer` or is the same."""
        return outer == inner or outer in self.places_around(inner)

    def places_overlap(self, one: str, other: str) -> bool:
        """Return True if one place lies in the other, or a third place lies in both."""
        return (
            self.place_contains(one, other)
            or self.place_contains(other, one)
            or bool(self.places_within(one) & self.places_within(other))
        )

    def members_of_place(self, id: str) -> tuple[str, ...]:
        """Return the ids of the places directly inside a place, such as the boroughs of a command unit."""
        return self._parts.get(id, ())

    def place_of_body(self, organisation: str) -> str | None:
        """Return the id of the place that an organisation, or else an organisation above it, covers.

        Return None if none does.
        """
        seen: set[str] = set()
        while organisation in self.organisations and organisation not in seen:
            seen.add(organisation)
            row = self.organisations[organisation]
            if row.place:
                return row.place
            organisation = row.part_of
        return None

    def council_of(self, place: str) -> str | None:
        """Return the id of the council whose area is a place; None if there is none."""
        return self._bodies.get(("local-authority", place))

    def force_of(self, place: str) -> str | None:
        """Return the id of the police force of a police area, or of the police area that a place lies in."""
        return self._police_body("police-force", place)

    def commissioner_of(self, place: str) -> str | None:
        """Return the id of the commissioner (or mayor's authority) of a police area, or of a place in it."""
        return self._police_body(_COMMISSIONER, place)

    def is_police_area(self, place: str) -> bool:
        """Return True if an id is that of a police force area."""
        return place in self._police_areas

    def police_area_of(self, place: str) -> str | None:
        """Return the id of the police area that a place is, lies in, or mostly consists of; None if there is none."""
        for areas in (self._police_areas & self.places_around(place), self._police_areas & self.places_within(place)):
            best = max(areas, key=lambda area: (len(self.places_within(area)), area), default=None)
            if best is not None and len(self.places_within(best)) * 2 > len(self.places_within(place)):
                return best
        return None

    @cached_property
    def _police_areas(self) -> frozenset[str]:
        return frozenset(id for id, place in self.places.items() if place.type == "police-force-area")

    def _police_body(self, type: str, place: str) -> str | None:
        area = self.police_area_of(place)
        return None if area is None else self._bodies.get((type, area))

    @cached_property
    def _bodies(self) -> Mapping[tuple[str, str], str]:
        bodies: dict[tuple[str, str], str] = {}
        for row in self.organisations.values():
            if row.place:
                bodies.setdefault((row.type, row.place), row.id)
        return bodies


def load_registry(folder: Path) -> Registry:
    """Return the registry in a folder with the files places.csv, organisations.csv, programmes.csv and funds.csv.

    Raises:
        InvalidReference: A table is missing or wrong; the message names file, line, fault and remedy.
    """
    lines: dict[str, Line] = {}
    registry = Registry(
        places=_table(folder, "places", place_row, ("id", "name", "type", "gss_code", "part_of", "aliases"), lines),
        organisations=_table(
            folder,
            "organisations",
            organisation_row,
            ("id", "name", "type", "org_id", "place", "part_of", "members", "aliases"),
            lines,
        ),
        programmes=_table(
            folder, "programmes", programme_row, ("id", "name", "aliases", "kind", "led_by", "first_year"), lines
        ),
        funds=_table(folder, "funds", fund_row, ("id", "name", "aliases", "administered_by", "years"), lines),
    )
    _check_pointers(registry, lines)
    return registry


def _table(
    folder: Path,
    table: str,
    to_row: Callable[[Line], _RowType],
    columns: tuple[str, ...],
    lines: dict[str, Line],
) -> dict[str, _RowType]:
    rows: dict[str, _RowType] = {}
    for line in read_lines(folder, table, columns):
        row = to_row(line)
        if row.id in lines:
            first = lines[row.id]
            raise line.fault(
                f"id {row.id!r} stands already in {first.file.name}, line {first.number}; ids are unique over all "
                "four tables, so give one of them another"
            )
        rows[row.id] = row
        lines[row.id] = line
    return rows


def _check_pointers(registry: Registry, lines: Mapping[str, Line]) -> None:
    """Check that every id that a row names exists in the right table, and that no place lies in itself."""
    for place in registry.places.values():
        _check(lines[place.id], "part_of", place.part_of, registry.places, "places.csv")
    for organisation in registry.organisations.values():
        line = lines[organisation.id]
        _check(line, "place", (organisation.place,), registry.places, "places.csv")
        _check(line, "part_of", (organisation.part_of,), registry.organisations, "organisations.csv")
        _check(line, "members", organisation.members, registry.organisations, "organisations.csv")
    for programme in registry.programmes.values():
        _check(lines[programme.id], "led_by", programme.led_by, registry.organisations, "organisations.csv")
    for fund in registry.funds.values():
        _check(lines[fund.id], "administered_by", (fund.administered_by,), registry.organisations, "organisations.csv")
    for id, place in registry.places.items():
        if any(id in registry.places_around(outer) for outer in place.part_of):
            raise lines[id].fault(f"place {id!r} lies in itself by way of part_of; break the circle")


def _check(line: Line, column: str, ids: tuple[str, ...], table: Mapping[str, Row], file: str) -> None:
    for id in ids:
        if id and id not in table:
            raise line.fault(f"{column} names {id!r}, which {file} lacks; add it there or mend the id")


def _reach(start: str, step: Callable[[str], tuple[str, ...]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        fresh = set(step(waiting.pop())) - found
        found |= fresh
        waiting.extend(fresh)
    return found
