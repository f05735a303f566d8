"""Questions with known answers, asked of what is read from the documents in ../shared: how many are right."""

from __future__ import annotations

import pytest
import yaml

from graph.ask import answer_question
from tests.graph.ask.record_graph import SHARED, facts_of_records, names, read_records

EVAL = SHARED / "eval"


@pytest.mark.slow
@pytest.mark.skipif(not EVAL.is_dir(), reason="../shared with questions and documents is not beside the project")
@pytest.mark.parametrize(
    ("documents", "questions", "right", "wrong"),
    [("decisions", "questions.yaml", 42, 1), ("digests/decisions", "questions_digests.yaml", 30, 1)],
    ids=["five documents", "digests"],
)
def test_so_many_are_right_and_no_more_are_answered_wrongly(
    documents: str, questions: str, right: int, wrong: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(EVAL))
    from score_questions import misses

    source = facts_of_records(read_records(SHARED / documents, names()), names())
    missed, confident = [], []
    entries = yaml.safe_load((EVAL / questions).read_text(encoding="utf-8"))
    for entry in entries:
        answer = answer_question(entry["q"], source, after=[entry["after"]] if "after" in entry else [])
        if misses(answer.to_json(), entry["expect"]):
            missed.append(entry["id"])
            confident += [entry["id"]] if answer.status == "answered" else []
        if answer.status == "answered":
            assert answer.citations and all(c.quote and c.document for c in answer.citations), entry["id"]
    assert len(entries) - len(missed) >= right, missed
    assert len(confident) <= wrong, confident
