"""Which skipped tests a run without skips holds against it, and how it says so."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

#: what stands beside the project may be absent; everything else can be installed
BESIDE = "../shared"


def held_against(reports: Iterable[pytest.TestReport | pytest.CollectReport]) -> list[str]:
    """Return a line for each skipped test or module, with its reason, less those that miss what stands beside us."""
    lines = [f"{report.nodeid}: {_reason(report)}" for report in reports]
    return [line for line in lines if BESIDE not in line]


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return the words of the skip: pytest keeps them with the file and line."""
    where = report.longrepr
    return str(where[2] if isinstance(where, tuple) else where).removeprefix("Skipped: ")
