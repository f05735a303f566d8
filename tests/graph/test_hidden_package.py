"""A package is hidden from what would load it, and is there again afterwards."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from graph.hidden_package import hidden
from graph.settings import PROJECT

UNUSED = "this"  #: a module that nothing has loaded


def test_a_hidden_package_cannot_be_loaded_until_it_is_hidden_no_more(capsys: pytest.CaptureFixture[str]) -> None:
    sys.modules.pop(UNUSED, None)
    with hidden(UNUSED), pytest.raises(ModuleNotFoundError):
        importlib.import_module(UNUSED)
    assert importlib.import_module(UNUSED).__name__ == UNUSED


def test_what_is_loaded_already_stays() -> None:
    with hidden("json"):
        assert importlib.import_module("json").dumps(1) == "1"


def test_asking_loads_no_reader_of_html() -> None:
    code = (
        "import sys\nfrom app.commands.ask import _answerer\nfrom graph.settings import Settings\n"
        "try: _answerer(Settings(), [])\nexcept Exception: pass\n"
        "print([name for name in ('html5rdf', 'torch', 'pandas') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, check=True)
    assert run.stdout.strip() == "[]"
