"""Scores of decisions and the order of the best, beside the same said plainly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.search.ranking import SHARES, best_of, of_documents, rank

COUNT = 6
PASSAGES = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(st.floats(-1, 1), st.sets(st.integers(0, COUNT - 1), min_size=1)),
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
    assert of_documents(scores, documents, COUNT, least=least).tolist() == pytest.approx(
        plainly(scores, documents, least)
    )


@given(scores=st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), max_size=30), most=st.integers(1, 12))
def test_the_best_decisions_come_by_score_and_then_by_number(scores: list[float], most: int) -> None:
    wanted = sorted((number for number, score in enumerate(scores) if score > 0), key=lambda n: (-scores[n], n))[:most]
    assert best_of(np.asarray(scores), most) == wanted


def test_passages_of_equal_score_come_by_id() -> None:
    ranked = rank(np.asarray([1.0, 1.0]), {"b": 0.5, "a": 0.5}, {"a": [0, 1], "b": [0]})
    assert [one.passage for one in ranked] == ["a", "b"]
