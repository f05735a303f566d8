"""How sure a reading is: the probability of its slots, calibrated on bodies left out, its band and its doubts."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from graph.model import Alternative, Band, Doubt, Entity
from graph.parse.years import year_span
from ingest.extract.account.account import Account
from ingest.extract.slots.choice import Choice
from ingest.extract.statements.readings import Reading
from ingest.extract.weights import Weights

DOUBTFUL = 0.85  #: a slot whose value is less probable is in doubt
LEAST = 0.03  #: what is less probable is no alternative worth showing
_MOST_ALTERNATIVES = 3


def calibrated(raw: float, weights: Weights) -> float:
    """Return the share of right flows among those read with the raw probability, by the weights' calibration.

    Args:
        raw: the product of the slots' probabilities, 0 to 1.
    """
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
    """Return the band that a calibrated confidence lies in."""
    if confidence >= weights.bands.get("sure", 2.0):
        return Band.SURE
    return Band.LIKELY if confidence >= weights.bands.get("likely", 2.0) else Band.CHECK


def with_bands(account: Account, scale: Weights) -> Account:
    """Return an account whose flows have their calibrated confidence and its band.

    A flow that a second reader reads otherwise in some slot is to be checked, however probable it is.
    """
    disputed = {identity for identity, heard in account.heard.items() if heard.differs}
    flows = []
    for flow in account.flows:
        confidence = calibrated(flow.confidence, scale)
        band = Band.CHECK if flow.id in disputed else band_of(confidence, scale)
        flows.append(replace(flow, confidence=confidence, band=band))
    return replace(account, flows=tuple(flows))


def doubts_of(reading: Reading) -> tuple[Doubt, ...]:
    """Return the slots of a reading that may be wrong, the most doubtful first, each with its runners-up."""
    pairs = reading.parties
    found = [
        _doubt("funder", ((_name(pair.payer), share) for pair, share in pairs.ranked), _name(pairs.value.payer)),
        _doubt("recipient", ((_name(pair.payee), share) for pair, share in pairs.ranked), _name(pairs.value.payee)),
        _of("year", reading.years, lambda years: year_span(years)),
        _of("programme", reading.programme, lambda programmes: " and ".join(one.name for one in programmes)),
        _of("fund", reading.fund, _name),
    ]
    return tuple(sorted((one for one in found if one is not None), key=lambda doubt: doubt.probability))


def _of(slot: str, choice: Choice, words) -> Doubt | None:  # type: ignore[no-untyped-def, type-arg]
    return _doubt(slot, ((words(value), share) for value, share in choice.ranked), words(choice.value))


def _doubt(slot: str, ranked: Iterable[tuple[str, float]], value: str) -> Doubt | None:
    shares: defaultdict[str, float] = defaultdict(float)
    for name, share in ranked:
        shares[name] += share
    if shares[value] >= DOUBTFUL:
        return None
    others = sorted(((share, name) for name, share in shares.items() if name != value and share >= LEAST), reverse=True)
    alternatives = tuple(Alternative(name, round(share, 3)) for share, name in others[:_MOST_ALTERNATIVES])
    return Doubt(slot, value, round(shares[value], 3), alternatives)


def _name(entity: Entity | None) -> str:
    return entity.name if entity is not None else ""
