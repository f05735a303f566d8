"""Fit weights to examples: for each slot, a conditional logit over its candidates with a penalty on large weights."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ingest.extract.weights import SLOTS, Weights
from ingest.extract.words.lexicon import load_lexicon
from ingest.fitting.examples import Example

if TYPE_CHECKING:
    import numpy as np

RARE = 3  #: a feature seen in fewer examples is left out
PENALTY = {
    "body": 4.0, "standing": 8.0, "parties": 4.0, "status": 36.0, "years": 4.0, "programme": 12.0, "fund": 3.0,
    "award": 12.0,
}  # fmt: skip


def fit_weights(
    examples: Sequence[Example], *, without: Collection[str] = (), leave_out: Collection[str] = ()
) -> Weights:
    """Return the weights that make the right candidates of the examples most probable.

    Args:
        examples: Examples of any documents.
        without: Features, or beginnings of features, to leave out (ablation).
        leave_out: Bodies whose examples are not used.
    """
    used = [one for one in examples if one.body not in leave_out]
    return Weights(
        {slot: fit_slot([one for one in used if one.slot == slot], PENALTY[slot], without) for slot in SLOTS}
    )


def body_weights_left_out(examples: Sequence[Example], folds: int = 5) -> dict[str, Weights]:
    """Return, for each document, weights for the choice of its body that were fitted without its body's documents.

    Its body is then chosen as it would be for a body never seen, with the same errors.
    """
    order = sorted({one.body for one in examples})
    found: dict[str, Weights] = {}
    for number in range(folds):
        out = set(order[number::folds])
        kept = [one for one in examples if one.body not in out]
        weights = Weights({"body": fit_slot(kept, PENALTY["body"], ())})
        found |= {one.document: weights for one in examples if one.body in out}
    return found


def fit_slot(
    examples: Sequence[Example], penalty: float, without: Collection[str], priors: Mapping[str, float] | None = None
) -> Mapping[str, float]:
    """Return the weights of one slot: those that maximise the penalised likelihood of choosing a right candidate."""
    import numpy as np

    priors = load_lexicon().priors.get(examples[0].slot, {}) if priors is None and examples else priors or {}
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    aims = [(one, one.taught or one.right) for one in examples]
    usable = [(one, aim) for one, aim in aims if any(aim) and not all(aim)]
    counted: Counter[str] = Counter()
    bodies: dict[str, set[str]] = defaultdict(set)
    for one, _ in usable:
        for feature in {feature for candidate in one.candidates for feature in candidate}:
            counted[feature] += 1
            bodies[feature].add(one.body)
    left_out = tuple(without) or ("\0",)
    names = sorted(
        feature
        for feature, count in counted.items()
        if count >= RARE and len(bodies[feature]) > 1 and not feature.startswith(left_out)
    )
    if not usable or not names:
        return {}
    place = {name: index for index, name in enumerate(names)}
    columns: list[int] = []
    starts = [0]
    bounds = [0]
    right: list[bool] = []
    for one, aim in usable:
        for candidate, is_right in zip(one.candidates, aim, strict=True):
            columns.extend(place[feature] for feature in candidate if feature in place)
            starts.append(len(columns))
            right.append(is_right)
        bounds.append(len(right))
    matrix = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(right), len(names)))
    good = np.array(right)
    edges = np.array(bounds[:-1])
    owner = np.repeat(np.arange(len(usable)), np.diff(bounds))

    start = np.array([priors.get(name, 0.0) for name in names])
    trust = np.array([one.weight for one, _ in usable])

    def loss(weights: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        scores = matrix @ weights
        scores -= np.maximum.reduceat(scores, edges)[owner]
        shares = np.exp(scores)
        whole = np.add.reduceat(shares, edges)
        chosen = np.add.reduceat(np.where(good, shares, 0.0), edges)
        value = -(trust * np.log(chosen / whole)).sum() + 0.5 * penalty * ((weights - start) ** 2).sum()
        slope = matrix.T @ (trust[owner] * (shares / whole[owner] - np.where(good, shares, 0.0) / chosen[owner]))
        slope += penalty * (weights - start)
        return float(value), slope

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200, "ftol": 1e-6})
    fitted = {name: round(float(weight), 3) for name, weight in zip(names, found.x, strict=True)}
    return {name: weight for name, weight in {**priors, **fitted}.items() if abs(weight) > 0.005}
