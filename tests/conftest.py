"""What is not read right yet stands in gaps.txt, a test a line; one that is mended must leave it, or the run fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.module_names import shared_names
from tests.samples import sample_records as sample_records
from tests.samples import sample_workspace as sample_workspace
from tests.shared_fixtures import shares_with_its_module
from tests.skips import pytest_addoption as pytest_addoption
from tests.skips import pytest_sessionfinish as pytest_sessionfinish

HERE = Path(__file__).parent
GAPS = frozenset((HERE / "gaps.txt").read_text(encoding="utf-8").splitlines())


def pytest_sessionstart() -> None:
    if shared := shared_names(HERE):
        raise pytest.UsageError(*shared)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their parameter: files that are made here hold the time, so that workers would name them apart."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if shares_with_its_module(item) and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(HERE).as_posix()))
        if f"{item.path.relative_to(HERE).as_posix()}::{item.name}" in GAPS:
            item.add_marker(pytest.mark.xfail(reason="not read right yet", strict=True))
