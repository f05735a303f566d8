"""The totals of the samples against those that people added up by hand; docs/accuracy.md has the figures."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from bench.samples import graph_of
from bench.totals import ALL, JOINT, Compared, hand_totals, measured
from graph.model import Record
from graph.registry import load_registry
from graph.settings import Settings
from tests.samples import share_the_samples

TOTALS = Settings().data / "labels" / "totals.csv"
#: the share of totals that is right: raised when more are, and never lowered
AT_LEAST = 0.76


@pytest.fixture
def found(sample_records: tuple[Record, ...]) -> list[Compared]:
    data = Settings().data
    return measured(data, graph_of(sample_records, load_registry(data / "registry")))


def test_the_arithmetic_of_each_figure_gives_its_amount() -> None:
    for each in hand_totals(TOTALS):
        terms = each.arithmetic.replace(",", "").replace("-", "+ -").split("+")
        if all(term.strip().replace(" ", "").lstrip("-").replace(".", "", 1).isdigit() for term in terms):
            assert sum((Decimal(term.replace(" ", "")) for term in terms), Decimal(0)) == each.amount, each


def test_a_total_by_hand_is_the_sum_of_its_years() -> None:
    years: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    whole = {}
    for each in hand_totals(TOTALS):
        key = each.kind, each.thing, each.side
        if each.year == ALL:
            whole[key] = each.amount
        elif each.year != JOINT:
            years[key] += each.amount
    assert len(whole) >= 2 * 60, "the things with most money, in and out"
    assert {key: years[key] for key in whole} == whole


@share_the_samples
def test_as_many_totals_are_right_as_before(found: list[Compared]) -> None:
    totals = [each for each in found if each.hand.year == ALL]
    assert sum(each.is_right for each in totals) >= AT_LEAST * len(totals)
