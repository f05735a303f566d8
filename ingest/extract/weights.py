"""The fitted weights of the extraction: one number for each feature of each slot, kept as readable JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from graph.errors import WhofundsError
from graph.settings import PROJECT

FILE = PROJECT / "data" / "reading" / "weights.json"
SLOTS = ("body", "standing", "parties", "status", "years", "programme", "fund", "award")


@dataclass(frozen=True)
class Weights:
    """Weights by slot and feature, and the weights of signs, the calibration and the bands of a flow's confidence."""

    slots: Mapping[str, Mapping[str, float]]
    calibration: tuple[tuple[float, float], ...] = ()  #: (stated, measured) points in rising order; empty: as stated
    bands: Mapping[str, float] = field(default_factory=dict)  #: least confidence of "sure" and of "likely"
    signs: Mapping[str, float] = field(default_factory=dict)  #: added to the log odds, by sign of a flow

    def of(self, slot: str) -> Mapping[str, float]:
        """Return the weights of a slot by feature; empty if the slot was not fitted."""
        return self.slots.get(slot, {})


@cache
def load_weights(file: Path = FILE) -> Weights:
    """Return the weights in a file.

    Raises:
        WhofundsError: The file is missing or is no JSON of weights.
    """
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
        curve = tuple(map(tuple, values["calibration"]))
        return Weights(values["slots"], curve, values["bands"], values.get("signs", {}))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WhofundsError(f"{file}: cannot be read ({error}); make it anew with `make weights`.") from error


def write_weights(weights: Weights, file: Path = FILE) -> Path:
    """Write weights as sorted, indented JSON, so that a change of one weight changes one line; return the file."""
    values = {
        "bands": dict(sorted(weights.bands.items())),
        "calibration": [list(point) for point in weights.calibration],
        "signs": dict(sorted(weights.signs.items())),
        "slots": {slot: dict(sorted(weights.of(slot).items())) for slot in sorted(weights.slots)},
    }
    file.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return file
