"""The table and the JSON file of a benchmark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.report import percentile, table, write_json


def test_columns_are_aligned_and_numbers_stand_right() -> None:
    lines = table([{"what": "reading", "per second": 1234.5}, {"what": "all", "per second": 0.25}]).splitlines()
    assert lines == [
        "what     per second",
        "-------  ----------",
        "reading     1,234.5",
        "all           0.250",
    ]


def test_a_table_without_rows_says_so() -> None:
    assert table([]) == "(no rows)"


def test_the_file_says_on_what_it_was_measured(tmp_path: Path) -> None:
    written = json.loads(write_json("sample", [{"what": "all", "seconds": 1.5}], folder=tmp_path).read_text())
    assert written["rows"] == [{"what": "all", "seconds": 1.5}]
    assert {"date", "python", "processors"} <= written["measured"].keys()


@pytest.mark.parametrize(("share", "expected"), [(0.5, 2.0), (0.95, 4.0), (1.0, 4.0), (0.25, 1.0)])
def test_a_percentile_is_one_of_the_values(share: float, expected: float) -> None:
    assert percentile([3.0, 1.0, 4.0, 2.0], share) == expected


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)
