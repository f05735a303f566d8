"""The exemplar questions: valid, masked, and near what they teach."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from graph.ask.exemplars import load_exemplars, masked_text, nearest
from graph.ask.link import link
from graph.ask.question import Asks
from graph.errors import InvalidReference
from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings


@cache
def index() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


def test_every_exemplar_of_the_project_has_a_kind_and_a_placeholder() -> None:
    exemplars = load_exemplars(Settings().data / "questions.yaml")
    assert len(exemplars) > 50
    assert not [exemplar.text for exemplar in exemplars if "<" not in exemplar.text]


def test_names_are_masked() -> None:
    assert masked_text(link("Who keeps CIFA going in Leeds?", index())) == "who keeps <programme> going in <place>"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("whose brainchild was Restart", Asks.DEVELOPERS),
        ("who is at the helm of Prevent & Change", Asks.LEADERS),
        ("who keeps CIFA going financially", Asks.FUNDERS),
        ("whose name is under PCD 1460", Asks.WHO_DECIDED),
        ("what on earth is MAPPA", Asks.DEFINITION),
    ],
)
def test_the_nearest_exemplar_gives_the_kind(text: str, asks: Asks) -> None:
    found = nearest(link(text, index()), Settings())
    assert found is not None
    assert found[0].asks is asks


def test_nothing_is_near_to_other_subjects() -> None:
    assert nearest(link("the colour of CIFA curtains", index()), Settings()) is None


def test_a_line_added_by_hand_is_used(tmp_path: Path) -> None:
    (tmp_path / "questions.yaml").write_text("- asks: funders\n  questions: [who butters the bread of <programme>]\n")
    found = nearest(link("who butters the bread of CIFA", index()), Settings(data=tmp_path))
    assert found is not None
    assert found[0].asks is Asks.FUNDERS


@pytest.mark.parametrize("text", ["- asks: nonsense\n  questions: [a]\n", "just words", "- questions: [a]\n", "[: bad"])
def test_a_wrong_file_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text(text)
    with pytest.raises(InvalidReference, match=r"questions\.yaml"):
        load_exemplars(file)
