"""Confidence measured on bodies left out: each body's flows are judged by what those of all others teach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from bench.judge.reading import Judged
from graph.model import Band
from ingest.extract.account.confidence import band_of, calibrated, raw_confidence
from ingest.extract.weights import Weights
from ingest.fitting.calibrate import LIKELY, NEVER, SURE
from ingest.fitting.sureness import ReadFlow, fit_sureness
from ingest.labels.compare import Flow, FlowComparison

SURE_BAND, LIKELY_BAND = str(Band.SURE), str(Band.LIKELY)


def read_flows_of(results: Iterable[Judged]) -> list[ReadFlow]:
    """Return every flow of raw readings that counts for or against the reader."""
    return [
        ReadFlow(judged.document.body, float(flow["confidence"]), flow.get("signs", {}), is_right)
        for judged in results
        for flow, is_right in _counting(judged.flows)
    ]


def _counting(flows: FlowComparison) -> Iterator[tuple[Flow, bool]]:
    """Yield the flows of a document that count, each with whether it is right."""
    yield from ((pair.flow, pair.is_right) for pair in flows.found)
    yield from ((flow, False) for flow in flows.extra)
    yield from ((flow, False) for flow, _ in flows.overstated)


def calibration_of(results: Iterable[Judged]) -> Weights:
    """Return what raw readings teach of confidence: the weights of signs, the calibration and the bands."""
    return fit_sureness(read_flows_of(results))


def calibrated_without_own_body(results: Sequence[Judged]) -> list[Judged]:
    """Return raw readings with the confidence and band that the readings of all other bodies give them."""
    bodies = {judged.document.body for judged in results}
    by_body = {body: calibration_of(judged for judged in results if judged.document.body != body) for body in bodies}
    return [replace(judged, flows=_recalibrated(judged.flows, by_body[judged.document.body])) for judged in results]


def with_bands_kept(weights: Weights, left_out: Iterable[Judged]) -> Weights:
    """Return weights without the bands that broke their promise on flows whose own body had no part in setting them."""
    of_band: dict[str, list[bool]] = defaultdict(list)
    for judged in left_out:
        for flow, is_right in _counting(judged.flows):
            of_band[flow["band"]].append(is_right)
    bands = dict(weights.bands)
    for band, promise in ((SURE_BAND, SURE), (LIKELY_BAND, LIKELY)):
        right = of_band[band]
        if not right or sum(right) < promise * len(right):
            bands[band] = NEVER
    return replace(weights, bands=bands)


def confidence_of(flow: Flow, weights: Weights) -> float:
    """Return the confidence that weights give a flow of a raw reading."""
    return calibrated(raw_confidence(float(flow["confidence"]), flow.get("signs", {}), weights), weights)


def _recalibrated(flows: FlowComparison, weights: Weights) -> FlowComparison:
    def anew(flow: Flow) -> Flow:
        confidence = confidence_of(flow, weights)
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
