"""Dates as decisions print them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.parse.dates import find_dates, month_number, parse_date

DATES = [
    ("27/8/15", "2015-08-27"),
    ("30/03/2023", "2023-03-30"),
    ("17/04/23", "2023-04-17"),
    ("29.07.22", "2022-07-29"),
    ("8/4/2022", "2022-04-08"),
    ("22nd August 2022", "2022-08-22"),
    ("30<sup>th</sup> June 2023", "2023-06-30"),
    ("12 Jund 2023", "2023-06-12"),
    ("6th July 2023", "2023-07-06"),
    ("6th of July, 2023", "2023-07-06"),
    ("July 6, 2023", "2023-07-06"),
    ("2023-07-06", "2023-07-06"),
    ("27 08/2015", "2015-08-27"),
    ("November 2021", "2021-11"),
    ("Sept 2021", "2021-09"),
    ("3 Setpember 2021", "2021-09-03"),
    ("24/10/18", "2018-10-24"),
    ("15th day of June 2023", "2023-06-15"),
]
NONE = [
    "31/02/2020",
    "3.2.14 The cost",
    "24th June",
    "2023/24",
    "section 17(1)",
    "£1,000.20",
    "PCC/D/2018/25",
    "match 2023",
    "in 2 2012",
    "45/13/2020",
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_date_keeps_its_precision(text: str, date: str) -> None:
    assert [mention.date for mention in find_dates(f"Signed {text}, in London")] == [date]
    assert parse_date(text) == date


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == []


def test_a_whole_text_may_be_a_year_or_a_month() -> None:
    assert (parse_date("2021"), parse_date("07/2023"), parse_date("soon")) == ("2021", "2023-07", None)


@pytest.mark.parametrize(
    ("word", "month"),
    [("Jund", 6), ("Febuary", 2), ("Sept", 9), ("Agust", 8), ("match", None), ("Mayor", None), ("decision", None)],
)
def test_misspelt_month(word: str, month: int | None) -> None:
    assert month_number(word) == month


@given(st.dates(min_value=datetime.date(1980, 1, 1), max_value=datetime.date(2060, 12, 31)))
def test_printed_day_is_read_back(day: datetime.date) -> None:
    printed = [f"{day:%d/%m/%Y}", f"{day.day} {day:%B %Y}", day.isoformat(), f"{day:%B} {day.day}, {day.year}"]
    assert {parse_date(text) for text in printed} == {day.isoformat()}
