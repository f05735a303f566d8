"""The confidence and band of a flow: from its signs and its slots' probabilities, calibrated on bodies left out."""

from __future__ import annotations

import bisect
import math
from dataclasses import replace

from graph.model import Band
from ingest.extract.account.account import Account
from ingest.extract.account.signs import Signs, log_odds
from ingest.extract.weights import Weights

ALWAYS = "always"  #: the sign that every flow has
PRODUCT = "product"  #: the log odds of the product of the slots' probabilities
LEAST = 0.0001  #: confidence of a flow, at least: no reading is impossible, and stores keep four digits alike
_MOST_ODDS = 30.0


def with_product(product: float, signs: Signs) -> Signs:
    """Return a flow's signs with two added: the log odds of the product of its slots' probabilities, and a constant."""
    return {**signs, PRODUCT: log_odds(product), ALWAYS: 1.0}


def raw_confidence(product: float, signs: Signs, weights: Weights) -> float:
    """Return the probability, before calibration, that a flow is right in every field.

    `product` is the product of the slots' probabilities; it is returned as it is if the weights have no signs.
    """
    if not weights.signs:
        return product
    score = sum(weights.signs.get(sign, 0.0) * value for sign, value in with_product(product, signs).items())
    return 1 / (1 + math.exp(-max(-_MOST_ODDS, min(score, _MOST_ODDS))))


def calibrated(raw: float, weights: Weights) -> float:
    """Return the share of flows with this raw confidence that were right when the weights were fitted, interpolated."""
    points = weights.calibration
    if not points:
        return raw
    place = bisect.bisect_left([stated for stated, _ in points], raw)
    if place == 0:
        return points[0][1]
    if place == len(points):
        return points[-1][1]
    (low, from_), (high, to) = points[place - 1], points[place]
    share = (raw - low) / (high - low) if high > low else 1.0
    return from_ + share * (to - from_)


def band_of(confidence: float, weights: Weights) -> Band:
    """Return the band (sure, likely, check) that a calibrated confidence lies in."""
    if confidence >= weights.bands.get("sure", 2.0):
        return Band.SURE
    return Band.LIKELY if confidence >= weights.bands.get("likely", 2.0) else Band.CHECK


def with_bands(account: Account, weights: Weights) -> Account:
    """Return an account whose flows have their calibrated confidence and their band.

    A flow is "to be checked" if a second reader reads one of its slots differently, whatever its confidence.
    """
    disputed = {identity for identity, heard in account.heard.items() if heard.differs}
    flows = []
    for flow in account.flows:
        measured = calibrated(raw_confidence(flow.confidence, account.signs[flow.id], weights), weights)
        confidence = max(LEAST, round(measured, 4))
        band = Band.CHECK if flow.id in disputed else band_of(confidence, weights)
        flows.append(replace(flow, confidence=confidence, band=band))
    return replace(account, flows=tuple(flows))
