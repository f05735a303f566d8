"""Counting reads the facts of a record and never its sentences: what words say, extraction states once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import graph.counting

MODULES = sorted(Path(graph.counting.__path__[0]).glob("*.py"))
SENTENCES = {"evidence", "quote", "locator"}  #: attributes that hold the words of a document


def words_read(source: str) -> Iterator[str]:
    """Yield what a module uses to read words: the module of patterns, or words of a document."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in ("re", "regex"))
        elif isinstance(node, ast.ImportFrom) and node.module in ("re", "regex"):
            yield node.module
        elif isinstance(node, ast.Attribute) and node.attr in SENTENCES:
            yield node.attr


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_rule_of_counting_reads_a_sentence(module: Path) -> None:
    assert list(words_read(module.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import re", ["re"]),
        ("from re import compile", ["re"]),
        ("first = flow.evidence[0].quote", ["evidence", "quote"]),
        ("open = flow.awaits_payee", []),
    ],
)
def test_reading_of_words_is_noticed(source: str, found: list[str]) -> None:
    assert sorted(words_read(source)) == sorted(found)
