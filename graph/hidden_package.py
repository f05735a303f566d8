"""Hides a package from another that loads it where it is installed, and does without it else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from typing import Any


class _Hiding(MetaPathFinder):
    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name == self._name:
            raise ModuleNotFoundError(name, name=name)


@contextmanager
def hidden(name: str) -> Iterator[None]:
    """Let a package look as if it were not installed, unless it is loaded already."""
    sys.meta_path.insert(0, finder := _Hiding(name))
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def load_rdflib() -> None:
    """Load rdflib, if it is not, without what reads literals of HTML, of which no graph of ours has any."""
    with hidden("html5rdf"):
        import rdflib  # noqa: F401
