"""Many sums are brought to one account in a time that grows with their number."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from read_sums import OFFICE, body, read_sum

from ingest.extract.account.account import account_of
from ingest.extract.sums.sums import Sum
from ingest.extract.words.sections import Origin


def equal_sums(count: int) -> list[Sum]:
    return [read_sum(5000, OFFICE, body(f"Club {at}"), at=at * 10) for at in range(count)]


def recommendations(count: int) -> list[Sum]:
    decided = Origin.RECOMMENDATION
    return [read_sum(1000 + at * 37, OFFICE, body(f"Club {at}"), at=at * 10, origin=decided) for at in range(count)]


def seconds_for(sums: list[Sum]) -> float:
    started = time.process_time()
    account_of(sums)
    return time.process_time() - started


@pytest.mark.parametrize("make", [equal_sums, recommendations])
def test_four_times_as_many_sums_do_not_take_sixteen_times_as_long(make: Callable[[int], list[Sum]]) -> None:
    account_of(make(50))
    few, many = (min(seconds_for(make(count)) for _ in range(2)) for count in (150, 600))  # the other may be disturbed
    assert many < max(12 * few, 1), (few, many)
