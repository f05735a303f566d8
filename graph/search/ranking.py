"""Joins several ways of searching: passages' scores become one score for each decision, and a ranking of passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    #: the decisions in which passages stand, passage after passage, and for each the position of its passage
    Places = tuple[NDArray[np.int32], NDArray[np.int64]]

OWN = 0.05  #: share of a passage's own place in its score; the rest is its decision's
SHARES = (1.0, 0.3, 0.1)  #: how much a decision's best, second and third passage count
MEANING, TERMS, WORDS = 1.0, 3.0, 2.0  #: how much each way of looking counts


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score."""

    row: int
    score: float  #: 0 to 1


class Found(NamedTuple):
    """Passages that one way of searching found, best first."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]


def no_passages() -> Found:
    """Return what a way of searching finds that is not asked."""
    import numpy as np

    return Found(np.zeros(0, dtype=np.int64), np.zeros(0))


def of_documents(
    scores: NDArray[np.float64], decisions: Places, count: int, *, least: float | None = None
) -> NDArray[np.float64]:
    """Return one score for each decision, from its three best passages.

    Args:
        scores: The score of each passage, highest first.
        decisions: Where the passages stand.
        count: The number of decisions.
        least: The score of a passage that says nothing of the query; by default the lowest score of a decision.

    Returns:
        (count,) float64: 1 for the best decision; 0 for the lowest, and for decisions without a passage.
    """
    import numpy as np

    numbers, passages = decisions
    sums, wholes, first = np.zeros(count), np.zeros(count), np.zeros(count, dtype=np.int64)
    for share in SHARES:
        at = np.arange(len(numbers))
        first[numbers[::-1]] = at[::-1]  # of several places of one decision the last that is assigned stays: its best
        best = first[numbers] == at
        sums[numbers[best]] += share * scores[passages[best]]
        wholes[numbers[best]] += share
        numbers, passages = numbers[~best], passages[~best]
    held = wholes.nonzero()[0]
    if not len(held):
        return sums
    means = sums[held] / wholes[held]
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
    above = above[candidates(decisions[above], most)]
    numbers: list[int] = above[np.argsort(-decisions[above], kind="stable")][:most].tolist()
    return numbers


def of_passages(decisions: NDArray[np.float64], own: NDArray[np.float64], places: Places) -> NDArray[np.float64]:
    """Return the score of each passage, 0 to 1.

    It is mostly the mean of its decisions' scores, and partly its own. So the order is one of decisions, and passages
    that stand in all decisions come last.

    Args:
        decisions: The score of each decision, 0 to 1.
        own: The score of each passage by itself, 0 to 1.
        places: Where the passages stand, each in one decision or more.
    """
    import numpy as np

    numbers, owners = places
    sums = np.bincount(owners, weights=decisions[numbers], minlength=len(own))
    scores: NDArray[np.float64] = OWN * own + (1 - OWN) * sums / np.bincount(owners, minlength=len(own))
    return scores


def candidates(scores: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Return the positions of the highest scores, in no order: so many, and those that equal the last of them."""
    import numpy as np

    least = np.partition(scores, -most)[-most] if len(scores) > most else -np.inf
    return np.flatnonzero(scores >= least)


def rank(scores: NDArray[np.float64], rows: NDArray[np.int64], ids: Sequence[str]) -> list[Ranked]:
    """Return the passages in some rows, best first, equal ones by id."""
    ranked = sorted(zip((-scores).tolist(), ids, rows.tolist(), strict=True))
    return [Ranked(row, -score) for score, _, row in ranked]
