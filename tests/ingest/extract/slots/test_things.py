"""Programmes and funds as candidates: what "the scheme" stands for, titles, lines above sums, funds in turn."""

from __future__ import annotations

import pytest

from graph.names.index import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.extract.decisions.decision import read_decision
from ingest.extract.flows import statements_of
from ingest.extract.slots.readings import StatementReader
from ingest.extract.statements.statement import Statement
from ingest.readers import read_bytes

_PAGE = "# Kites get help\n\nPolice and Crime Commissioner for Norfolk\n\nMore help is on its way.\n\n{words}\n"
NAMES = NameIndex(load_registry(Settings().data / "registry"))


def read(words: str) -> tuple[StatementReader, list[Statement]]:
    """Return the reader of a page of the Commissioner for Norfolk, and its statements of money."""
    document = read_bytes(_PAGE.format(words=words).encode(), "page.md")
    reader, statements = statements_of(document, read_decision(document, NAMES), NAMES)
    return reader, statements


def with_feature(words: str, feature: str, *, at: int = -1) -> list[str]:
    """Return the programmes of a statement (the last one, if not said) whose candidate has a feature."""
    things, statements = read(words)
    options = things.programmes.options(statements[at])
    return [option.value[0].name for option in options if option.value and feature in option.features]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (
            "Night Lights, a scheme for kites, began in May. It is new. The scheme gets £500 this year.",
            ["Night Lights"],
        ),
        (
            "The Red Kite Project meets weekly. Night Lights, a play, tours. The project gets £500.",
            ["Red Kite Project"],
        ),
        ("The Red Kite Project meets weekly. For the Night Lights Scheme the project gets £500.", []),
        ("The Red Kite Project meets weekly. Harbour Trust gets £500.", []),
    ],
)
def test_the_scheme_is_the_one_called_so(words: str, meant: list[str]) -> None:
    assert with_feature(words, "G:meant") == meant


def test_a_line_over_a_sum_names_its_programme_beside_a_party() -> None:
    assert with_feature("Night Lights (Harbour Trust)\n\n£500 awarded", "G:above") == ["Night Lights"]
    assert with_feature("Night Lights\n\n£500 awarded", "G:above") == []


def test_a_name_before_the_next_sum_is_of_that_sum() -> None:
    words = "They include Night Lights Project £500, Red Kite Project £600 and others."
    assert with_feature(words, "G:sentence|of-next", at=0) == ["Red Kite Project"]


def test_two_funds_with_one_last_word_are_taken_in_turn() -> None:
    things, statements = read("Accept the Core and General Grants of £500 and £600 from the Ministry of Justice.")
    found = [
        [
            str(option.value.name)
            for option in things.funds.options(one)
            if option.value and "F:sentence|in-turn" in option.features
        ]
        for one in statements
    ]
    assert found == [["Ministry of Justice Core Grant (victims)"], ["Ministry of Justice General Grant (victims)"]]
