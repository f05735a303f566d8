"""Scores of decisions and the order of the best, beside the same said plainly."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.ranking import SHARES, best_of, candidates, of_documents, of_passages, rank

COUNT = 6
PASSAGES = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(st.floats(-1, 1), st.sets(st.integers(0, COUNT - 1), min_size=1)),
)


def places_of(documents: list[list[int]]) -> tuple[Any, Any]:
    """Return the decisions in which each passage stands, one after the other, and whose each is."""
    lengths = [len(numbers) for numbers in documents]
    return np.asarray(list(chain.from_iterable(documents)), dtype=np.int32), np.repeat(
        np.arange(len(documents)), lengths
    )


def plainly(scores: dict[str, float], documents: dict[str, list[int]], least: float | None) -> list[float]:
    """Return the score of each decision from its three best passages, one decision after the other."""
    means = {}
    for number in range(COUNT):
        best = sorted((scores[id] for id in scores if number in documents[id]), reverse=True)[: len(SHARES)]
        if best:
            means[number] = sum(a * b for a, b in zip(SHARES, best, strict=False)) / sum(SHARES[: len(best)])
    bottom = min(means.values(), default=0.0) if least is None else least
    above = [max(means.get(number, bottom) - bottom, 0.0) for number in range(COUNT)]
    return [each / max(above) if max(above) else 0.0 for each in above]


@given(found=PASSAGES, least=st.sampled_from([None, 0.0]))
def test_a_decision_s_score_is_that_of_its_three_best_passages(
    found: dict[str, tuple[float, set[int]]], least: float | None
) -> None:
    scores = {id: score for id, (score, _) in found.items()}
    documents = {id: sorted(numbers) for id, (_, numbers) in found.items()}
    best_first = sorted(scores, key=lambda id: -scores[id])
    places = places_of([documents[id] for id in best_first])
    assert of_documents(
        np.asarray([scores[id] for id in best_first]), places, COUNT, least=least
    ).tolist() == pytest.approx(plainly(scores, documents, least))


@given(scores=st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), max_size=30), most=st.integers(1, 12))
def test_the_best_decisions_come_by_score_and_then_by_number(scores: list[float], most: int) -> None:
    wanted = sorted((number for number, score in enumerate(scores) if score > 0), key=lambda n: (-scores[n], n))[:most]
    assert best_of(np.asarray(scores), most) == wanted


@given(scores=st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), max_size=30), most=st.integers(1, 12))
def test_candidates_are_the_best_and_their_equals(scores: list[float], most: int) -> None:
    least = sorted(scores)[-most:][0] if scores else 0.0
    assert candidates(np.asarray(scores), most).tolist() == [at for at, one in enumerate(scores) if one >= least]


def test_passages_of_equal_score_come_by_id() -> None:
    ranked = rank(np.asarray([0.5, 0.5, 0.9]), np.asarray([7, 8, 9]), ["b", "a", "c"])
    assert [one.row for one in ranked] == [9, 8, 7]


def test_what_stands_in_all_decisions_comes_after_what_is_one_decision_s_own() -> None:
    places = places_of([list(range(50)), [0]])
    decisions = of_documents(np.asarray([2.0, 2.0]), places, 50, least=0.0)
    decisions[0] = 1.5
    assert of_passages(decisions, np.asarray([1.0, 1.0]), places).argmax() == 1


def test_a_decision_is_as_near_as_its_three_best_passages() -> None:
    near = of_documents(np.asarray([0.9, 0.8, 0.2, 0.1]), places_of([[0], [1], [2], [0]]), 4)
    assert near.argmax() == 1
    assert near.tolist()[2:] == [0.0, 0.0]
