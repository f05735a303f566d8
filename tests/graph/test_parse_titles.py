"""The date that a title gives its decision."""

import datetime

import pytest

from graph.counting.placed_years import PlacedYears, YearBasis, decision_date, decision_year
from graph.parse.titles import date_in_title, day_of
from graph.stated.decisions import DecisionHead


@pytest.mark.parametrize(
    ("title", "dated"),
    [
        ("Grants (May 2023)", "2023-05"),
        ("Minutes of 6 July 2023 on grants for 2021/22", "2023-07-06"),
        ("Grants 2022/23 and 2021/22", "2021/22"),
        ("Community safety", ""),
        ("", ""),
    ],
)
def test_a_title_dates_by_a_day_or_month_before_a_year(title: str, dated: str) -> None:
    assert date_in_title(title) == dated


def test_a_bare_year_is_no_day() -> None:
    assert day_of("2023") is None
    assert day_of("2023/24") is None
    assert day_of("2023-13") is None
    assert day_of("2023-05") == datetime.date(2023, 5, 1)


@pytest.mark.parametrize(
    ("signed", "titled", "year", "date"),
    [
        ("2024-02-01", "2021/22", PlacedYears(("2023/24",), YearBasis.SIGNED), "2024-02-01"),
        ("2024", "2023-05", PlacedYears(("2023/24",), YearBasis.TITLED), "2023-05"),
        ("", "2021/22", PlacedYears(("2021/22",), YearBasis.TITLED), ""),
        ("", "", PlacedYears((), YearBasis.UNKNOWN), ""),
    ],
)
def test_a_decisions_year_is_that_of_its_signature_or_title(
    signed: str, titled: str, year: PlacedYears, date: str
) -> None:
    head = DecisionHead("iri", "a.md", None, "Any title of 2019", None, "", signed, "notice", "", titled=titled)
    assert decision_year(head) == year
    assert decision_date(head) == date
