"""The questions of data/questions hold together with the documents that they rest on."""

from __future__ import annotations

from collections import Counter

from bench.question_sets import CHECK, TRAIN, load_labelled, load_questions
from graph.settings import Settings

FOLDER = Settings().data / "questions"


def test_every_question_rests_on_a_document_of_the_project() -> None:
    decisions = {path.name for path in (Settings().data / "decisions").glob("*.md")}
    questions = load_questions(FOLDER)
    assert not [q.id for q in questions if not set(q.documents) <= decisions]
    free = [q for q in questions if q.set.startswith("free")]
    assert not [q.id for q in free if not q.manner or (q.can_be_answered and not q.documents)]


def test_a_quarter_of_the_free_questions_cannot_be_answered() -> None:
    free = [q for q in load_questions(FOLDER) if q.set.startswith("free")]
    assert Counter(q.can_be_answered for q in free) == {True: 1860, False: 620}
    assert Counter(q.split for q in free) == {TRAIN: 2180, CHECK: 300}


def test_most_questions_that_are_fitted_on_have_a_labelled_wording() -> None:
    questions = {q.id: q for q in load_questions(FOLDER)}
    fitted = {q.id for q in questions.values() if q.split == "train" and q.set != "plain"}
    labelled = {each.id for each in load_labelled(FOLDER, questions)}
    assert len(labelled & fitted) > 0.95 * len(fitted)
