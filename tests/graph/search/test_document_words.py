"""Words of decisions: rare ones tell more, titles count, terms are phrases."""

from __future__ import annotations

import pytest

from graph.search.document_words import DocumentWords
from graph.search.stems import stems

TEXTS = [
    ("Knife crime in the boroughs", "A grant for knife crime work."),
    ("A grant for victims", "The grant pays for work with victims of knife crime and other crime."),
    ("A roof", "A grant for a crime office with a knife drawer."),
]


@pytest.fixture
def words() -> DocumentWords:
    return DocumentWords([[(stems(title), True), (stems(text), False)] for title, text in TEXTS])


def test_the_decision_that_says_most_of_a_thing_has_1_and_one_that_does_not_say_it_0(words: DocumentWords) -> None:
    strengths = words.strength(["knife crime", "bladed article"])
    assert strengths[0] == 1.0
    assert 0 < strengths[1] < 1
    assert strengths[2] == 0.0


def test_rare_words_tell_more_than_common_ones(words: DocumentWords) -> None:
    shares = words.share(stems("roof grant"))
    assert shares[2] == pytest.approx(1.0)
    assert shares[0] < 0.5


def test_words_that_no_decision_has_lower_every_share(words: DocumentWords) -> None:
    assert max(words.share(stems("roof giraffe"))) < 0.6
    assert list(words.share([])) == [0.0, 0.0, 0.0]


def test_a_thing_of_few_decisions_is_specific(words: DocumentWords) -> None:
    assert words.specificity(words.strength(["roof"])) > words.specificity(words.strength(["crime"]))


def test_no_decisions_have_no_words() -> None:
    empty = DocumentWords([])
    assert len(empty.strength(["roof"])) == len(empty.share(["roof"])) == 0
