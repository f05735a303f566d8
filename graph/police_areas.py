"""The police areas of England and Wales as tiles of the map that the app draws."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graph.registry import Registry
from graph.registry_tables import Line, read_lines

TABLE = "police_area_tiles"


@dataclass(frozen=True, slots=True)
class AreaTile:
    """One police area as a tile of the map. Tiles have one size and stand roughly as the areas do."""

    area: str  #: id of the place
    name: str  #: short: "West Mercia"
    code: str  #: three or four letters for a small screen: "WMe"
    row: int  #: 1 is the northernmost
    column: int  #: 1 is the westernmost


def load_area_tiles(folder: Path, registry: Registry) -> tuple[AreaTile, ...]:
    """Return the tile of every police area, from north to south, then from west to east.

    Raises:
        InvalidReference: The table is missing or wrong: an area is unknown to the registry, occurs twice or has no
            tile, or
            two tiles share a position. The message names file, line, fault and remedy.
    """
    tiles: dict[str, AreaTile] = {}
    places: dict[tuple[int, int], str] = {}
    line = None
    for line in read_lines(folder, TABLE, ("area", "name", "code", "row", "column")):
        tile = _tile(line, registry)
        if tile.area in tiles:
            raise line.fault(f"the area {tile.area!r} has a tile already; remove one of the two lines")
        taken = places.setdefault((tile.row, tile.column), tile.area)
        if taken != tile.area:
            raise line.fault(f"{tile.area!r} stands where {taken!r} stands; give it another row or column")
        tiles[tile.area] = tile
    absent = [area for area in registry.places if registry.is_police_area(area) and area not in tiles]
    if absent and line is not None:
        raise line.fault(f"the police area {absent[0]!r} of the registry has no tile; add a line for it")
    return tuple(sorted(tiles.values(), key=lambda tile: (tile.row, tile.column)))


def _tile(line: Line, registry: Registry) -> AreaTile:
    area = line.text("area")
    if not registry.is_police_area(area):
        raise line.fault(f"area {area!r} is no police area of places.csv; mend the id")
    row, column = (line.text(name) for name in ("row", "column"))
    if not all(number.isdecimal() and 0 < int(number) < 100 for number in (row, column)):
        raise line.fault(f"row {row!r} and column {column!r} are not both numbers from 1 to 99; mend them")
    return AreaTile(area, line.name(), line.text("code"), int(row), int(column))
