"""No message tells people to delete what they made: a workspace, a build, corrections, added files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_layers import FILES, PROJECT

DELETES = re.compile(
    r"\b(?:remove|delete|rm|erase|wipe|throw away)\b[^.;:,]*"
    r"\b(?:workspaces?|builds?|corrections(?:\.yaml)?|columns\.yaml|added|labels|folders?|files?)\b",
    re.IGNORECASE,
)


def said(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module with their lines; docstrings, which speak to programmers, left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def test_no_message_tells_people_to_delete_what_they_made() -> None:
    found = [
        f"{path.relative_to(PROJECT)}, line {line}: {text.strip()[:100]!r}"
        for path in FILES
        for line, text in said(path)
        if " " in text and DELETES.search(text)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "advice", ["remove the workspace and ingest again", "delete that file of corrections", "rm -r builds; start anew"]
)
def test_such_advice_would_be_found(advice: str) -> None:
    assert DELETES.search(advice)
