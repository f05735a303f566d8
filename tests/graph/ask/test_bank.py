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
from graph.names.index import NameIndex
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


OTHERS = {
    "prog": {
        "cifa": "CIFA",
        "restart": "Restart",
        "mappa": "MAPPA",
        "london-stalking-support-service": "London Stalking Support Service",
        "make-a-change": "Make a Change",
        "operation-encompass": "Operation Encompass",
    },
    "org": {
        "surrey-pcc": "Surrey PCC",
        "ministry-of-justice": "Ministry of Justice",
        "victim-support": "Victim Support",
        "cleveland-pcc": "Cleveland PCC",
        "nhs-england": "NHS England",
        "womens-aid-federation-of-england": "Women's Aid",
    },
    "place": {"south-bcu": "South BCU", "london": "London", "wales": "Wales"},
    "area": {"croydon": "Croydon", "leeds": "Leeds", "hackney": "Hackney", "essex": "Essex"},
    "fund": {"safer-streets-fund": "Safer Streets Fund", "police-transformation-fund": "Police Transformation Fund"},
}


def replaced(wording: str) -> list[tuple[str, dict[str, str]]]:
    """The wording with each name replaced by others of its kind, and what now stands for what."""
    linked = link(wording, index())
    named = [mention for mention in linked.mentions if mention.choice is not None]
    out = []
    for turn in range(3):
        text, swapped, shift = linked.text, {}, 0
        for place, mention in enumerate(named):
            assert mention.choice is not None
            pool = [pair for pair in OTHERS[mention.tag].items() if pair[0] not in swapped.values()]
            id, name = pool[(turn + place) % len(pool)]
            swapped[mention.choice.entities[0].id] = id
            text = text[: mention.start + shift] + name + text[mention.end + shift :]
            shift += len(name) - (mention.end - mention.start)
        out.append((text, swapped))
    return out


def test_other_names_of_the_same_kind_are_read_alike() -> None:
    """At least 97 in 100 wordings keep their kind and roles when every name is another."""
    wrong, asked = [], 0
    for entry, wording in CASES:
        before = read_text(wording)
        for text, swapped in replaced(wording):
            asked += 1
            after = read_text(text)
            roles = {
                role: [swapped.get(id, id) for id in ids_of(before, role)] for role in (*ROLES, "parties", "bodies")
            }
            if after.asks.value != entry["asks"] or any(ids_of(after, role) != ids for role, ids in roles.items()):
                wrong.append(f"{text} -> {after.asks.value}")
    assert len(wrong) <= asked * 0.03, "\n".join(wrong)
