"""Fit the confidence of flows: the weight of each sign, learnt from flows read without their body's labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.extract.account.confidence import ALWAYS, calibrated, raw_confidence, with_product
from ingest.extract.weights import Weights
from ingest.fitting.calibrate import Point, curve_of, thresholds_of

if TYPE_CHECKING:
    import numpy as np

PENALTY = 1.0  #: holds every sign near nought, the base rate excepted
FEWEST = 15  #: a sign of fewer flows is left out
_FOLDS = 8  #: of bodies
_STEPS = 12


@dataclass(frozen=True, slots=True)
class ReadFlow:
    """A flow that was read with weights fitted without its body's labels, and whether all its fields are right."""

    body: str
    product: float  #: of its slots' probabilities
    signs: Mapping[str, float]
    is_right: bool


def fit_sureness(flows: Sequence[ReadFlow]) -> Weights:
    """Return the weights of signs, the calibration and the bands; the result has no weights of slots.

    The bands are measured on bodies left out of the fit of signs. A logistic regression is calibrated already, so there
    is a calibration curve only if no sign could be fitted.
    """
    points, signs = list(_left_out(flows)), fit_signs(flows)
    bare = Weights({}, () if signs else curve_of(points))
    bands = thresholds_of([(calibrated(stated, bare), right) for stated, right in points])
    return Weights({}, bare.calibration, bands, signs)


def _left_out(flows: Sequence[ReadFlow]) -> Iterator[Point]:
    """Yield (raw confidence, is right) of each flow, by signs fitted on the bodies of other folds."""
    fold_of = _folds(flows)
    for fold in range(_FOLDS):
        own = [flow for flow in flows if fold_of[flow.body] == fold]
        if own:
            weights = Weights({}, signs=fit_signs([flow for flow in flows if fold_of[flow.body] != fold]))
            yield from ((raw_confidence(flow.product, flow.signs, weights), flow.is_right) for flow in own)


def _folds(flows: Sequence[ReadFlow]) -> Mapping[str, int]:
    """Return the fold of each body: bodies with most flows first, each into the fold with the fewest flows."""
    sizes = [0] * _FOLDS
    found: dict[str, int] = {}
    for body, count in sorted(Counter(flow.body for flow in flows).items(), key=lambda pair: (-pair[1], pair[0])):
        found[body] = sizes.index(min(sizes))
        sizes[found[body]] += count
    return found


def fit_signs(flows: Sequence[ReadFlow]) -> Mapping[str, float]:
    """Return the weight of each sign in the log odds that a flow is right: a logistic regression with a penalty."""
    import numpy as np

    rows = [with_product(flow.product, flow.signs) for flow in flows]
    counted = Counter(sign for row in rows for sign, value in row.items() if value)
    names = sorted(sign for sign, count in counted.items() if count >= FEWEST and sign != ALWAYS)
    right = np.array([flow.is_right for flow in flows], dtype=float)
    if not names or right.min() == right.max():
        return {}
    matrix = np.array([[1.0, *(row.get(name, 0.0) for name in names)] for row in rows])
    found = _newton(matrix, right, np.array([1e-3] + [PENALTY] * len(names)))
    return {name: round(float(weight), 3) for name, weight in zip([ALWAYS, *names], found, strict=True)}


def _newton(
    matrix: np.ndarray[Any, Any], right: np.ndarray[Any, Any], penalty: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    import numpy as np

    weights = np.zeros(matrix.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (chance - right) + penalty * weights
        curvature = (matrix.T * (chance * (1 - chance))) @ matrix + np.diag(penalty)
        weights = weights - np.linalg.solve(curvature, slope)
    return weights
