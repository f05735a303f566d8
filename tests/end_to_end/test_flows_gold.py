"""The flows of the documents that people have read by hand, and the words of every statement at their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flow_scores import ABSENT, SHARED, Score, documents_of, names, read_gold, record_of, score

from graph.model import Evidence, Record
from ingest.extract import extract_record
from ingest.readers import read

EVAL = SHARED / "eval"
FILES = sorted([*SHARED.glob("decisions/*.txt"), *SHARED.glob("digests/*/*.md")]) if SHARED.is_dir() else []
pytestmark = pytest.mark.skipif(not FILES, reason=ABSENT)


def total(gold: str, decisions: str, folder: Path) -> Score:
    """Return the score over all documents of a table of decisions."""
    wanted = read_gold(EVAL / gold)
    out = Score()
    for key, path in documents_of(EVAL / decisions, folder).items():
        out.add(score(record_of(path), wanted[key]))
    assert out.required > 0
    return out


def test_the_flows_of_the_five_decisions_are_right() -> None:
    reached = total("gold_flows.csv", "gold_decisions.csv", SHARED / "decisions")
    assert reached.right_f1 >= 0.97 and reached.found_f1 >= 0.99, reached


def test_the_flows_of_the_digests_are_right() -> None:
    reached = total("digest_flows.csv", "digest_decisions.csv", SHARED / "digests" / "decisions")
    assert reached.right_f1 >= 0.88 and reached.found_f1 >= 0.94, reached


def evidence_of(record: Record) -> Iterator[tuple[str, Evidence]]:
    """Yield the evidence of every statement of a record, with a word for what it states."""
    for what, statements in (
        ("flow", record.flows),
        ("total", record.totals),
        ("relation", record.relations),
        ("check", record.checks),
    ):
        for statement in statements:
            assert statement.evidence, f"a {what} without evidence: {statement}"
            for evidence in statement.evidence:
                yield what, evidence


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_words_of_every_statement_stand_at_their_place(path: Path) -> None:
    document = read(path)
    locators = {block.locator for block in document.blocks} | {
        row.locator for block in document.blocks for row in (*block.header, *block.rows)
    }
    for what, evidence in evidence_of(extract_record(document, names())):
        assert evidence.quote.strip(), f"{what} without words at {evidence.locator}"
        assert document.text[evidence.start : evidence.end] == evidence.quote, f"{what} at {evidence.locator}"
        assert evidence.locator in locators, f"{what}: no {evidence.locator!r} in the document"
