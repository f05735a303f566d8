"""A run with --no-skips fails where a test is skipped, as in continuous integration, where every tool is installed."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

#: what stands beside the project may be absent; everything else can be installed
BESIDE = "../shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="fail if a test is skipped")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run of --no-skips that skipped; with workers, in the process that gathers their reports."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None or not session.config.getoption("--no-skips"):
        return
    for line in (held := held_against(terminal.stats.get("skipped", []))):
        terminal.write_line(f"skipped, with --no-skips: {line}", red=True)
    if held and exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def held_against(reports: Iterable[pytest.TestReport | pytest.CollectReport]) -> list[str]:
    """Return a line for each skipped test or module, with its reason, less those that miss what stands beside us."""
    lines = [f"{report.nodeid}: {_reason(report)}" for report in reports]
    return [line for line in lines if BESIDE not in line]


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return the words of the skip: pytest keeps them with the file and line."""
    where = report.longrepr
    return str(where[2] if isinstance(where, tuple) else where).removeprefix("Skipped: ")
