"""Where work is done."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from ingest.executor import LocalProcesses, plain_main


def test_processes_do_not_run_the_page_that_started_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "page.py"
    script.write_text("raise RuntimeError('a worker drew the page')", encoding="utf-8")
    page = ModuleType("__main__")
    page.__file__ = str(script)
    monkeypatch.setitem(sys.modules, "__main__", page)
    executor = LocalProcesses[int, int](abs, lambda task: 0, workers=2)
    assert sorted(executor.run([-1, -2])) == [1, 2]
    assert sys.modules["__main__"] is page


def test_starts_that_overlap_leave_the_main_module_as_it_was() -> None:
    main = sys.modules["__main__"]
    inside, go_on, order = threading.Event(), threading.Event(), list[str]()

    def first() -> None:
        with plain_main():
            inside.set()
            go_on.wait(10)
            order.append("first")

    def second() -> None:
        inside.wait(10)
        with plain_main():
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    inside.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert order == ["first", "second"]
    assert sys.modules["__main__"] is main


def test_a_page_that_opens_during_a_start_stays_the_main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    page = ModuleType("__main__")
    with plain_main():
        sys.modules["__main__"] = page
    assert sys.modules["__main__"] is page
