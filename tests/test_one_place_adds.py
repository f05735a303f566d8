"""Money is added up in one place: no code outside `graph/counting` sums amounts of flows; read from the source.

A sum of floats is a measure of a picture, such as the height of a box.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.test_layers import FILES, PROJECT

MONEY = {"amount", "total", "own", "passed_on", "whole"}  #: attributes that hold money
ADDS_UP = ("graph/counting/", "ingest/", "whofunds/")
LOOKED_AT = [path for path in FILES if not path.relative_to(PROJECT).as_posix().startswith(ADDS_UP)]


def sums_of_money(tree: ast.Module) -> Iterator[int]:
    """The lines on which sums of money are added to each other."""
    bound = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        parts: list[ast.expr] = []
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Add):
            parts = [node.left, node.right] if isinstance(node, ast.BinOp) else [node.value]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
            parts = _elements(node.args[0], bound)
        if any(_is_money(part, bound) for part in parts):
            yield node.lineno


def _elements(node: ast.expr, bound: Mapping[str, ast.expr]) -> list[ast.expr]:
    """The elements of a list that is written out, by itself or as what a name stands for."""
    if isinstance(node, ast.Name):
        return _elements(bound[node.id], {}) if node.id in bound else []
    if isinstance(node, ast.GeneratorExp | ast.ListComp | ast.SetComp):
        return [node.elt]
    return list(node.elts) if isinstance(node, ast.List | ast.Tuple | ast.Set) else []


def _is_money(node: ast.expr, bound: Mapping[str, ast.expr]) -> bool:
    """Whether an expression is a sum of money, or may be one."""
    if isinstance(node, ast.Attribute):  # what others publish stands beside the graph's money and is never added to it
        return node.attr in MONEY and not (isinstance(node.value, ast.Attribute) and node.value.attr == "record")
    if isinstance(node, ast.Name) and node.id in bound:
        return _is_money(bound[node.id], {})
    parts = {ast.BoolOp: ("values",), ast.IfExp: ("body", "orelse"), ast.BinOp: ("left", "right")}.get(type(node), ())
    held = (getattr(node, part) for part in parts)
    return any(_is_money(each, bound) for part in held for each in (part if isinstance(part, list) else [part]))


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("sum(s.flow.amount for s in flows)", True),
        ("sum([each.total for each in tallies], Decimal(0))", True),
        ("sum((g.amount or Decimal(0) for g in groups), Decimal(0))", True),
        ("amounts = [s.flow.amount for s in flows]\nsum(amounts)", True),
        ("found[key] += stated.flow.amount", True),
        ("mine = found.own\nmine + theirs", True),
        ("one.amount + other.amount", True),
        ("sum(float(box.amount) for box in boxes)", False),
        ("sum(1 for s in flows if s.flow.amount)", False),
        ("sum(item.amount is None for item in items)", False),
        ("went.total - came.total", False),
        ("abs(one.amount - other.amount) / one.amount", False),
        ("sum(match.record.amount for match in matches)", False),
        ("words = f'{pounds(g.amount)}' + rest", False),
        ("total(tally.flows)", False),
    ],
)
def test_sums_of_money_are_found_and_nothing_else(source: str, is_found: bool) -> None:
    assert bool(list(sums_of_money(ast.parse(source)))) is is_found


def test_only_counting_adds_up_money() -> None:
    assert len(LOOKED_AT) > 200
    found = [
        f"{path.relative_to(PROJECT)}:{line}"
        for path in LOOKED_AT
        for line in sums_of_money(ast.parse(Path(path).read_text(encoding="utf-8")))
    ]
    assert found == []
