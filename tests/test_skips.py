"""A run without skips fails if a test is skipped, and says which and why; what stands beside us may be missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph.settings import PROJECT

CONFTEST = f"""
import sys
sys.path.insert(0, {str(PROJECT)!r})
from tests.skips import pytest_addoption, pytest_sessionfinish
"""


def run(folder: Path, body: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run pytest over one made-up module with our options."""
    (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (folder / "test_made_up.py").write_text("import pytest\n" + body, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "xdist", *options]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # the others take seconds to load
    return subprocess.run([*command, "test_made_up.py"], cwd=folder, capture_output=True, text=True, env=alone)


PASSES = "def test_good(): pass\n"
SKIPS = PASSES + "def test_bad(): pytest.skip('the program oxigraph is not installed')\n"
MARKED = PASSES + "@pytest.mark.skipif(True, reason='no tool')\ndef test_bad(): pass\n"
MODULE = "pytest.skip('no library', allow_module_level=True)\n"
BESIDE = PASSES + "def test_bad(): pytest.skip('../shared/decisions is not beside the project')\n"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(SKIPS, "test_made_up.py::test_bad: the program oxigraph is not installed", id="in the test"),
        pytest.param(MARKED, "test_made_up.py::test_bad: no tool", id="by a mark"),
        pytest.param(PASSES + MODULE, "test_made_up.py: no library", id="a whole module"),
    ],
)
@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["alone", "with workers"])
def test_a_skip_fails_the_run_and_is_named(tmp_path: Path, body: str, reason: str, workers: tuple[str, ...]) -> None:
    done = run(tmp_path, body, "--no-skips", *workers)
    assert done.returncode == 1, done.stdout
    assert reason in done.stdout


@pytest.mark.parametrize("body", [PASSES, BESIDE], ids=["none skipped", "what stands beside us is absent"])
def test_a_run_without_skips_passes(tmp_path: Path, body: str) -> None:
    assert run(tmp_path, body, "--no-skips").returncode == 0


def test_without_the_option_a_skip_is_no_fault(tmp_path: Path) -> None:
    assert run(tmp_path, SKIPS).returncode == 0
