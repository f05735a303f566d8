"""Confidence measured on bodies left out: each body's flows are calibrated by those of all others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bench.judge.reading import Judged
from ingest.extract.confidence import band_of, calibrated
from ingest.extract.weights import Weights
from ingest.fitting.calibrate import Point, curve_of, thresholds_of
from ingest.labels.compare import Flow, FlowComparison


def points_of(results: Iterable[Judged]) -> list[Point]:
    """Return the confidence and the rightness of every flow that counts for or against the reader."""
    found: list[Point] = []
    for judged in results:
        flows = judged.flows
        found += [(float(pair.flow["confidence"]), pair.is_right) for pair in flows.found]
        found += [(float(flow["confidence"]), False) for flow in flows.extra]
        found += [(float(flow["confidence"]), False) for flow, _ in flows.overstated]
    return found


def calibration_of(results: Iterable[Judged]) -> Weights:
    """Return weights that hold the calibration of raw readings, and nothing else."""
    points = points_of(results)
    curve = curve_of(points)
    bare = Weights({}, curve)
    bands = thresholds_of([(calibrated(stated, bare), right) for stated, right in points])
    return Weights({}, curve, bands)


def calibrated_without_own_body(results: Sequence[Judged]) -> list[Judged]:
    """Return raw readings with the confidence and band that the readings of all other bodies give them."""
    bodies = {judged.document.body for judged in results}
    by_body = {body: calibration_of(judged for judged in results if judged.document.body != body) for body in bodies}
    return [replace(judged, flows=_recalibrated(judged.flows, by_body[judged.document.body])) for judged in results]


def _recalibrated(flows: FlowComparison, weights: Weights) -> FlowComparison:
    def anew(flow: Flow) -> Flow:
        confidence = calibrated(float(flow["confidence"]), weights)
        return {**flow, "confidence": confidence, "band": str(band_of(confidence, weights))}

    return with_flows(flows, anew)


def with_flows(flows: FlowComparison, anew: Callable[[Flow], Flow]) -> FlowComparison:
    """Return a comparison whose flows that count for or against the reader are made anew."""
    return replace(
        flows,
        found=tuple(replace(pair, flow=anew(pair.flow)) for pair in flows.found),
        extra=tuple(map(anew, flows.extra)),
        overstated=tuple((anew(flow), row) for flow, row in flows.overstated),
    )
