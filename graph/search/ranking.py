"""Joins several ways of searching: passages' scores become one score for each decision, and a ranking of passages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    #: the numbers of the decisions in which each passage stands, each once, by passage id
    Documents = Mapping[str, ArrayLike]

OWN = 0.05  #: share of a passage's own place in its score; the rest is its decision's
SHARES = (1.0, 0.3, 0.1)  #: how much a decision's best, second and third passage count
MEANING, TERMS, WORDS = 1.0, 3.0, 2.0  #: how much each way of looking counts


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score."""

    passage: str
    score: float  #: 0 to 1


def of_documents(
    scores: Mapping[str, float], documents: Documents, count: int, *, least: float | None = None
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

    shares, wholes = np.asarray(SHARES), np.cumsum(SHARES)
    sums, found = np.zeros(count), np.zeros(count, dtype=np.int8)
    for passage, score in sorted(scores.items(), key=lambda each: -each[1]):
        numbers = np.asarray(documents[passage])
        numbers = numbers[found[numbers] < len(SHARES)]
        sums[numbers] += shares[found[numbers]] * score
        found[numbers] += 1
    held = found.nonzero()[0]
    if not len(held):
        return sums
    means = sums[held] / wholes[found[held] - 1]
    result = np.zeros(count)
    result[held] = np.maximum(means - (means.min() if least is None else least), 0.0)
    return spread(result)


def spread(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the values scaled so that the highest is 1; all zeros stay zeros."""
    most = float(values.max(initial=0.0))
    return values / most if most else values


def best_of(decisions: NDArray[np.float64], most: int) -> list[int]:
    """Return the numbers of the decisions with the highest scores above 0, best first, equal ones by number."""
    import numpy as np

    above = decisions.nonzero()[0]
    if len(above) > most:
        least = np.partition(decisions[above], -most)[-most]
        above = above[decisions[above] >= least]
    numbers: list[int] = above[np.argsort(-decisions[above], kind="stable")][:most].tolist()
    return numbers


def rank(decisions: NDArray[np.float64], own: Mapping[str, float], documents: Documents) -> list[Ranked]:
    """Return passages, best first.

    A passage's score is mostly the mean of its decisions' scores, and partly its own. So the order is one of decisions,
    and passages that stand in all decisions come last.

    Args:
        decisions: The score of each decision, 0 to 1.
        own: The score of each passage, 0 to 1, by id; only these passages are ranked.
        documents: The numbers of the decisions in which a passage stands, by passage id.
    """
    import numpy as np

    means = (float(decisions[np.asarray(documents[passage])].mean()) for passage in own)
    ranked = (Ranked(id, OWN * own[id] + (1 - OWN) * mean) for id, mean in zip(own, means, strict=True))
    return sorted(ranked, key=lambda one: (-one.score, one.passage))
