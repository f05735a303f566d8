"""A decision's flows are the same as web page, Word file, PDF and scan; only a scan may lose a few."""

from __future__ import annotations

import re
import shutil

import pytest
from flow_scores import ABSENT, SHARED, Score, documents_of, names, read_gold, record_of, score
from plain_documents import MAKERS, Part, make_scan, parts_of

from ingest.extract import extract_record
from ingest.readers import read_bytes

EVAL = SHARED / "eval"
GOLD = read_gold(EVAL / "gold_flows.csv") if EVAL.is_dir() else {}
FILES = documents_of(EVAL / "gold_decisions.csv", SHARED / "decisions") if EVAL.is_dir() else {}
pytestmark = pytest.mark.skipif(not FILES, reason=ABSENT)
_LAST_OF_MONEY = re.compile(r"(?:\d\W+)?legal (?:comments|considerations)", re.IGNORECASE)


def reached(key: str, data: bytes, suffix: str) -> Score:
    """Return the score of a document in another form."""
    return score(extract_record(read_bytes(data, f"{FILES[key].stem}.{suffix}"), names()), GOLD[key])


@pytest.mark.parametrize("key", FILES or [""])
@pytest.mark.parametrize("form", MAKERS)
def test_another_format_gives_the_same_flows(key: str, form: str) -> None:
    made = MAKERS[form](parts_of(FILES[key].read_text(encoding="utf-8")))
    found = reached(key, made, form)
    assert found.right_f1 >= score(record_of(FILES[key]), GOLD[key]).right_f1 - 0.02, found


@pytest.mark.ocr
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize("key", FILES or [""])
def test_a_scan_gives_nine_flows_in_ten(key: str) -> None:
    found = reached(key, make_scan(_with_money(parts_of(FILES[key].read_text(encoding="utf-8")))), "pdf")
    assert found.found_f1 >= 0.90, found


def _with_money(parts: list[Part]) -> list[Part]:
    """The parts up to the legal comments: what follows names no sum, and takes minutes to recognise."""
    ends = [index for index, part in enumerate(parts) if _LAST_OF_MONEY.match(part.words)]
    return parts[: ends[0]] if ends else parts
