"""Flows are read by structure and language: other names, sums, years, columns, headings and signs change nothing."""

from __future__ import annotations

import pytest
from disguises import BODIES, DISGUISES, Told, disguised, with_another_body
from flow_scores import ABSENT, SHARED, Score, documents_of, names, read_gold, record_of, score

from ingest.extract import extract_record
from ingest.readers import read_bytes

EVAL = SHARED / "eval"
GOLD = read_gold(EVAL / "gold_flows.csv") if EVAL.is_dir() else {}
FILES = documents_of(EVAL / "gold_decisions.csv", SHARED / "decisions") if EVAL.is_dir() else {}
SEEDS = range(1, 4)
MAY_FALL = 0.03
pytestmark = pytest.mark.skipif(not FILES, reason=ABSENT)


def reached(key: str, chosen: tuple[str, ...], seed: int) -> Score:
    """Return the score of a document under disguises."""
    told = disguised(key, Told(FILES[key].read_text(encoding="utf-8"), tuple(GOLD[key])), chosen, seed)
    return score(extract_record(read_bytes(told.text.encode(), FILES[key].name), names()), told.gold)


@pytest.mark.parametrize("key", FILES or [""])
@pytest.mark.parametrize("chosen", [*((name,) for name in DISGUISES), tuple(DISGUISES)], ids="+".join)
def test_a_disguise_changes_no_flow(key: str, chosen: tuple[str, ...]) -> None:
    plain = score(record_of(FILES[key]), GOLD[key])
    for seed in SEEDS:
        found = reached(key, chosen, seed)
        assert found.right_f1 >= plain.right_f1 - MAY_FALL, f"seed {seed}: {found}"


@pytest.mark.parametrize("key", FILES or [""])
def test_a_disguise_does_change_the_document(key: str) -> None:
    text = FILES[key].read_text(encoding="utf-8")
    for name in DISGUISES:
        if (name, key) != ("columns", "PCD 1460"):  # it has no table of money
            told = [disguised(key, Told(text, tuple(GOLD[key])), (name,), seed) for seed in SEEDS]
            assert any(one.text != text for one in told), name


@pytest.mark.parametrize("key", [key for key in FILES if key.startswith("PCD")] or [""])
@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[0])
def test_another_commissioner_decides_alike(key: str, body: tuple[str, str, bool]) -> None:
    told = with_another_body(Told(FILES[key].read_text(encoding="utf-8"), tuple(GOLD[key])), body)
    found = score(extract_record(read_bytes(told.text.encode(), FILES[key].name), names()), told.gold)
    assert found.right_f1 >= 1 - MAY_FALL, found
