"""Every wording of the question bank is read as its kind, with each thing in its role."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.ask.link import link
from graph.ask.question import Question
from graph.ask.read import read
from graph.names import NameIndex
from graph.registry import load_registry
from graph.settings import Settings

BANK: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "bank.yaml").read_text(encoding="utf-8"))
CASES = [(entry, wording) for entry in BANK for wording in entry["wordings"]]
ROLES = ("funders", "recipients", "programmes", "places", "funds", "excluded")


@cache
def index() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


def read_text(text: str) -> Question:
    return read(link(text, index()))


def ids_of(question: Question, role: str) -> list[str]:
    return [choice.entities[0].id for choice in getattr(question, role)]


@pytest.mark.parametrize(("entry", "wording"), CASES, ids=[wording for _, wording in CASES])
def test_wording_is_read_as_its_kind(entry: dict[str, Any], wording: str) -> None:
    question = read_text(wording)
    assert question.asks.value == entry["asks"]
    for role in ROLES:
        if role in entry:
            assert sorted(ids_of(question, role)) == sorted(entry[role]), role
    if "anywhere" in entry:
        everywhere = [id for role in (*ROLES, "parties") for id in ids_of(question, role)]
        assert set(entry["anywhere"]) <= set(everywhere)
    if "years" in entry:
        assert list(question.period.years) == entry["years"]
    if "calendar" in entry:
        assert list(question.period.calendar) == entry["calendar"]
    if "references" in entry:
        assert list(question.references) == entry["references"]
    if "kinds" in entry:
        assert [kind.value for kind in question.kinds] == entry["kinds"]
    assert list(question.topic) == entry.get("topic", []), "words that nothing explains"


def test_every_kind_has_at_least_five_wordings() -> None:
    assert not [entry["asks"] for entry in BANK if len(entry["wordings"]) < 5]
