"""Where work is done."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from ingest.executor import LocalProcesses


def test_processes_do_not_run_the_page_that_started_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "page.py"
    script.write_text("raise RuntimeError('a worker drew the page')", encoding="utf-8")
    page = ModuleType("__main__")
    page.__file__ = str(script)
    monkeypatch.setitem(sys.modules, "__main__", page)
    executor = LocalProcesses[int, int](abs, lambda task: 0, workers=2)
    assert sorted(executor.run([-1, -2])) == [1, 2]
    assert sys.modules["__main__"] is page
