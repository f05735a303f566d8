"""Periods that a text states by the days on which they begin and end."""

from __future__ import annotations

import pytest

from ingest.extract.scope.periods import ending_period, length_in_months
from ingest.extract.scope.stated_periods import labelled_periods, stated_periods, years_of_days
from ingest.readers import read_bytes

THREE = ("2031/32", "2032/33", "2033/34")


@pytest.mark.parametrize(
    "text",
    [
        "From 1st April 2031 the contract is to run until 31st March 2034, and may be longer.",
        "On 1st April 2031 the contract period will begin, on 31st March 2034 it will end.",
        "The start date is 1 April 2031 and the end date 31 March 2034.",
        "The service starts on 1 April 2031; it lasts until the end of March 2034.",
        "It begins on 31 Mar 2031, 23:00 and ends on 31 Mar 2034, 22:59.",
        "It was awarded on 3 February 2031; it commences on 1 April 2031 and will expire on 31 March 2034.",
    ],
)
def test_the_years_from_a_beginning_to_an_end_are_one_period(text: str) -> None:
    assert [period.years for period in stated_periods(text)] == [THREE]


@pytest.mark.parametrize(
    "text",
    [
        "The notice was published on 12 February 2031; the tender period had ended on 9 December 2030.",
        "Applications opened from 1 April 2031 and close on 5 June 2032.",
        "It ended on 31 March 2031 and was followed by another from 1 April 2033.",
        "It runs from 1 April 2031 and perhaps until 31 March 2034.",
        "It opens from 1 April 2031 until 4 April 2031.",
        "The board met on 1 April 2031. The plan is valid until 31 March 2034.",
        "It runs from 1 April 2031 to 31 March 2099.",
    ],
)
def test_days_of_other_things_are_no_period(text: str) -> None:
    assert not stated_periods(text)


def test_a_length_in_brackets_behind_an_end_makes_a_period() -> None:
    assert ending_period("be tendered again, until 31st March 2034 (3 years), with an option") == THREE
    assert ending_period("on 31st March 2034 (3 years after it began)") == ()


def test_an_age_is_no_length() -> None:
    assert length_in_months("offenders of 18 years of age and above") is None
    assert length_in_months("an 18-year-old") is None
    assert length_in_months("for 18 months") == 18


def test_the_hours_around_midnight_belong_to_the_day_that_is_meant() -> None:
    assert years_of_days("31 Mar 2031, 23:00", "31 Mar 2034, 22:59") == THREE
    assert years_of_days("2031-04-01T00:00:00+01:00", "2034-04-01T00:00:00+01:00") == THREE
    assert years_of_days("1 April 2031", "1 April 2034") == THREE
    assert years_of_days("1 April 2031", "n/a") == years_of_days("1 May 2034", "1 April 2031") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Contract Start\n31 Mar 2031, 23:00\nContract End\n31 Mar 2034, 22:59\n",
        "Contract start: 1 April 2031\n\nContract end: 31 March 2034\n",
        "Lot 1 Contract Start: 2031-04-01T00:00:00+01:00\nLot 1 Contract End: 2034-03-31T23:59:59+01:00\n",
    ],
)
def test_labelled_lines_of_a_start_and_an_end_are_a_period(text: str) -> None:
    document = read_bytes(f"Status\nactive\n{text}Region\nn/a\n".encode(), "notice.txt")
    assert [period.years for period in labelled_periods(document.blocks)] == [THREE]
