"""How sure the likeliest answer to a question is: by its own signs, and by how it stands beside the others.

What ranks answers weighs each by itself. Whether the first is right depends on more: how far the next is behind, if the
others come to the same figure, and which signs go together. So a forest of decision trees judges the first;
`bench/questions_sureness.py` fits it on questions with known answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from graph.ask.result import Value
from graph.errors import InvalidReference

FILE = "asking/sureness.npz"
ITEMS = 8  #: items by which two answers are compared
_LEAF = -1

Figure = tuple[object, ...]


class Ranked(NamedTuple):
    """What of a ranked answer tells how the first one stands beside the others."""

    probability: float  #: by its own signs
    is_quote: bool
    figure: Figure  #: as `figure_of` returns it


def figure_of(value: Value, items: Sequence[str]) -> Figure:
    """Return what an answer says, to be compared with another: its figures and the labels of its first items."""
    return value.amount, value.count, value.date, value.percent, *items[:ITEMS]


def signs_beside(ranked: Sequence[Ranked]) -> dict[str, float]:
    """Return how the first of some answers stands beside the others, by name; each is 0 to 1.

    Args:
        ranked: At least one answer, the most probable first.
    """
    first, *others = ranked
    differing = max((each.probability for each in others if each.figure != first.figure), default=0.0)
    alike = sum(each.probability for each in ranked if each.figure == first.figure)
    return {
        "probability": first.probability,
        "second": max((each.probability for each in others), default=0.0),
        "differing": differing,
        "ahead": first.probability - differing,
        "alike": alike / (sum(each.probability for each in ranked) or 1.0),
        "quote": max((each.probability for each in ranked if each.is_quote), default=0.0),
        "form": max((each.probability for each in ranked if not each.is_quote), default=0.0),
        "is quote": float(first.is_quote),
    }


def by_itself(signs: Mapping[str, float]) -> dict[str, float]:
    """Return an answer's own signs without that of its sort, by which a tree would learn single questions by heart."""
    return {name: value for name, value in signs.items() if not name.startswith("form ")}


@dataclass(frozen=True, slots=True)
class Forest:
    """Fitted trees, their nodes in one row; a node without a sign is a leaf."""

    signs: tuple[str, ...]
    sign: Sequence[int]  #: of each node: the number of its sign, or -1
    most: Sequence[float]  #: of each node: up to which value the way goes left, else right
    left: Sequence[int]  #: of each node: the node to the left
    right: Sequence[int]
    value: Sequence[float]  #: of each node: the share of right answers among those that came to it, 0 to 1
    roots: Sequence[int]

    def probability(self, signs: Mapping[str, float]) -> float:
        """Return the probability that an answer with these signs is right, 0 to 1; a sign that is missing is 0."""
        row = [signs.get(name, 0.0) for name in self.signs]
        return sum(self._reached(root, row) for root in self.roots) / len(self.roots)

    def _reached(self, node: int, row: Sequence[float]) -> float:
        while (sign := self.sign[node]) != _LEAF:
            node = self.left[node] if row[sign] <= self.most[node] else self.right[node]
        return self.value[node]


@cache
def load_forest(data: Path) -> Forest:
    """Return the fitted trees.

    Raises:
        InvalidReference: The file is missing or cannot be read.
    """
    import numpy as np

    try:
        with np.load(data / FILE, allow_pickle=False) as file:
            columns = {name: file[name].tolist() for name in ("sign", "most", "left", "right", "value", "roots")}
            return Forest(tuple(file["signs"].tolist()), **columns)
    except (OSError, ValueError, KeyError) as error:
        raise InvalidReference(f"{data / FILE}: cannot be read ({error}); run `make question-weights`") from error
