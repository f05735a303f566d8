"""What is not read right yet stands in gaps.txt, a test a line; one that is mended must leave it, or the run fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.module_names import shared_names

HERE = Path(__file__).parent
GAPS = frozenset((HERE / "gaps.txt").read_text(encoding="utf-8").splitlines())


def pytest_sessionstart() -> None:
    if shared := shared_names(HERE):
        raise pytest.UsageError(*shared)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if f"{item.path.relative_to(HERE).as_posix()}::{item.name}" in GAPS:
            item.add_marker(pytest.mark.xfail(reason="not read right yet", strict=True))
