"""Calibration: the share of right flows at each raw confidence, measured on bodies that were left out of fitting."""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, bool]  #: the raw probability of a flow, and whether it was right
SURE, LIKELY = 0.95, 0.75  #: the share of right flows that each band promises
FEWEST = 20  #: flows that a step of the curve, or a band, rests on
NEVER = 2.0  #: a threshold that no confidence reaches
_STEP = 10_000
_ROOM = 0.5  #: standard errors that a share lies above its promise
_CHANCE = 2.3  #: n flows that are all right bear a promise of 1 - 2.3 / n, nine times in ten


def curve_of(points: Sequence[Point]) -> tuple[tuple[float, float], ...]:
    """Return the rising curve of points (raw confidence, share of right flows), by isotonic regression.

    Neighbours are pooled, at least FEWEST points to a step.
    """
    steps: list[list[float]] = []  # stated sum, right ones, count
    for stated, right in sorted(points):
        steps.append([stated, float(right), 1.0])
        while len(steps) > 1 and (steps[-1][1] / steps[-1][2] <= steps[-2][1] / steps[-2][2] or steps[-2][2] < FEWEST):
            last = steps.pop()
            steps[-1] = [one + other for one, other in zip(steps[-1], last, strict=True)]
    if len(steps) > 1 and steps[-1][2] < FEWEST:
        last = steps.pop()
        steps[-1] = [one + other for one, other in zip(steps[-1], last, strict=True)]
    return tuple((round(stated / count, 4), round((right + 0.5) / (count + 1), 4)) for stated, right, count in steps)


def thresholds_of(confident: Sequence[Point]) -> dict[str, float]:
    """Return the lowest confidence of each band, so that the promised share of the band's flows is right.

    The share must exceed the promise by half a standard error, since bodies never seen are read slightly worse. A band
    for which no threshold keeps the promise stays empty: its threshold is above 1.
    """
    found: dict[str, float] = {}
    ceiling = NEVER
    for band, promise in (("sure", SURE), ("likely", LIKELY)):
        inside = sorted((point for point in confident if point[0] < ceiling), reverse=True)
        found[band] = _least(inside, promise)
        ceiling = min(ceiling, found[band])
    return found


def _least(falling: Sequence[Point], promise: float) -> float:
    """Return the lowest confidence at which the promise is kept; flows of equal confidence are kept together."""
    least, right = NEVER, 0
    fewest = max(FEWEST, _CHANCE / (1 - promise))
    for count, (stated, is_right) in enumerate(falling, start=1):
        right += is_right
        is_last = count == len(falling) or falling[count][0] < stated
        room = _ROOM * math.sqrt(promise * (1 - promise) / count)
        if is_last and count >= fewest and right / count >= promise + room:
            least = math.floor(stated * _STEP) / _STEP  # downwards: the flows that it rests on are of the band
    return least
