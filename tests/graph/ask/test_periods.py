"""Questions about a time, over records made by hand: what is of that time, and what is left out for want of a year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.ask import answer_question
from graph.ask.language.terms import (
    Both,
    Compare,
    Count,
    During,
    Either,
    Form,
    Is,
    List,
    Mean,
    Order,
    Period,
    Scan,
    Series,
    Share,
    Total,
    What,
)
from graph.ask.rereading import answer_form
from graph.ask.result import Status
from graph.model import Decision
from tests.builders import make_decision
from tests.graph.ask.made import (
    DRIVE,
    HOME_OFFICE,
    MERTON_COUNCIL,
    MINISTRY,
    MOPAC,
    RESPECT,
    document,
    flow,
    funder_is,
    in_years,
    money,
    over,
    over_flows,
    programme_is,
    total,
)


def undecided(number: int, title: str = "Grant", signed: str | None = None) -> Decision:
    """A decision by MOPAC that no day of signature is stated for, unless told otherwise."""
    return make_decision(f"PCD {number}", body=MOPAC, signed=signed, title=title)


def since(first: str, last: str | None = None) -> Scan:
    """The money for Drive from one day on, to another."""
    return money(programme_is(DRIVE), During(Period(first=first, last=last)))


SINCE = since("2016-04-01")
LATER = money(programme_is(DRIVE), in_years("2024/25"))
WITHOUT_YEAR = document(2, flow("u", "300", years=(), recipient=RESPECT, funder=MINISTRY), decision=undecided(2))
FACTS = over(
    document(1, flow("a", "1000"), flow("b", "50", years=("2024/25",), recipient=MERTON_COUNCIL)), WITHOUT_YEAR,
)  # fmt: skip


@pytest.mark.parametrize(
    "form",
    [
        Total(SINCE), List(SINCE, What.FUNDER), List(SINCE, What.RECIPIENT), List(SINCE, What.AWARD),
        List(SINCE, What.PURPOSE), List(SINCE, What.DECISION), Count(SINCE, What.RECIPIENT), Is(SINCE), Series(SINCE),
        Series(SINCE, What.DECISION), Mean(SINCE), Mean(SINCE, What.YEAR), Share(LATER, SINCE),
        Compare((Total(SINCE), Total(LATER))), Total(Either(SINCE, LATER)), List(Both(SINCE, LATER), What.FUNDER),
        List(SINCE, What.RECIPIENT, Order()), List(SINCE, What.DECISION, Order()),
        List(money(During(Period(first="2016-04-01"))), What.PROGRAMME, Order(limit=1)),
    ],
    ids=lambda form: f"{type(form).__name__} {getattr(form, 'what', '')}",
)  # fmt: skip
def test_every_answer_about_a_time_says_which_money_has_no_year(form: Form) -> None:
    answer = answer_form("", form, FACTS)
    assert answer.status is Status.ANSWERED
    assert answer.text.endswith("Left out, as no year is stated: £300 (PCD 2).")
    assert ("no year stated", 300, "PCD 2") in [(o.reason, o.amount, o.decision) for o in answer.left_out]


def test_without_a_time_nothing_is_left_out_for_want_of_a_year() -> None:
    answer = answer_form("", Total(money(programme_is(DRIVE))), FACTS)
    assert (answer.value.amount, answer.left_out) == (1350, ())


@pytest.mark.parametrize("form", [Total(SINCE), List(SINCE, What.FUNDER), Is(SINCE), Count(SINCE, What.RECIPIENT)])
def test_money_without_a_year_is_all_that_is_known_where_nothing_else_is(form: Form) -> None:
    answer = answer_form("", form, over(WITHOUT_YEAR))
    assert answer.status is Status.NO_DATA
    assert answer.text == "Drive: £300 (PCD 2), but no year is stated for it."
    assert [(o.reason, o.amount) for o in answer.left_out] == [("no year stated", 300)] and answer.citations


@pytest.mark.parametrize("text", ["who funds Drive since 2022", "is Drive funded after 2022/23?"])
def test_a_question_is_never_told_that_nothing_is_recorded_where_only_the_year_is_missing(text: str) -> None:
    said = answer_question(text, over(WITHOUT_YEAR)).text
    assert "no year is stated for it" in said and "Nothing is recorded" not in said


def test_money_without_a_year_that_says_a_sum_again_is_not_left_out() -> None:
    again = flow("again", "1000", years=())
    assert answer_form("", Total(SINCE), over_flows(flow("a", "1000"), again)).left_out[0].reason != "no year stated"


def test_a_side_of_a_comparison_whose_money_has_no_year_is_not_said_to_have_nothing() -> None:
    one, other = money(funder_is(MINISTRY), SINCE.where[1]), money(funder_is(HOME_OFFICE), SINCE.where[1])
    assert (
        "Ministry of Justice only £300 without a year"
        in answer_form("", Compare((Total(one), Total(other))), FACTS).text
    )


# --- the date of a decision and the bounds of a time


@pytest.mark.parametrize(
    ("period", "is_within"),
    [
        (Period(first="2022-01-01"), True),
        (Period(calendar=(2022,)), True),
        (Period(calendar=(2021,)), False),
        (Period(last="2021-12-31"), False),
        (Period(first="2022-02-01"), False),
        (Period(years=("2021/22",)), True),
        (Period(first="2022-04-01"), False),
    ],
    ids=["since 2022", "in 2022", "in 2021", "until 2021", "since February", "in 2021/22", "since 2022/23"],
)
@pytest.mark.parametrize("dated", [{"signed": "2022-01-20"}, {"title": "£300 for a year (January 2022)"}], ids=str)
def test_the_date_of_a_decision_is_compared_with_the_bound(
    period: Period, is_within: bool, dated: dict[str, str]
) -> None:
    facts = over(document(1, flow("u", "300", years=()), decision=undecided(1, **dated)))
    assert total(money(programme_is(DRIVE), During(period)), facts) == (300 if is_within else None)


def test_a_year_in_a_title_of_which_a_part_is_before_the_bound_is_said_to_be_left_out() -> None:
    titled = document(2, flow("u", "300", years=()), decision=undecided(2, title="Grants 2021/22"))
    facts = over(document(1, flow("a", "1000", recipient=RESPECT)), titled)
    assert answer_form("", Total(since("2022-01-01")), facts).text.endswith("no year is stated: £300 (PCD 2).")
    assert "Left out" not in answer_form("", Total(since("2023-01-01")), facts).text
    assert total(since("2021-06-01"), facts) == 1300


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-03", None, 1050),
        ("2024-04", None, 50),
        ("2024-04-01", None, 50),
        ("2025-04-01", None, None),
        (None, "2024-03", 1000),
        (None, "2024-04", 1050),
        (None, "2023-03", None),
    ],
)
def test_months_are_compared_with_the_days_of_financial_years(
    first: str | None, last: str | None, expected: int | None
) -> None:
    facts = over_flows(flow("a", "1000"), flow("b", "50", years=("2024/25",), recipient=RESPECT))
    assert total(money(programme_is(DRIVE), During(Period(first=first, last=last))), facts) == expected


def test_sums_for_more_years_than_those_compared_are_said_to_be_left_out() -> None:
    facts = over_flows(
        flow("a", "1000"), flow("b", "400", years=("2024/25",)),
        flow("span", "700", years=("2023/24", "2024/25"), recipient=RESPECT, funder=HOME_OFFICE),
    )  # fmt: skip
    one = money(funder_is(HOME_OFFICE), in_years("2023/24"))
    answer = answer_form("", Compare((Total(one), Total(LATER)), over_time=True), facts)
    assert answer.value.amount == Decimal(600)
    assert [(o.amount, o.reason) for o in answer.left_out] == [(700, "for more years than were asked, and not split")]
