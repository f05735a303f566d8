"""Cells to values: sums with their sign, years, dates, units."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Basis
from ingest.columns.values import date_of, sum_of, unit_of, years_between, years_of


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("£1,200.00", "1200.00"), ("1200.5", "1200.5"), ("£ 1,200", "1200"), ("(200)", "-200"),
        ("(£1,200.50)", "-1200.50"),
        ("-£200", "-200"), ("£-200", "-200"), ("200-", "-200"), ("200 CR", "-200"), ("200.00DR", "200.00"),
        ("£1.2m", "1200000"), ("£40k", "40000"), ("1200,50", "1200.50"), ("0", "0"), ("£5,000 per year", "5000"),
        ("up to £5,000", "5000"),
    ],
)  # fmt: skip
def test_a_cell_states_a_sum(cell: str, amount: str) -> None:
    found = sum_of(cell)
    assert found is not None and found.amount == Decimal(amount)


@pytest.mark.parametrize("cell", ["", "-", "TBC", "n/a", "2023/24", "£5,000 and £6,000", "see note 4", "Year 2", "£"])
def test_a_cell_states_no_sum(cell: str) -> None:
    assert sum_of(cell) is None


@given(st.decimals(Decimal("-9999999.99"), Decimal("9999999.99"), places=2))
def test_any_sum_is_read_as_it_is_printed(amount: Decimal) -> None:
    for printed in (f"{amount}", f"{amount:,}", f"£{amount:,}", f"({-amount:,})" if amount < 0 else f"£{amount}"):
        found = sum_of(printed)
        assert found is not None and found.amount == amount


def test_ceilings_and_yearly_sums_say_so() -> None:
    assert sum_of("up to £5,000") == sum_of("up to £5,000", 1)
    found = sum_of("up to £5,000")
    assert found is not None and found.basis is Basis.CEILING
    yearly = sum_of("£5,000 per year")
    assert yearly is not None and yearly.per_year


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("£000", 1000), ("Amount (£'000)", 1000), ("£k", 1000), ("(£000s)", 1000), ("Total £m", 10**6), ("Net (£)", 1),
        ("Spend over £500", 1), ("Spend over £25,000", 1), ("2000 hours", 1), ("£ thousands", 1000),
    ],
)  # fmt: skip
def test_a_heading_says_what_one_stands_for(heading: str, unit: int) -> None:
    assert unit_of(heading) == unit


def test_figures_follow_their_unit_and_scaled_ones_do_not() -> None:
    assert sum_of("12.5", 1000) == sum_of("12500.0")
    found = sum_of("£1.2m", 1000)
    assert found is not None and found.amount == 1_200_000


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("2023/24", ("2023/24",)), ("2023-24", ("2023/24",)), ("FY24/25", ("2024/25",)), ("24/25", ("2024/25",)),
        ("01/04/2024", ("2024/25",)), ("31/03/2024", ("2023/24",)), ("2024-03-31", ("2023/24",)),
        ("Apr-24", ("2024/25",)),
        ("March 2024", ("2023/24",)), ("202404", ("2024/25",)), ("Q1 2024/25", ("2024/25",)),
        ("01/04/2023 - 31/03/2025", ("2023/24", "2024/25")), ("2024", ()), ("TBC", ()), ("", ()),
    ],
)  # fmt: skip
def test_a_cell_lies_in_financial_years(cell: str, years: tuple[str, ...]) -> None:
    assert years_of(cell) == years


def test_a_date_that_lost_its_format_is_a_day_all_the_same() -> None:
    assert date_of("45385") == "2024-04-03"
    assert date_of("1200") is None


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2023-07-01", "2025-06-30", ("2023/24", "2024/25", "2025/26")),
        ("2023-07-01", None, ("2023/24",)),
        (None, "2025-06-30", ()),
        ("2025-07-01", "2023-06-30", ()),
        ("1999-07-01", "2025-06-30", ()),
    ],
)
def test_years_lie_between_two_dates(start: str | None, end: str | None, years: tuple[str, ...]) -> None:
    assert years_between(start, end) == years
