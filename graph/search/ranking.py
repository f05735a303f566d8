"""Joins several ways of searching: passages' scores become one score for each decision, and a ranking of passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OWN = 0.05  #: share of a passage's own place in its score; the rest is its decision's
SHARES = (1.0, 0.3, 0.1)  #: how much a decision's best, second and third passage count
MEANING, TERMS, WORDS = 1.0, 3.0, 2.0  #: how much each way of looking counts


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score."""

    passage: str
    score: float  #: 0 to 1


def of_documents(
    scores: Mapping[str, float], documents: Mapping[str, Sequence[int]], count: int, *, least: float | None = None
) -> NDArray[np.float64]:
    """Return one score for each decision, from its three best passages.

    Args:
        scores: The score of each passage, by passage id.
        documents: The numbers of the decisions in which a passage stands, by passage id.
        count: The number of decisions.
        least: The score of a passage that says nothing of the query; by default the lowest score of a decision.

    Returns:
        (count,) float64: 1 for the best decision; 0 for the lowest, and for decisions without a passage.
    """
    import numpy as np

    found: dict[int, list[float]] = defaultdict(list)
    for passage, score in scores.items():
        for document in documents[passage]:
            found[document].append(score)
    if not found:
        return np.zeros(count)
    means = {document: _mean_of_best(own) for document, own in found.items()}
    bottom = min(means.values()) if least is None else least
    result = np.zeros(count)
    for document, mean in means.items():
        result[document] = max(mean - bottom, 0.0)
    return spread(result)


def spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values scaled so that the highest is 1; all zeros stay zeros."""
    most = float(values.max(initial=0.0))
    return values / most if most else values


def _mean_of_best(scores: Sequence[float]) -> float:
    best = sorted(scores, reverse=True)[: len(SHARES)]
    return sum(a * b for a, b in zip(SHARES, best, strict=False)) / sum(SHARES[: len(best)])


def rank(
    decisions: NDArray[np.float64], own: Mapping[str, float], documents: Mapping[str, Sequence[int]]
) -> list[Ranked]:
    """Return passages, best first.

    A passage's score is mostly the mean of its decisions' scores, and partly its own. So the order is one of decisions,
    and passages that stand in all decisions come last.

    Args:
        decisions: The score of each decision, 0 to 1.
        own: The score of each passage, 0 to 1, by id; only these passages are ranked.
        documents: The numbers of the decisions in which a passage stands, by passage id.
    """
    return sorted(
        (
            Ranked(passage, OWN * score + (1 - OWN) * fmean(float(decisions[d]) for d in documents[passage]))
            for passage, score in own.items()
        ),
        key=lambda ranked: (-ranked.score, ranked.passage),
    )
