"""The bench of fifty people says which figures are over their bars, and by how much memory grew once it had settled."""

from __future__ import annotations

from bench.people import memory_rows, missed


def samples(*megabytes: float) -> list[tuple[float, float]]:
    """Return samples five seconds apart."""
    return [(5.0 * number, size) for number, size in enumerate(megabytes)]


def test_a_figure_over_its_bar_is_missed_and_one_without_a_bar_never() -> None:
    rows = [
        {"what": "errors", "value": 1, "bar": 0},
        {"what": "an answer", "value": 0.1, "bar": 0.1},
        {"what": "pages", "value": 9_000, "bar": None},
    ]
    assert missed(rows) == ["errors: 1, at most 0"]


def test_memory_that_settles_within_a_minute_is_flat() -> None:
    rows = memory_rows(samples(*range(100, 700, 50), *[700.0] * 20))
    assert rows[-1]["value"] == 0.0 and not missed(rows)


def test_memory_that_grows_after_the_first_minute_is_missed() -> None:
    rows = memory_rows(samples(*[500.0] * 12, *[500.0 + 2 * step for step in range(48)]))
    assert missed(rows) == [f"growth of memory in between, %: {rows[-1]['value']}, at most 5.0"]


def test_one_high_sample_is_no_growth() -> None:
    assert not missed(memory_rows(samples(*[500.0] * 40, 900.0)))


def test_a_run_too_short_to_settle_says_nothing_of_growth() -> None:
    assert [row["what"] for row in memory_rows(samples(100.0, 300.0))] == ["memory at the end, MB"]
