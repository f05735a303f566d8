"""Sums, years, dates and names as people read them."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.viewmodels import words
from app.viewmodels.network_words import TIE, wrapped
from app.viewmodels.table import Cell, Table, table_csv
from graph.model import Basis, FlowKind, FlowStatus, RelationKind, Verdict
from graph.networks.network import TieKind


@pytest.mark.parametrize(
    ("amount", "basis", "per_year", "said"),
    [
        ("1234567", Basis.EXACT, False, "£1,234,567"),
        ("1234.50", Basis.EXACT, False, "£1,234.50"),
        ("36290000", Basis.CEILING, False, "up to £36,290,000"),
        ("286000", Basis.ROUNDED, False, "about £286,000"),
        ("50000", Basis.EXACT, True, "£50,000 a year"),
    ],
)
def test_sums_say_what_qualifies_them(amount: str, basis: Basis, per_year: bool, said: str) -> None:
    assert words.pounds(Decimal(amount), basis, per_year=per_year) == said


@pytest.mark.parametrize(
    ("amount", "said"),
    [("850", "£850"), ("12400", "£12k"), ("1250000", "£1.25m"), ("2000000", "£2m"), ("313560000", "£314m")],
)
def test_labels_of_pictures_are_short(amount: str, said: str) -> None:
    assert words.short_pounds(Decimal(amount)) == said


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2023-07-06", "6 July 2023"),
        ("2021-11", "November 2021"),
        ("2021", "2021"),
        ("spring 2021", "spring 2021"),
        ("2021-19", "2021-19"),
    ],
)
def test_dates_keep_their_precision(iso: str, said: str) -> None:
    assert words.date(iso) == said


def test_years_are_written_as_financial_years() -> None:
    assert words.years(("2023/24",)) == "2023/24"
    assert words.years(("2018/19", "2019/20", "2020/21")) == "2018/19 to 2020/21"
    assert words.years(()) == words.NO_YEAR


def test_long_lists_are_cut_with_their_number() -> None:
    assert words.listed(["a", "b", "c"]) == "a, b and c"
    assert words.listed(list("abcdef"), limit=3) == "a, b and 4 more"
    assert words.listed([]) == ""


def test_every_kind_status_verdict_relation_and_tie_has_its_words() -> None:
    assert set(words.KIND) == set(FlowKind)
    assert set(words.STATUS) == set(FlowStatus)
    assert set(words.VERDICT) == set(Verdict)
    assert set(words.RELATION) == set(RelationKind)
    assert set(TIE) >= set(TieKind) | set(RelationKind)


@given(st.text(max_size=200))
def test_a_wrapped_name_has_at_most_three_lines(name: str) -> None:
    assert wrapped(name).count("\n") <= 2


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "+a", "@cmd", "-cmd|' /C calc'!A0", "-", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_is_kept_from_it(text: str) -> None:
    cell = next(csv.reader(io.StringIO(table_csv(Table(("a",), ((Cell(text),),))).split("\r\n", 1)[1])))[0]
    assert cell == f"'{text}"


def test_csv_carries_bare_figures() -> None:
    table = Table(("Sum",), ((Cell("£1,000", plain="1000.00"),),))
    assert table_csv(table) == "Sum\r\n1000.00\r\n"


def test_years_of_several_sums_do_not_hide_a_gap() -> None:
    assert words.years_covered(["2018/19", "2019/20", "2020/21"]) == "2018/19 to 2020/21"
    assert words.years_covered(["2018/19", "2019/20", "2022/23"]) == "2018/19, 2019/20 and 2022/23"
    assert words.years_covered(["2018/19", "2022/23"]) == "2018/19 and 2022/23"
    assert words.years_covered(["2018/19"]) == "2018/19"
