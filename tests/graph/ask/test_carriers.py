"""Words around a question that ask for nothing leave its answer as it is; a condition in front of it stays one."""

from __future__ import annotations

import pytest

from graph.ask.reading.carriers import carrier_words, without_carriers

PLAIN = "who funds prog_0 in place_1"


@pytest.mark.parametrize(
    "lead",
    ["please confirm", "good morning team", "for my dissertation", "my boss wants to know", "quick question", "urgent"],
)
def test_what_stands_before_the_asking_word_and_names_nothing_is_outside(lead: str) -> None:
    assert without_carriers(f"{lead} {PLAIN}") == PLAIN


@pytest.mark.parametrize("tail", ["asap", "thanks in advance", "many thanks sam", "please advise", "for a foi request"])
def test_what_follows_the_last_name_and_says_who_asks_is_outside(tail: str) -> None:
    left = without_carriers(f"{PLAIN} {tail}").removeprefix(PLAIN).split()
    assert not set(left) & carrier_words() and "sam" not in left


@pytest.mark.parametrize(
    "question",
    [
        "for stalking services who was paid in place_0",
        "under prog_0 who was paid",
        "who funds prog_0 for unicorn rescue",
    ],
)
def test_a_condition_stays(question: str) -> None:
    assert without_carriers(question) == question
