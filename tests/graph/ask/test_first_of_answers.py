"""How the first of some answers stands beside the others."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from graph.ask.result import Value
from graph.ask.saying.sureness import Ranked, by_itself, figure_of, load_forest, signs_beside
from graph.errors import InvalidReference
from graph.settings import Settings

ONE, OTHER = figure_of(Value(amount=Decimal(5)), ["Drive"]), figure_of(Value(amount=Decimal(6)), ["Drive"])


def test_an_answer_is_ahead_of_those_that_say_something_else_alone() -> None:
    signs = signs_beside([Ranked(0.6, False, ONE), Ranked(0.5, True, ONE), Ranked(0.1, False, OTHER)])
    assert signs["second"] == 0.5
    assert signs["differing"] == 0.1
    assert signs["ahead"] == pytest.approx(0.5)
    assert signs["alike"] == pytest.approx(1.1 / 1.2)
    assert (signs["form"], signs["quote"], signs["is quote"]) == (0.6, 0.5, 0.0)


def test_a_single_answer_has_no_other_beside_it() -> None:
    signs = signs_beside([Ranked(0.0, True, ONE)])
    assert (signs["second"], signs["differing"], signs["alike"]) == (0.0, 0.0, 0.0)


def test_answers_with_other_items_or_another_unit_differ() -> None:
    assert figure_of(Value(amount=Decimal(5)), ["CIFA"]) != ONE
    assert figure_of(Value(count=5), ["Drive"]) != ONE


def test_the_sort_of_a_form_is_no_sign_of_how_sure_it_is() -> None:
    assert by_itself({"form Total": 1.0, "sure": 0.5}) == {"sure": 0.5}


def test_the_more_an_answer_is_ahead_the_surer_it_is() -> None:
    forest = load_forest(Settings().data)
    plain = {"probability": 0.9, "ahead": 0.8, "alike": 0.9, "form": 0.9, "clear": 0.9, "worded": 1.0, "sure": 0.8}
    doubtful = {"probability": 0.3, "second": 0.3, "differing": 0.3, "alike": 0.2, "form": 0.3, "unused": 2.0}
    assert forest.probability(plain) > 0.6 > forest.probability(doubtful)


def test_a_missing_file_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(InvalidReference, match=r"sureness\.npz: cannot be read .*make question-weights"):
        load_forest(tmp_path)
