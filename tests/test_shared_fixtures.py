"""Tests that share what their module makes once go to one worker; all others go where a worker is free."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.shared_fixtures import shares_with_its_module

MADE_UP = """
import pytest

@pytest.fixture(scope="module")
def server(): return 1

@pytest.fixture
def page(server): return server

@pytest.fixture(scope="session")
def browser(): return 1

@pytest.fixture
def fresh(tmp_path): return tmp_path

def test_server(server): pass
def test_page(page): pass
def test_browser(browser): pass
def test_fresh(fresh, tmp_path_factory): pass
def test_alone(): pass
"""


class Collected:
    """Notes which tests share something."""

    def __init__(self) -> None:
        self.shares: dict[str, bool] = {}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.shares = {item.name: shares_with_its_module(item) for item in session.items}


def test_tests_that_share_a_fixture_of_their_module_are_known(tmp_path: Path) -> None:
    made_up, collected = tmp_path / "test_made_up_here.py", Collected()
    made_up.write_text(MADE_UP, encoding="utf-8")
    options = ["-qq", "--collect-only", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    assert pytest.main([*options, str(made_up)], plugins=[collected]) == 0
    expected = {"test_server": True, "test_page": True, "test_browser": True, "test_fresh": False, "test_alone": False}
    assert collected.shares == expected


WORKERS = """
import os
import pytest

@pytest.mark.xdist_group("one")
@pytest.mark.parametrize("number", range(8))
def test_together(number, record_property): record_property("worker", os.environ["PYTEST_XDIST_WORKER"])
"""


def test_the_tests_of_a_group_run_in_one_worker(tmp_path: Path) -> None:
    (tmp_path / "test_made_up.py").write_text(WORKERS, encoding="utf-8")
    report = tmp_path / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "xdist", "-n", "2"]
    command += ["--dist", "loadgroup", f"--junit-xml={report}", "test_made_up.py"]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env=alone)
    found = [each.get("value") for each in ElementTree.parse(report).iter("property")]
    assert len(found) == 8 and len(set(found)) == 1
