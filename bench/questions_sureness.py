"""Fit how sure the likeliest answer to a question is: a forest over its signs and how it stands beside the others.

`bench/questions_rank.py` ranks answers and calls this, which learns from the first answer to each question, ranked by
weights that had not seen the question.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_extraction import DictVectorizer

from graph.ask.saying.sureness import Forest

#: the trees; without a bound of depth they come to three times the size and to one right answer more in a hundred
_TREES: Mapping[str, int] = {"n_estimators": 150, "min_samples_leaf": 5, "max_depth": 10, "random_state": 0}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer that would be given to a question, were it probable enough."""

    probability: float
    is_answer: bool
    is_right: bool
    can_be_answered: bool
    set: str = ""  #: of the question

    @property
    def is_error(self) -> bool:
        """Return True if it is given with confidence and wrong."""
        return self.is_answer and not self.is_right


@dataclass(frozen=True, slots=True)
class Likeliest:
    """The likeliest answer to a question, and the signs of how sure it is."""

    question: str  #: its key
    signs: Mapping[str, float]
    outcome: Outcome


def forest_of(likeliest: Sequence[Likeliest], *, counts: Callable[[str], float] = lambda _: 1.0) -> Forest:
    """Return the trees fitted to which of some answers are right; what is rightly declined teaches nothing.

    Args:
        likeliest: The answers.
        counts: How much a question of a set counts.
    """
    taught = [each for each in likeliest if each.outcome.is_answer or each.outcome.can_be_answered]
    columns = DictVectorizer(sparse=False)
    signs = columns.fit_transform([each.signs for each in taught])
    model = RandomForestClassifier(**_TREES)
    right = [each.outcome.is_right and each.outcome.can_be_answered for each in taught]
    model.fit(signs, right, sample_weight=[counts(each.outcome.set) for each in taught])
    trees = [tree.tree_ for tree in model.estimators_]
    starts: list[int] = np.cumsum([0, *(tree.node_count for tree in trees)])[:-1].tolist()
    return Forest(
        tuple(columns.get_feature_names_out()),
        _joined(trees, lambda tree, _: np.where(tree.children_left < 0, -1, tree.feature), starts),
        _joined(trees, lambda tree, _: tree.threshold.astype(np.float32), starts),
        _joined(trees, lambda tree, start: np.where(tree.children_left < 0, 0, tree.children_left + start), starts),
        _joined(trees, lambda tree, start: np.where(tree.children_left < 0, 0, tree.children_right + start), starts),
        _joined(trees, lambda tree, _: _share(tree, model.classes_.tolist()), starts),
        starts,
    )


def _share(tree: Any, classes: Sequence[bool]) -> Any:
    """The share of right answers at each node."""
    counts = tree.value[:, 0]
    right = counts[:, classes.index(True)] if True in classes else np.zeros(len(counts))
    return (right / counts.sum(axis=1)).astype(np.float16)


def _joined(trees: Sequence[Any], column: Callable[[Any, int], Any], starts: Sequence[int]) -> list[Any]:
    parts: list[Any] = np.concatenate([column(tree, start) for tree, start in zip(trees, starts, strict=True)]).tolist()
    return parts


def judged_by(forest: Forest, likeliest: Sequence[Likeliest]) -> list[Outcome]:
    """Return what would be answered, each with the probability that the trees give it."""
    return [replace(each.outcome, probability=forest.probability(each.signs)) for each in likeliest]


def judged_left_out(
    likeliest: Sequence[Likeliest], folds: Sequence[Collection[str]], *, counts: Callable[[str], float] = lambda _: 1.0
) -> list[Outcome]:
    """Return what would be answered by trees that are fitted on other questions, one part of them at a time."""
    found = []
    for out in folds:
        forest = forest_of([each for each in likeliest if each.question not in out], counts=counts)
        found += judged_by(forest, [each for each in likeliest if each.question in out])
    return found


def write_forest(forest: Forest, path: Path) -> None:
    """Write trees as `graph.ask.saying.sureness.load_forest` reads them."""
    np.savez_compressed(
        path, signs=np.array(forest.signs), sign=np.array(forest.sign, np.int8), most=np.array(forest.most, np.float32),
        left=np.array(forest.left, np.int32), right=np.array(forest.right, np.int32),
        value=np.array(forest.value, np.float16), roots=np.array(forest.roots, np.int32),
    )  # fmt: skip
