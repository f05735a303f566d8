"""The questions with known answers: what is read, and what a mistake is answered with."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.question_sets import load_labelled, load_questions
from graph.errors import InvalidReference

ONE = '- {id: f1-amt-01, q: "How much?", expect: {status: answered, amount: 5}, manner: journalist, from: [a.md]}\n'


def written(folder: Path, text: str, splits: str = "one,train\n") -> Path:
    """Return a folder with one file of questions."""
    (folder / "one.yaml").write_text(text, encoding="utf-8")
    (folder / "SPLITS.csv").write_text("set,split\n" + splits, encoding="utf-8")
    return folder


def test_a_question_has_its_set_split_and_kind(tmp_path: Path) -> None:
    (question,) = load_questions(written(tmp_path, ONE))
    assert (question.set, question.split, question.kind, question.manner) == ("one", "train", "amt", "journalist")
    assert question.documents == ("a.md",)
    assert question.can_be_answered


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {id: f1-amt-01, q: a}\n", r"one\.yaml, line 1: a question needs id, q and expect; add what is missing"),
        (ONE + ONE, r"one\.yaml, line 2: the id 'f1-amt-01' is taken; give another"),
        (ONE.replace("manner", "maner"), r"line 1: 'maner' is no key of a question; take it out or use one of"),
        (ONE.replace("answered", "fine"), r"line 1: expect wants a status"),
        (ONE.replace("amount: 5", "amout: 5"), r"line 1: 'amout' is no key of expect"),
        (ONE.replace("amount: 5", "amount: five"), r"line 1: amount is 'five'; write a number"),
        (ONE.replace("amount: 5", "items: Kent"), r"line 1: items is 'Kent'; write a list: \[Kent\]"),
        (ONE.replace("f1-amt-01", "amt"), r"line 1: the id 'amt' does not end in a kind and a number"),
        ("just words\n", r"line 1: is no list of questions"),
        ("- [: bad", r"one\.yaml: is no YAML"),
    ],
)
def test_a_wrong_question_is_said_with_file_line_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InvalidReference, match=said):
        load_questions(written(tmp_path, text))


@pytest.mark.parametrize(
    ("splits", "said"),
    [
        ("", r"SPLITS\.csv: no line for 'one'; add 'one,train'"),
        ("one,train\ntwo,train\n", r"'two' has no file two\.yaml; take the line out"),
        ("one,test\n", r"SPLITS\.csv, line 2: the split is 'test'; write train or check"),
        ("one\n", r"SPLITS\.csv, line 2: 1 columns; it wants 2"),
    ],
)
def test_a_wrong_split_is_said(tmp_path: Path, splits: str, said: str) -> None:
    with pytest.raises(InvalidReference, match=said):
        load_questions(written(tmp_path, ONE, splits))


def test_a_labelled_wording_is_of_a_question_or_of_none(tmp_path: Path) -> None:
    questions = {question.id: question for question in load_questions(written(tmp_path, ONE))}
    file = tmp_path / "labelled.csv"
    file.write_text("asks,what,wording,id\ntotal,,How much {programme}?,f1-amt-01\nnone,,Why?,\n", encoding="utf-8")
    assert [each.id for each in load_labelled(tmp_path, questions)] == ["f1-amt-01", ""]
    file.write_text("asks,what,wording,id\ntotal,,How much?,f1-amt-02\n", encoding="utf-8")
    with pytest.raises(InvalidReference, match=r"labelled\.csv, line 2: no question has the id 'f1-amt-02'"):
        load_labelled(tmp_path, questions)
