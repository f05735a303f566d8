"""Money is added up in one place: no code outside `graph/counting` sums amounts of flows; read from the source.

A sum of floats is a measure of a picture, such as the height of a box. `graph/ask` has a rule of its own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_layers import FILES, PROJECT

MONEY = {"amount", "total", "whole"}  #: attributes that hold money
SUMS = {"sum", "reduce", "accumulate"}
ADDS_UP = ("graph/counting/", "graph/ask/", "ingest/", "whofunds/")
LOOKED_AT = [path for path in FILES if not path.relative_to(PROJECT).as_posix().startswith(ADDS_UP)]


def sums_of_money(tree: ast.AST) -> Iterator[int]:
    """Yield the lines where amounts are summed: `sum(...)`, `+=` or `+` over `.amount`, but for floats."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in SUMS and is_money(first):
                yield node.lineno
            case ast.AugAssign(op=ast.Add() | ast.Sub(), value=value) if is_money(value):
                yield node.lineno
            case ast.BinOp(op=ast.Add(), left=left, right=right) if is_money(left) and is_money(right):
                yield node.lineno


def is_money(node: ast.AST) -> bool:
    """Whether an expression gives amounts: it reads such an attribute outside of a condition, and makes no float."""
    match node:
        case ast.Attribute(attr=attribute, value=value) if attribute in MONEY:
            # what others publish stands beside the graph's money and is never added to it
            return not (isinstance(value, ast.Attribute) and value.attr == "record")
        case ast.GeneratorExp(elt=made) | ast.ListComp(elt=made) | ast.IfExp(body=made):
            return is_money(made)
        case ast.UnaryOp(operand=made):
            return is_money(made)
        case ast.BinOp(left=left, right=right):
            return is_money(left) or is_money(right)
        case ast.Call(func=ast.Name(id="min" | "max"), args=arguments):
            return any(map(is_money, arguments))
    return False


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("sum(s.flow.amount for s in flows)", True),
        ("sum([each.total for each in tallies], Decimal(0))", True),
        ("found[key] += stated.flow.amount", True),
        ("self.amount += min(bond.amount, rest)", True),
        ("found[key] += bond.amount if inward else -bond.amount", True),
        ("one.amount + other.amount", True),
        ("sum(float(box.amount) for box in boxes)", False),
        ("sum(1 for s in flows if s.flow.amount)", False),
        ("went.total - came.total", False),
        ("sum(match.record.amount for match in matches)", False),
        ("words.pounds(each.total) + more", False),
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
