"""Whose money a sum is where its own words name no programme."""

from __future__ import annotations

import pytest
from told import told

TITLE = "Commissioning of victim services in 2023/24"
SUM = "Award up to £400,000 to extend current services in 2023/24."
APART = "Extend the Drive Project to 31 March 2024."


def programmes(recommendation: str, summary: str = "Services for victims are extended.") -> set[tuple[str, ...]]:
    record = told("There are no others.", title=TITLE, summary=summary, recommendation=recommendation)
    return {tuple(programme.name for programme in flow.programmes) for flow in record.flows}


@pytest.mark.parametrize("order", [(SUM, APART), (APART, SUM)])
def test_a_programme_of_another_recommendation_alone_is_not_the_sums(order: tuple[str, str]) -> None:
    assert programmes(f"1. {order[0]}\n2. {order[1]}") == {()}


def test_a_programme_that_every_recommendation_names_is_the_documents() -> None:
    said = "1. Continue the Drive Project.\n2. Award £400,000 to SafeLives in 2023/24 for the Drive Project."
    assert programmes(said) == {("Drive",)}


def test_a_programme_that_opens_the_summary_is_the_documents() -> None:
    assert programmes(f"1. {SUM}\n2. {APART}", "The Drive Project is extended with its partners.") == {("Drive",)}


def test_money_passed_on_to_a_programme_is_its_money_from_the_first() -> None:
    said = "1. Accept £400,000 from the Home Office in 2023/24.\n2. Approve allocating it onward to the Drive Project."
    assert programmes(said) == {("Drive",)}


def test_a_known_programme_that_is_named_with_a_place_is_that_programme() -> None:
    said = "1. Approve a grant of £12,345 to SafeLives for Drive in Kent in 2031/32."
    record = told("There are no others.", title="Drive in Kent", recommendation=said)
    assert [[each.name for each in flow.programmes] for flow in record.flows] == [["Drive"]]
