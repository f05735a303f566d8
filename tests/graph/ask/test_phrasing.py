"""How well questions worded like one are answered: what its words are, and what their weights come to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ask.reading.phrasing import Phrases, load_phrases, phrase_features, worded
from graph.errors import InvalidReference
from graph.settings import Settings

NOWHERE = np.zeros(3, np.float32)


def test_names_are_words_by_their_sort_and_pairs_know_where_a_question_begins_and_ends() -> None:
    assert phrase_features("who funds prog_0 in area_1") == [
        "who", "funds", "prog", "in", "area",
        "^ who", "who funds", "funds prog", "prog in", "in area", "area $",
    ]  # fmt: skip


@given(st.text())
def test_a_word_said_twice_counts_once(masked: str) -> None:
    found = phrase_features(masked)
    assert len(found) == len(set(found))


def test_words_and_meaning_speak_for_and_against() -> None:
    phrases = Phrases({"who": 1.0, "left": -1.0}, np.array([1, 0, 0], np.float32), 0.0)
    assert phrases.odds(["who"], None) > phrases.odds([], None) == 0 > phrases.odds(["left", "unheard of"], None)
    assert phrases.odds([], np.array([1, 0, 0], np.float32)) > phrases.odds([], NOWHERE) == 0


@given(st.dictionaries(st.text(), st.floats(-100, 100)), st.floats(-100, 100))
def test_no_wording_is_certain(words: dict[str, float], bias: float) -> None:
    assert abs(Phrases(words, NOWHERE, bias).odds(list(words), None)) <= 4


def test_the_plain_question_is_worded_better_than_one_that_leaves_something_out() -> None:
    plain, odd = "who funds prog_0 in area_1", "what percentage of the prog_0 match funding is left after the bid"
    assert worded(plain, None, Settings()) > worded(odd, None, Settings())


def test_missing_weights_are_said_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(InvalidReference, match=r"phrases\.npz: cannot be read .* run `make question-weights`"):
        load_phrases(tmp_path)
