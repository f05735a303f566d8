"""Words of decisions: rare ones tell more, titles count, terms are phrases."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.search.document_words import LENGTH, SATURATION, TITLE_COUNTS, DocumentWords
from graph.search.ranges import Ranges
from graph.search.stems import stems

TEXTS = [
    ("Knife crime in the boroughs", "A grant for knife crime work."),
    ("A grant for victims", "The grant pays for work with victims of knife crime and other crime."),
    ("A roof", "A grant for a crime office with a knife drawer."),
]


def words_of(decisions: list[list[tuple[str, bool]]]) -> DocumentWords:
    """Return the words of decisions, each given as (text, whether it is the title) of its passages."""
    passages = [passage for decision in decisions for passage in decision]
    owners = np.asarray([number for number, decision in enumerate(decisions) for _ in decision], dtype=np.int32)
    return DocumentWords(
        pa.array([" ".join(stems(text)) for text, _ in passages], pa.string()),
        np.asarray([TITLE_COUNTS if title else 1 for _, title in passages], dtype=np.int64),
        Ranges(owners, np.arange(len(passages) + 1)),
        len(decisions),
    )


@pytest.fixture
def words() -> DocumentWords:
    return words_of([[(title, True), (text, False)] for title, text in TEXTS])


def test_the_decision_that_says_most_of_a_thing_has_1_and_one_that_does_not_say_it_0(words: DocumentWords) -> None:
    strength = words.strength(["knife crime", "bladed article"])
    assert strength.decisions.tolist() == [0, 1]
    assert strength.values[0] == 1.0
    assert 0 < strength.values[1] < 1


def test_rare_words_tell_more_than_common_ones(words: DocumentWords) -> None:
    shares = words.share(stems("roof grant"))
    assert shares[2] == pytest.approx(1.0)
    assert shares[0] < 0.5


def test_words_that_no_decision_has_lower_every_share(words: DocumentWords) -> None:
    assert max(words.share(stems("roof giraffe"))) < 0.6
    assert list(words.share([])) == [0.0, 0.0, 0.0]


def test_of_a_text_the_words_that_stand_in_few_decisions_are_kept(words: DocumentWords) -> None:
    assert words.rare_in("the grant for a roof and a giraffe", 0.4) == "roof giraffe"
    assert words.rare_in("crime grant", 0.4) == "crime grant"  # a text is never empty
    assert words.rare_in("crime roof", 1) == "crime roof"


def test_a_thing_of_few_decisions_is_specific(words: DocumentWords) -> None:
    assert words.specificity(words.strength(["roof"])) > words.specificity(words.strength(["crime"]))


def test_no_decisions_have_no_words() -> None:
    empty = words_of([])
    assert len(empty.strength(["roof"]).values) == len(empty.share(["roof"])) == 0


WORDS = st.lists(st.sampled_from("abcd"), max_size=6).map(" ".join)


@settings(deadline=None)  # the first call loads libraries
@given(
    decisions=st.lists(st.lists(st.tuples(WORDS, st.booleans()), max_size=3), max_size=4),
    term=st.lists(st.sampled_from("bcd"), min_size=1, max_size=3, unique=True).map(" ".join),
)
def test_shares_and_strengths_are_those_of_words_counted_one_by_one(
    decisions: list[list[tuple[str, bool]]], term: str
) -> None:
    known = words_of(decisions)
    texts = [
        [stems(text) for text, title in passages for _ in range(TITLE_COUNTS if title else 1)] for passages in decisions
    ]
    first, *_ = phrase = term.split()
    holding = [float(any(first in words for words in passages)) for passages in texts]
    assert known.share([first]).tolist() == pytest.approx(holding)
    counts = np.asarray([
        sum(words[at : at + len(phrase)] == phrase for words in passages for at in range(len(words)))
        for passages in texts
    ], dtype=float)  # fmt: skip
    strength = known.strength([term])
    assert strength.decisions.tolist() == counts.nonzero()[0].tolist()
    sizes = np.asarray([sum(map(len, passages)) for passages in texts], dtype=float)
    if len(strength.values):
        bounds = SATURATION * (1 - LENGTH + LENGTH * sizes / max(sizes.mean(), 1.0))
        wanted = counts / (counts + bounds)
        assert strength.values.tolist() == pytest.approx((wanted / wanted.max())[counts > 0].tolist())


def test_the_terms_of_a_passage_are_counted_within_it(words: DocumentWords) -> None:
    rows = np.asarray([0, 3, 5])
    assert words.terms_in(rows, ["knife crime", "roof", "victims", "borough grant"]).tolist() == [1.0, 2.0, 0.0]
