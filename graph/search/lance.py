"""Loads LanceDB without the client of its cloud service, which takes longer to load than all that we use."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

_CLIENT = "lance_namespace_urllib3_client"
_CALLS = f"{_CLIENT}.api"  #: its modules of calls, which LanceDB loads and, on disk, never makes


@cache
def load_lancedb() -> Any:
    """Return the module `lancedb`."""
    if "lancedb" in sys.modules or _CLIENT in sys.modules:
        return importlib.import_module("lancedb")
    with _in_place_of_calls():
        return importlib.import_module("lancedb")


class _Unloaded(ModuleType):
    """A module whose every name is an empty class."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


@contextmanager
def _in_place_of_calls() -> Iterator[None]:
    """Stand in for the client's modules of calls while it is loaded."""
    spec = find_spec(_CLIENT)
    folders = spec.submodule_search_locations if spec is not None else None
    names = [f"{_CALLS}.{path.stem}" for folder in folders or () for path in Path(folder, "api").glob("*_api.py")]
    stand_ins = {name: _Unloaded(name) for name in (_CALLS, *names)} if names else {}
    for stand_in in stand_ins.values():
        stand_in.__path__ = []
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            sys.modules.pop(name, None)
