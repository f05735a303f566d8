"""The layout of the police areas: each once, no two on one place, all that the registry has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import InvalidReference
from graph.police_areas import load_area_tiles
from graph.registry import Registry, load_registry
from graph.settings import PROJECT

SHIPPED = PROJECT / "data" / "across"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry(PROJECT / "data" / "registry")


def test_each_police_area_has_one_tile_on_a_place_of_its_own(registry: Registry) -> None:
    tiles = load_area_tiles(SHIPPED, registry)
    areas = {id for id in registry.places if registry.is_police_area(id)}
    assert len(areas) == 43 and {tile.area for tile in tiles} == areas
    assert len(tiles) == len({(tile.row, tile.column) for tile in tiles}) == 43
    assert len({tile.name for tile in tiles}) == len({tile.code for tile in tiles}) == 43
    assert all(tile.code and len(tile.code) <= 4 for tile in tiles)
    commissioners = [registry.commissioner_of(tile.area) for tile in tiles]
    assert None not in commissioners and len(set(commissioners)) == 43


@pytest.mark.parametrize(
    ("north", "south"),
    [("northumbria", "cleveland"), ("cumbria", "merseyside"), ("north-wales", "gwent"), ("norfolk", "kent")],
)
def test_tiles_stand_roughly_as_the_areas_lie(registry: Registry, north: str, south: str) -> None:
    tiles = {tile.area: tile for tile in load_area_tiles(SHIPPED, registry)}
    assert tiles[f"{north}-police-area"].row < tiles[f"{south}-police-area"].row
    assert tiles["dyfed-powys-police-area"].column < tiles["norfolk-police-area"].column


def _without_kent(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("kent-")]


def _twice(lines: list[str]) -> list[str]:
    return [*lines, lines[1]]


def _on_one_place(lines: list[str]) -> list[str]:
    return [*_without_kent(lines), f"kent-police-area,Kent,Ken,{','.join(lines[1].split(',')[-2:])}"]


def _unknown(lines: list[str]) -> list[str]:
    return [*lines, "kent,Kent,Ken,20,20"]


def _no_number(lines: list[str]) -> list[str]:
    return [*_without_kent(lines), "kent-police-area,Kent,Ken,x,1"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without_kent, "'kent-police-area' of the registry has no tile"),
        (_twice, "has a tile already"),
        (_on_one_place, "stands where"),
        (_unknown, "is no police area"),
        (_no_number, "are not both numbers"),
    ],
)
def test_a_wrong_layout_is_refused_with_its_line(
    tmp_path: Path, registry: Registry, change: Callable[[list[str]], list[str]], said: str
) -> None:
    lines = (SHIPPED / "police_area_tiles.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / "police_area_tiles.csv").write_text("\n".join(change(lines)), encoding="utf-8")
    with pytest.raises(InvalidReference, match=r"police_area_tiles\.csv, line \d+: .*" + said):
        load_area_tiles(tmp_path, registry)
