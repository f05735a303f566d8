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


def test_a_fund_before_a_kind_of_programme_names_one() -> None:
    words = "£500 was spent on the Safer Streets 4 project."
    assert with_feature(words, "G:sentence|fund-kind") == ["Safer Streets 4"]
    assert with_feature("£500 came as Safer Streets funding.", "G:sentence|fund-kind") == []


def test_whose_a_project_is_is_no_part_of_its_name() -> None:
    words = "£500 went to Redfield Community Association's Kites Aloft project."
    assert with_feature(words, "G:sentence") == ["Kites Aloft"]


def test_a_sum_said_again_brings_the_programme_named_beside_it() -> None:
    words = "The Red Kite Project gets £500. Harbour Trust opens in May.\n\nIn all £500 will be paid."
    assert with_feature(words, "G:same-sum") == ["Red Kite Project"]
    assert with_feature(words.replace("In all £500", "In all £600"), "G:same-sum") == []


def test_a_programme_is_so_far_from_a_sum_as_it_is_named_last() -> None:
    words = "The Red Kite Project met. The Night Lights Project met. Harbour Trust is old.\n\nThey got £500."
    assert with_feature(words, "G:near|last-strong") == ["Night Lights Project"]
    assert sorted(with_feature(words, "G:near|close")) == ["Night Lights Project", "Red Kite Project"]
    assert with_feature("They got £500. Later the Red Kite Project met.", "G:near|behind-close") == ["Red Kite Project"]


def test_sums_since_a_fund_was_named_are_counted() -> None:
    things, statements = read("The Kite Fund is new. Ann gets £500. Ben gets £600. Cem gets £700.")
    options = [things.funds.options(one)[1] for one in statements]
    counts = [next(one for one in option.features if one.startswith("F:sums-between")) for option in options]
    assert counts == ["F:sums-between|0", "F:sums-between|1", "F:sums-between|2"]


@pytest.mark.parametrize(
    ("words", "fund"),
    [
        ("£500 came from the Commissioner's Community Fund.", ["Commissioner's Community Fund"]),
        ("£500 came from the Commissioner's Kite Fund.", ["Kite Fund"]),
        ("£500 came through the 'Kite fund for 2021.", ["Kite fund"]),
        ("£500 came from the Kites Aloft at Night Fund.", ["Kites Aloft at Night Fund"]),
        ("In May 2021 A brand new fund of £500 began.", []),
        ("£500 came to those whom I fund.", []),
    ],
)
def test_a_funds_name_begins_and_ends_with_its_words(words: str, fund: list[str]) -> None:
    things, statements = read(words)
    assert [one.value.name for one in things.funds.options(statements[0]) if one.value is not None] == fund


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
