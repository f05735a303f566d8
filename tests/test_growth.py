"""The measure of growth tells linear work from squares."""

from __future__ import annotations

import gc

from tests.growth import cpu_seconds, grows_in_step


def test_linear_work_grows_in_step() -> None:
    assert grows_in_step(lambda size: sum(range(size)), 200_000)


def test_work_that_grows_with_the_square_does_not() -> None:
    def square(size: int) -> int:
        return sum(size for _ in range(size) for _ in range(size))

    assert not grows_in_step(square, 2_000)


def test_garbage_is_collected_again_afterwards() -> None:
    assert cpu_seconds(lambda: None) >= 0
    assert gc.isenabled()
