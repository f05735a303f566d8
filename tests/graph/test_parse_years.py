"""Financial years as decisions print them."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.parse import years as years_module
from graph.parse.years import (
    financial_year,
    find_years,
    named_years,
    next_year,
    parse_year,
    previous_year,
    year_label,
    year_span,
)

ONE = [
    ("2025/26", "2025/26"),
    ("2021-22", "2021/22"),
    ("2023/2024", "2023/24"),
    ("23/24", "2023/24"),
    ("2023-4", "2023/24"),
    ("FY 2023/24", "2023/24"),
    ("FY23/24", "2023/24"),
    ("2023–2024", "2023/24"),
    ("1999/00", "1999/00"),
    ("2023 - 2024", "2023/24"),
    ("this financial year (2021-22)", "2021/22"),
    ("April 2023 to March 2024", "2023/24"),
    ("1 April to 31 March 2025", "2024/25"),
    ("12 months from April 2023", "2023/24"),
    ("the year ending 31 March 2024", "2023/24"),
    ("(Q3 2022-2023)", "2022/23"),
    ("one year to 31 March 2024", "2023/24"),
    ("99 years from 2020/21", "2020/21"),
]
SEVERAL = [
    ("2023-25", ["2023/24", "2024/25"]),
    ("2017-2020", ["2017/18", "2018/19", "2019/20"]),
    ("2016-2019", ["2016/17", "2017/18", "2018/19"]),
    ("2019/2020-2021/2022", ["2019/20", "2020/21", "2021/22"]),
    ("2018/19-2019/20", ["2018/19", "2019/20"]),
    ("2018/19 to 2020/21", ["2018/19", "2019/20", "2020/21"]),
    ("1st April 2023 – 31st March 2025", ["2023/24", "2024/25"]),
    ("1st April 2023 31st March 2025", ["2023/24", "2024/25"]),
    ("2 years from April 2023", ["2023/24", "2024/25"]),
    ("2022/23/24", ["2022/23", "2023/24"]),
    ("three years from 2024/25", ["2024/25", "2025/26", "2026/27"]),
    ("2 years, starting in 2022/23", ["2022/23", "2023/24"]),
    ("the two years to March 2025", ["2023/24", "2024/25"]),
    ("an 18-month contract that ends in September 2024", ["2023/24", "2024/25"]),
    ("the 24 months up to the end of March 2025", ["2023/24", "2024/25"]),
    ("July 2021 to end March 2023", ["2021/22", "2022/23"]),
    ("18 months that start in October 2023", ["2023/24", "2024/25"]),
    ("begins on 1 October 2023 and runs to 30 March 2025", ["2023/24", "2024/25"]),
    ("the start is 1 April 2026; it lasts until 31 March 2028", ["2026/27", "2027/28"]),
    ("starts on 11 May 2021 and concludes by 12 June 2022", ["2021/22", "2022/23"]),
]
NONE = [
    "PCC/D/2018/25",
    "DMPCD 2015 96",
    "27/8/15",
    "Decision 23/24-0017",
    "044/2024-25",
    "21/20",
    "24/7",
    "aged 18-25",
    "in 2021",
    "section 2 (1)",
    "£2,023/24",
    "the Crime and Disorder Act 1998",
    "2023",
    "10/11 boroughs",
    "2019-1",
]


@pytest.mark.parametrize(("text", "year"), ONE)
def test_one_year_in_any_form(text: str, year: str) -> None:
    assert [mention.years for mention in find_years(text)] == [(year,)]


@pytest.mark.parametrize(("text", "years"), SEVERAL)
def test_span_is_one_mention_of_its_years(text: str, years: list[str]) -> None:
    assert [mention.years for mention in find_years(text)] == [tuple(years)]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_financial_year(text: str) -> None:
    assert find_years(text) == []


@pytest.mark.parametrize(
    "text", ["2023/24 and 2024/25", "FYs 2023/2024 & 2024/25", "for 2 years (2023/24 and 2024/25)", "23/24, 24/25"]
)
def test_listed_years_are_mentions_of_their_own(text: str) -> None:
    assert [mention.years for mention in find_years(text)] == [("2023/24",), ("2024/25",)]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("October 2021 to March 2022", False),
        ("October to December 2022", False),
        ("Q1 2022-2023", False),
        ("1 April 2023 to 31 March 2025", True),
        ("2023/24", True),
    ],
)
def test_part_of_a_year_is_known(text: str, whole: bool) -> None:
    assert [mention.whole for mention in find_years(text)] == [whole]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("the Police and Crime Plan 2013/16", True),
        ("Police and Crime Plan 2022-2025", True),
        ("the VAWG Strategy 2022-25", True),
        ("the Home Office fund 2023-25", False),
        ("planned for 2023/24", False),
    ],
)
def test_span_in_a_plans_name_is_a_label(text: str, label: bool) -> None:
    assert [mention.label for mention in find_years(text)] == [label]


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("23/24 Allocation", ("2023/24",)),
        ("22-23", ("2022/23",)),
        ("21/20 (as printed)", ()),
        ("Total", ()),
        ("2024-5", ("2024/25",)),
    ],
)
def test_heading_of_a_column_names_its_years(cell: str, years: tuple[str, ...]) -> None:
    assert parse_year(cell) == years


@given(st.dates(min_value=datetime.date(2001, 1, 1), max_value=datetime.date(2060, 1, 1)))
def test_year_of_a_day_starts_on_the_first_of_april(day: datetime.date) -> None:
    year = financial_year(day)
    first = int(year[:4])
    assert datetime.date(first, 4, 1) <= day < datetime.date(first + 1, 4, 1)
    assert previous_year(next_year(year)) == year


@given(st.integers(min_value=2001, max_value=2050), st.integers(min_value=1, max_value=8))
def test_printed_span_is_read_back(first: int, count: int) -> None:
    years = tuple(year_label(first + offset) for offset in range(count))
    assert parse_year(year_span(years)) == years


def test_offsets_hold_the_words() -> None:
    text = "Pay £5 in 2023/24 and from 1 April 2024 to 31 March 2025."
    assert [text[mention.start : mention.end] for mention in find_years(text)] == [
        "2023/24",
        "1 April 2024 to 31 March 2025",
    ]


#: what years, dates and periods are put together of, and what looks like them
PIECES = (
    "6", "06", "12", "23", "24", "31st", "2023", "2024", "1999", "July", "Sept.", "March", "'23", "/", "-", "–", ".",
    " ", " ", ",", "to", "from", "until", "year", "FY", "three years", "£", "50,000", "of", "the", "PCD", "ending",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), st.sampled_from(["", " "]))
def test_a_text_that_is_passed_over_names_no_year(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(years_module, "_YEARLIKE", re.compile(""))
        looked_at = find_years(text)
    assert find_years(text) == looked_at


def test_the_years_that_a_text_names_are_financial_and_calendar_years() -> None:
    assert named_years("In 2022, £5 for 2023/24 to 2024/25.") == {"2022", "2023/24", "2024/25"}
    assert named_years("Pay £2,019 to 18 boroughs.") == set()
