"""Words around a question that ask for nothing are left aside; a condition stays, wherever it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.ask.reading.carriers import WORD, cut, without_carriers
from graph.errors import ModelUnavailable
from graph.settings import Settings

PLAIN = "who funds Drive in West Mercia"
SETTINGS = Settings()


@pytest.mark.parametrize(
    "lead",
    ["Please confirm", "Good morning team,", "For my dissertation:", "My boss wants to know", "Quick one -", "URGENT!"],
)
def test_what_stands_in_front_and_asks_nothing_is_left_aside(lead: str) -> None:
    assert without_carriers(f"{lead} {PLAIN}", SETTINGS).text == PLAIN


@pytest.mark.parametrize(
    "tail",
    ["as soon as you can", ", thanks in advance", "- many thanks, Sam", "please advise", "so I can tell the chair"],
)
def test_what_follows_and_asks_nothing_is_left_aside(tail: str) -> None:
    asked = without_carriers(f"{PLAIN} {tail}?", SETTINGS)
    assert asked.text == PLAIN
    assert "".join(asked.aside).strip(" ,-?") == tail.strip(" ,-")


@pytest.mark.parametrize(
    "question",
    [
        PLAIN,
        "for stalking services, who was paid in Kent?",
        "who funds Drive for the families of prisoners",
        "what was given to Women's Aid after the pandemic?",
        "and in 2021/22?",
        "Is there money for a helpline in Devon before 2020?",
    ],
)
def test_a_condition_stays(question: str) -> None:
    assert without_carriers(question, SETTINGS).text.rstrip("?") == question.rstrip("?")


@pytest.mark.parametrize("word", ["asap", "pls", "roughly"])
def test_a_single_word_that_may_ask_nothing_is_left_aside_or_no_condition(word: str) -> None:
    asked = without_carriers(f"{PLAIN} {word}?", SETTINGS)
    assert asked.text == PLAIN or word in asked.doubtful


def test_a_name_is_less_likely_left_aside_than_other_words() -> None:
    text = "Hello from Leeds, who funds Drive"
    start = text.index("Leeds")
    assert "Leeds" in without_carriers(text, SETTINGS, named=[(start, start + 5)]).text


def test_a_text_that_asks_nothing_is_left_as_it_is() -> None:
    assert without_carriers("thanks!", SETTINGS).text


def test_without_the_model_every_word_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(settings: Settings) -> None:
        raise ModelUnavailable("not installed")

    monkeypatch.setattr("graph.ask.reading.carriers.load_packaged_encoder", missing)
    assert without_carriers(f"please {PLAIN}", SETTINGS).text == f"please {PLAIN}"


@given(st.lists(st.tuples(st.sampled_from(["a", "b,", "-", "c?"]), st.floats(-9, 9)), max_size=12))
@settings(max_examples=200, deadline=None)
def test_what_is_left_aside_is_never_all_and_never_overlaps(words: list[tuple[str, float]]) -> None:
    text = " ".join(word for word, _ in words)
    spans = [match.span() for match in WORD.finditer(text)]
    ranges = cut(text, spans, [odds for _, odds in words])
    flat = [n for first, last in ranges for n in range(first, last)]
    assert flat == sorted(set(flat)) and (not words or len(flat) < len(words))
