"""The sample registry's index of names, built once for all tests of names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from graph.names.index import NameContext, NameIndex
from graph.registry import load_registry

REGISTRY = Path(__file__).resolve().parents[2] / "data" / "registry"


@cache
def names() -> NameIndex:
    """Return the index of the sample registry."""
    return NameIndex(load_registry(REGISTRY))


def context_of(body: str) -> NameContext:
    """Return the context of a document of one decision body."""
    return NameContext(body=names().registry.entity(body))


def ids(text: str, body: str | None = None) -> list[str]:
    """Return the ids of the names found in a text."""
    context = context_of(body) if body else None
    return [mention.entity.id for mention in names().find(text, context=context)]


def asked(question: str) -> list[str]:
    """Return the ids of the names found in a question."""
    return [mention.entity.id for mention in names().find_in_question(question)]
