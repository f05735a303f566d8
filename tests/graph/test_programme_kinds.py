"""Kinds of programme: those of the register, and which a name is of."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InvalidReference
from graph.programme_kinds import load_programme_kinds, programmes_of_kind
from graph.registry import load_registry
from graph.registry_tables import PROGRAMME_KINDS
from graph.settings import PROJECT
from tests.builders import programme

KINDS = {kind.id: kind for kind in load_programme_kinds(PROJECT / "data" / "across")}
REGISTRY = load_registry(PROJECT / "data" / "registry")


def test_every_kind_of_the_register_has_a_name() -> None:
    assert KINDS.keys() == PROGRAMME_KINDS


def test_each_programme_of_the_register_is_of_the_kind_that_it_says_and_of_no_other() -> None:
    known = [REGISTRY.entity(id) for id in REGISTRY.programmes]
    for kind in KINDS.values():
        found = {each.id for each in programmes_of_kind(kind, known, REGISTRY)}
        assert found == {row.id for row in REGISTRY.programmes.values() if row.kind == kind.id}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Suffolk Domestic Abuse PERPETRATOR Programme", "perpetrator-intervention"),
        ("West Mercia wide all-risk programme", "perpetrator-intervention"),
        ("Integrated Victims' Services", "victim-service"),
        ("Violence Reduction Alliance", "violence-reduction"),
        ("London Gang Exit", "violence-reduction"),
    ],
)
def test_a_name_that_the_register_lacks_is_of_the_kind_whose_words_it_has(name: str, kind: str) -> None:
    new = programme(name, verified=False)
    assert [id for id, each in KINDS.items() if programmes_of_kind(each, [new], REGISTRY)] == [kind]


@pytest.mark.parametrize("name", ["Gangway Repairs", "Gripping Tales", "Warm Homes"])
def test_words_are_found_whole(name: str) -> None:
    new = programme(name, verified=False)
    assert not [id for id, each in KINDS.items() if programmes_of_kind(each, [new], REGISTRY)]


def test_a_kind_that_stands_twice_is_refused(tmp_path: Path) -> None:
    table = "id,name,description,words\nstalking,Stalking,,\nstalking,Again,,\n"
    (tmp_path / "programme_kinds.csv").write_text(table, encoding="utf-8")
    with pytest.raises(InvalidReference, match=r"line 3: .*stands above already"):
        load_programme_kinds(tmp_path)
