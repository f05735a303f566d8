"""A document to its Decision: the rows of the gold tables, and the forms of other commissioners."""

from __future__ import annotations

import csv
import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from graph.names import NameIndex
from graph.registry import load_registry
from graph.settings import Settings
from ingest.extract.decisions import read_decision
from ingest.readers import read, read_bytes

SHARED = Path(__file__).resolve().parents[3] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the decisions and gold tables in ../shared are not here")


@cache
def names() -> NameIndex:
    return NameIndex(load_registry(Settings().data / "registry"))


@cache
def gold_names() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_names", SHARED / "eval" / "names.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold(table: str) -> list[dict[str, str]]:
    path = SHARED / "eval" / table
    return list(csv.DictReader(path.open(encoding="utf-8"))) if path.is_file() else []


def check(path: Path, row: dict[str, str]) -> None:
    decision = read_decision(read(path), names())
    plain = gold_names().plain
    assert plain(decision.reference) == plain(row["reference"])
    assert plain(decision.title) == plain(row["title"])
    assert (decision.signed or "") == row["signed"]
    assert decision.body is not None and gold_names().same(decision.body.name, row["body"])


@needs_shared
@pytest.mark.parametrize("row", gold("gold_decisions.csv"), ids=lambda row: row["document"])
def test_decisions_in_full_agree_with_gold(row: dict[str, str]) -> None:
    path = SHARED / "decisions" / row["document"]
    check(path, row)
    decision = read_decision(read(path), names())
    assert decision.decided_by is not None
    assert gold_names().plain(decision.decided_by) == gold_names().plain(row["decided_by"])


@needs_shared
@pytest.mark.parametrize("row", gold("digest_decisions.csv"), ids=lambda row: row["document"])
def test_digests_agree_with_gold(row: dict[str, str]) -> None:
    check(SHARED / "digests" / "decisions" / row["document"], row)
