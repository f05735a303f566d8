"""Calibration: which share of flows is right at each stated probability, from readings of bodies left out."""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[float, bool]  #: the raw probability of a flow, and whether it was right
SURE, LIKELY = 0.95, 0.75  #: the share of right flows that each band promises
FEWEST = 20  #: flows that a step of the curve rests on


def curve_of(points: Sequence[Point]) -> tuple[tuple[float, float], ...]:
    """Return the rising curve of (stated, measured) that fits the points best: pooled neighbours, smoothed for few."""
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
    """Return the least calibrated confidence of each band: above it, the promised share of flows is right.

    A band for which no threshold keeps the promise is empty: its threshold is above one.
    """
    found: dict[str, float] = {}
    ceiling = 2.0
    for band, promise in (("sure", SURE), ("likely", LIKELY)):
        best = 2.0
        inside = [point for point in confident if point[0] < ceiling]
        for least in sorted({round(stated, 3) for stated, _ in inside}, reverse=True):
            above = [right for stated, right in inside if stated >= least]
            if len(above) >= FEWEST and sum(above) / len(above) >= promise:
                best = least
        found[band] = best
        ceiling = min(ceiling, best)
    return found
