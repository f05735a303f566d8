"""Questions made from a graph, what makes an answer right, and the judge's counts."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bench.judge.answers import misses
from bench.judge.question_changes import Change, Changed, drop_row, paraphrase_row, paraphrases, swap_row, swaps
from bench.judge.question_figures import calibration_rows, judged, row, rows_by
from bench.judge.reading import comparison
from bench.question_sets import Question
from bench.questions_made import make_questions
from bench.questions_rank import FORM, Attempt, Attempted, fitted, folds_of, likeliest_of, row_of, threshold_of
from bench.questions_sureness import Likeliest, Outcome, forest_of, judged_left_out, write_forest
from graph.ask.known.facts import Facts
from graph.ask.reading.wordings import Wording
from graph.ask.saying.sureness import FILE, load_forest
from tests.builders import COUNCIL, KENT, MAYOR, make_decision, make_flow, make_record, organisation
from tests.graph.ask.record_graph import facts_of_records, names

CLUB = organisation("Hythe Boxing Club")
WORDINGS = (
    Wording("funders", "", "Who funds {recipient}?"),
    Wording("total", "", "How much did {funder} give {recipient}?"),
    Wording("total", "", "{recipient} got what from {funder}"),
    Wording("total", "", "How much did {recipient} get?"),
    Wording("signed", "", "When was {decision} signed?"),
    Wording("total", "", "How much for {topic}?"),
    Wording("reason", "", "Why {recipient}?"),
)


@cache
def facts() -> Facts:
    """Return a graph of two decisions."""
    records = [
        make_record(make_flow("flow-1", amount="1000.00"), make_flow("flow-2", amount="250.00", recipient=CLUB)),
        make_record(
            make_flow("flow-1", amount="70.00", funder=MAYOR, place=KENT, years=("2022/23",)),
            document="pcd-2.md",
            decision=make_decision("PCD 2", signed="2022-01-31"),
        ),
    ]
    return facts_of_records(records, names())


def made(seed: int = 1) -> list[dict[str, Any]]:
    """Return the lines of questions made of the wordings above."""
    return [each.to_json() for each in make_questions(facts(), most=30, seed=seed, wordings=WORDINGS)]


def test_made_questions_are_the_same_each_time() -> None:
    assert made() == made()


def test_made_questions_have_the_answer_of_their_form() -> None:
    expected = {each["question"]: each["expect"] for each in made()}
    asked = "How much did Treasury Office give Hythe Boxing Club?"
    assert expected[asked] == {"status": "answered", "amount": 250.0}
    assert expected["When was PCD 2 signed?"] == {"status": "answered", "date": "2022-01-31"}
    apart = "How much did Mayor of Ashford give Hythe Boxing Club?"
    assert expected.get(apart, {"status": "no_data|not_understood"})["status"] == "no_data|not_understood"


def test_wordings_whose_answer_no_form_gives_are_left_out() -> None:
    assert {each["wording"] for each in made()} <= {2, 3, 4, 5, 6}


def test_changes_keep_to_the_graph() -> None:
    questions = make_questions(facts(), most=30, wordings=WORDINGS)
    said = list(paraphrases(questions, random.Random(1)))
    assert any(change.first.startswith("How much did") and " got what from " in change.second for change in said)
    swapped = list(swaps(questions, facts(), random.Random(1)))
    assert swapped
    assert all(change.expect and change.expect["status"] == "answered" for change in swapped)


def answer(status: str = "answered", probability: float = 0.9, **value: Any) -> dict[str, Any]:
    """Return an answer as the contract shapes it."""
    items = [{"label": COUNCIL.name, "amount": "1000.00"}]
    return {"status": status, "text": "£1,000.", "items": items, "value": value, "probability": probability,
            "citations": [{"decision": "PCD 1", "quote": "The grant is £1,000."}]}  # fmt: skip


@pytest.mark.parametrize(
    ("expect", "is_right"),
    [
        ({"status": "answered", "amount": 1000.4}, True),
        ({"status": "answered", "amount": [5, 1000]}, True),
        ({"status": "answered", "amount": 1001}, False),
        ({"status": "no_data|answered"}, True),
        ({"status": "no_data"}, False),
        ({"status": "answered", "items": ["ashford council|Kent"]}, True),
        ({"status": "answered", "items": []}, False),
        ({"status": "answered", "items_exclude": ["Ashford Council"]}, False),
        ({"status": "answered", "first": "Kent"}, False),
        ({"status": "answered", "item_amounts": {"Ashford Council": 1000}}, True),
        ({"status": "answered", "percent": 5}, False),
        ({"status": "answered", "text_contains": ["the GRANT is|x"]}, True),
        ({"status": "answered", "decisions": ["PCD 2"]}, False),
    ],
    ids=str,
)
def test_an_answer_is_right_if_all_that_is_expected_holds(expect: dict[str, Any], is_right: bool) -> None:
    assert (not misses(answer(amount="1000.00"), expect, comparison())) is is_right


def test_the_judge_counts_right_wrong_refused_and_declined() -> None:
    wanted, none = {"status": "answered", "amount": 5}, {"status": "no_data"}
    given = [(answer(amount=5), wanted), (answer(amount=6), wanted), (answer("no_data"), wanted),
             (answer("no_data"), none), (answer(), none)]  # fmt: skip
    asked = [judged(str(n), "", a, e, comparison(), kind="amt") for n, (a, e) in enumerate(given)]
    found = row("all", asked)
    assert [found[key] for key in ("answerable", "right", "wrong", "refused", "unanswerable", "declined")] == [
        3, 1, 1, 1, 2, 1,
    ]  # fmt: skip
    assert found["RS(10)"] == 100 * (2 - 20) / 5
    assert [each["of"] for each in rows_by("kind", asked)] == ["kind: amt"]
    assert [each["of"] for each in rows_by("kind", asked[:2])] == ["kind: 1 others"]
    assert calibration_rows(asked) == [{"from": 0.9, "answers": 3, "stated": pytest.approx(0.9), "right": 1 / 3}]


def test_the_judge_counts_what_becomes_of_changed_questions() -> None:
    one, other = answer(amount=5), answer(amount=6)
    pairs = [Changed(Change("", "", {"status": "answered", "amount": 6}), one, each) for each in (one, other)]
    assert paraphrase_row(pairs)["share"] == 0.5
    assert swap_row(pairs, comparison())["share"] == 0.5
    assert drop_row(pairs)["share"] == 0.5


def attempted(id: str, *attempts: Attempt) -> Attempted:
    """Return a question that can be answered, with its attempts."""
    return Attempted(Question(id, "", {"status": "answered"}, "one", "train"), attempts)


def test_a_sign_that_can_only_speak_against_an_answer_never_speaks_for_it() -> None:
    rows = [attempted(f"a-{n}", Attempt({"unused": 1.0, "sure": 1.0}, FORM, True, True)) for n in range(20)]
    rows += [attempted(f"b-{n}", Attempt({"unused": 0.0, "sure": 0.0}, FORM, True, False)) for n in range(20)]
    weights = fitted(rows, held_back=1.0)
    assert weights["form"].get("unused", 0.0) <= 0
    assert weights["form"]["sure"] > 1
    assert likeliest_of(rows[0], weights).outcome.probability > 0.8


def test_the_threshold_lets_a_share_of_errors_through() -> None:
    outcomes = [Outcome(n / 100, True, n % 10 != 0, True) for n in range(100)]
    least = threshold_of(outcomes, allowed=2)
    assert sum(o.is_error for o in outcomes if o.probability >= least) == 2
    assert row_of("", outcomes, least)["wrong of all"] == 0.02


def test_folds_hold_each_question_once() -> None:
    folds = folds_of([str(n) for n in range(11)], 3)
    assert sorted(key for fold in folds for key in fold) == sorted(str(n) for n in range(11))
    assert folds == folds_of([str(n) for n in range(11)], 3)


def likeliest(number: int) -> Likeliest:
    """Return an answer whose two signs tell only together if it is right."""
    one, other = number % 2, number // 2 % 2
    signs = {"one": one + number / 1000, "other": float(other)}
    return Likeliest(str(number), signs, Outcome(0.5, True, one != other, True))


def test_trees_learn_what_two_signs_tell_together_and_read_back_as_they_were_written(tmp_path: Path) -> None:
    forest = forest_of([likeliest(number) for number in range(200)])
    (tmp_path / "asking").mkdir()
    write_forest(forest, tmp_path / FILE)
    read = load_forest(tmp_path)
    for number in range(200, 240):
        each = likeliest(number)
        assert (read.probability(each.signs) > 0.5) is each.outcome.is_right
        assert read.probability(each.signs) == pytest.approx(forest.probability(each.signs), abs=1e-6)


def test_the_trees_are_the_same_each_time() -> None:
    rows = [likeliest(number) for number in range(60)]
    assert forest_of(rows) == forest_of(rows)


def test_a_question_left_out_is_judged_by_the_others() -> None:
    rows = [replace(likeliest(number), outcome=Outcome(0.5, True, number == 7, True)) for number in range(60)]
    judged = judged_left_out(rows, folds_of([row.question for row in rows], 3))
    assert len(judged) == len(rows)
    assert next(o.probability for o in judged if o.is_right) == 0.0  # none of the others is right
