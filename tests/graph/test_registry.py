"""The registry: rows, nesting, bodies of places, and the message for each kind of fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.errors import InvalidReference
from graph.model import EntityKind
from graph.registry import Registry, load_registry

REGISTRY = Path(__file__).resolve().parents[2] / "data" / "registry"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry(REGISTRY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for table in ("places", "organisations", "programmes", "funds"):
        shutil.copy(REGISTRY / f"{table}.csv", tmp_path)
    return tmp_path


def test_every_table_is_read(registry: Registry) -> None:
    assert len(registry.entities()) == sum(
        len(table) for table in (registry.organisations, registry.programmes, registry.places, registry.funds)
    )
    assert registry.entity("drive").kind is EntityKind.PROGRAMME
    assert all(entity.verified for entity in registry.entities())
    assert {entity.kind for entity in registry.entities(EntityKind.FUND)} == {EntityKind.FUND}


def test_entities_keep_the_canonical_name(registry: Registry) -> None:
    assert registry.entity("mopac").name == "Mayor's Office for Policing and Crime"
    assert registry.get_entity("no-such-id") is None
    with pytest.raises(KeyError):
        registry.entity("no-such-id")


def test_places_nest(registry: Registry) -> None:
    assert registry.place_contains("west-mercia-police-area", "worcestershire")
    assert registry.place_contains("england", "croydon")
    assert not registry.place_contains("croydon", "london")
    assert registry.places_within("south-bcu") == {"south-bcu", "bromley", "croydon", "sutton"}
    assert registry.place_contains("tri-borough", "westminster")
    assert registry.places_within("no-such-place") == {"no-such-place"}


def test_places_overlap_where_they_share_a_part(registry: Registry) -> None:
    assert registry.places_overlap("tri-borough", "central-west-bcu")
    assert not registry.places_overlap("essex", "london")


@pytest.mark.parametrize(
    ("place", "council", "force", "commissioner"),
    [
        ("croydon", "croydon-council", "metropolitan-police-service", "mopac"),
        ("worcestershire", "worcestershire-county-council", "west-mercia-police", "west-mercia-pcc"),
        ("west-mercia-police-area", None, "west-mercia-police", "west-mercia-pcc"),
        ("london", None, "metropolitan-police-service", "mopac"),
        ("essex", "essex-county-council", "essex-police", "essex-pcc"),
        ("south-east-england", None, None, None),
        ("england", None, None, None),
    ],
)
def test_a_place_has_its_council_force_and_commissioner(
    registry: Registry, place: str, council: str | None, force: str | None, commissioner: str | None
) -> None:
    assert registry.council_of(place) in (council, "greater-london-authority" if place == "london" else council)
    assert registry.force_of(place) == force
    assert registry.commissioner_of(place) == commissioner


def test_a_body_has_its_place(registry: Registry) -> None:
    assert registry.place_of_body("mopac") == "metropolitan-police-area"
    assert registry.place_of_body("dvip") == "london"
    assert registry.place_of_body("home-office") is None
    assert registry.place_of_body("no-such-body") is None


def _replace(folder: Path, table: str, old: str, new: str) -> None:
    file = folder / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "old", "new", "message"),
    [
        (
            "programmes",
            "\ndrive,Drive,",
            "\nmopac,Drive,",
            r"programmes\.csv, line 2: id 'mopac' stands already in org",
        ),
        ("places", "E12000001", "E1200001", r"places\.csv, line 5: gss_code 'E1200001' is not E or W and eight digits"),
        (
            "places",
            "North East,region",
            "North East,area",
            r"places\.csv, line 5: type 'area' is not known; use one of",
        ),
        ("places", "E12000001,england", "E12000001,albion", r"line 5: part_of names 'albion', which places\.csv lacks"),
        (
            "places",
            "north-east-england,North East,",
            "north-east-england,,",
            r"line 5: 'north-east-england' has no name",
        ),
        ("places", "north-east-england,", "North East,", r"line 5: id 'North East' is not of the form"),
        (
            "places",
            "england-and-wales,England and Wales,country,,,",
            "england-and-wales,England and Wales,country,,london,",
            r"place 'england-and-wales' lies in itself",
        ),
        (
            "organisations",
            "GB-GOR-D16,,,,",
            "GB-GOR-D16,albion,,,",
            r"organisations\.csv, line 2: place names 'albion'",
        ),
        (
            "organisations",
            "government-department",
            "ministry",
            r"organisations\.csv, line 2: type 'ministry' is not known",
        ),
        ("programmes", "drive-partnership,2016", "drive-team,2016", r"line 2: led_by names 'drive-team'"),
        ("programmes", "drive-partnership,2016", "drive-partnership,16", r"line 2: first_year '16' is not a year"),
        (
            "funds",
            "Police Transformation funding,home-office,",
            "Police Transformation funding,ho,",
            r"funds\.csv, line 2: administered_by names 'ho'",
        ),
        ("funds", "id,name,aliases", "id,name,other", r"funds\.csv, line 1: lacks the column 'aliases'"),
        (
            "funds",
            "Precept Grant,,home-office,annual",
            "Precept Grant,,home-office,annual,a,b,c",
            "too many or too few",
        ),
    ],
)
def test_a_fault_is_named_with_file_line_and_remedy(folder: Path, table: str, old: str, new: str, message: str) -> None:
    _replace(folder, table, old, new)
    with pytest.raises(InvalidReference, match=message):
        load_registry(folder)


def test_a_missing_table_is_named(folder: Path) -> None:
    (folder / "funds.csv").unlink()
    with pytest.raises(InvalidReference, match=r"funds\.csv: this table is missing"):
        load_registry(folder)


def test_a_table_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "funds.csv").write_bytes("id,name\nx,Esmée".encode("latin-1"))
    with pytest.raises(InvalidReference, match=r"funds\.csv: not UTF-8 at byte 13; save it as UTF-8"):
        load_registry(folder)
