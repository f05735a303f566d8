"""How far a second reader's opinion is to be trusted: figures that `make judge` measured, by model.

Nothing is known about a model that was not measured; its opinions then change no confidence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from graph.errors import WhofundsError
from graph.settings import PROJECT
from ingest.extract.weights import Weights

FILE = PROJECT / "data" / "reading" / "second_reader.json"
SLOTS = ("standing", "funder", "recipient", "status", "year", "programme", "fund")


@dataclass(frozen=True)
class Measured:
    """By slot, the share of first readings that were right; also the calibration and bands that follow from these."""

    agrees: Mapping[str, float] = field(default_factory=dict)  #: where the second reader agrees
    differs: Mapping[str, float] = field(default_factory=dict)  #: where it reads otherwise
    calibration: tuple[tuple[float, float], ...] = ()
    bands: Mapping[str, float] = field(default_factory=dict)
    signs: Mapping[str, float] = field(default_factory=dict)

    def confidence_weights(self, weights: Weights) -> Weights:
        """Return the weights for the confidence of flows that a second reader has seen.

        The weights given are returned if nothing was measured with its model.
        """
        if not self.calibration and not self.signs:
            return weights
        return Weights({}, self.calibration, self.bands, self.signs)


NEUTRAL = Measured()  #: nothing is measured, so agreement changes nothing


@cache
def load_measured(name: str, file: Path = FILE) -> Measured:
    """Return what was measured with the model of this name; NEUTRAL if nothing was.

    Raises:
        WhofundsError: The file is missing or is not JSON of such figures.
    """
    try:
        values = _models(file).get(name)
        if values is None:
            return NEUTRAL
        agrees, differs = ({slot: float(share) for slot, share in values[way].items()} for way in ("agrees", "differs"))
        if not all(0 <= share <= 1 for share in (*agrees.values(), *differs.values())):
            raise ValueError("a share is not between 0 and 1")
        points = tuple((float(stated), float(right)) for stated, right in values["calibration"])
        bands = {band: float(least) for band, least in values["bands"].items()}
        signs = {sign: float(weight) for sign, weight in values.get("signs", {}).items()}
        return Measured(agrees, differs, points, bands, signs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WhofundsError(
            f"{file}: cannot be read ({error}); make it anew with `make judge READER=address JUDGE_OPTIONS=--fit`."
        ) from error


def write_measured(name: str, measured: Measured, file: Path = FILE) -> Path:
    """Write what was measured with a model into the file, beside the figures of other models; return the file."""
    models = _models(file) if file.is_file() else {}
    models[name] = {
        "agrees": dict(sorted(measured.agrees.items())),
        "bands": dict(sorted(measured.bands.items())),
        "calibration": [list(point) for point in measured.calibration],
        "differs": dict(sorted(measured.differs.items())),
        "signs": dict(sorted(measured.signs.items())),
    }
    text = json.dumps({"models": dict(sorted(models.items()))}, indent=1, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")
    return file


def _models(file: Path) -> dict[str, Any]:
    models = json.loads(file.read_text(encoding="utf-8"))["models"]
    if not isinstance(models, dict):
        raise ValueError("no figures by model")
    return models
