"""The nearest known question, its names masked, for wordings that the rules don't settle.

By sentence embedding where this process has the model loaded, and by words else: loading the model takes longer than
a question may.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from graph.ask.link import LinkedQuestion
from graph.ask.question import Asks
from graph.ask.words import stem
from graph.errors import InvalidReference
from graph.settings import Settings

if TYPE_CHECKING:
    from graph.search.embedding import Encoder

_PLACEHOLDER = {
    "org": "<organisation>",
    "prog": "<programme>",
    "place": "<place>",
    "area": "<place>",
    "fund": "<fund>",
    "year": "<year>",
    "cal": "<year>",
    "date": "<year>",
    "money": "<amount>",
    "ref": "<decision>",
}
_TOKEN = re.compile(r"\b(org|prog|place|area|fund|year|cal|date|money|ref)_\d+\b")
_WORD = re.compile(r"<\w+>|[a-z']+")
NEAR_BY_MODEL = 0.66
NEAR_BY_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Exemplar:
    """A masked question and its kind."""

    asks: Asks
    text: str


def masked_text(linked: LinkedQuestion) -> str:
    """The question with placeholders for what it names."""
    return _TOKEN.sub(lambda match: _PLACEHOLDER[match.group(1)], linked.masked)


@cache
def load_exemplars(file: Path) -> tuple[Exemplar, ...]:
    """Return the exemplars of a file.

    Raises:
        InvalidReference: The file cannot be read as exemplars; the message says where.
    """
    import yaml

    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8")) or []
        return tuple(Exemplar(Asks(entry["asks"]), str(text)) for entry in entries for text in entry["questions"])
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise InvalidReference(f"{file}: not a list of entries with 'asks' and 'questions': {error}") from error


def nearest(linked: LinkedQuestion, settings: Settings) -> tuple[Exemplar, float] | None:
    """Return the nearest exemplar with how near it is; None where none is near enough."""
    file = settings.data / "questions.yaml"
    if not file.is_file():
        return None
    exemplars = load_exemplars(file)
    text = masked_text(linked)
    encoder = _loaded_encoder(settings)
    if encoder is not None:
        scores, least = _by_model(text, exemplars, encoder), NEAR_BY_MODEL
    else:
        scores, least = [_by_words(text, exemplar.text) for exemplar in exemplars], NEAR_BY_WORDS
    if not scores:
        return None
    best = max(range(len(scores)), key=scores.__getitem__)
    return (exemplars[best], scores[best]) if scores[best] >= least else None


def _loaded_encoder(settings: Settings) -> Encoder | None:
    if "graph.search.embedding" not in sys.modules or "torch" not in sys.modules:
        return None
    from graph.search.embedding import load_encoder

    info = getattr(load_encoder, "cache_info", None)
    if info is None or not info().currsize:
        return None
    return load_encoder(settings)


_VECTORS: dict[tuple[Exemplar, ...], object] = {}


def _by_model(text: str, exemplars: tuple[Exemplar, ...], encoder: Encoder) -> list[float]:
    import numpy as np

    if exemplars not in _VECTORS:
        _VECTORS[exemplars] = encoder.encode([exemplar.text for exemplar in exemplars])
    vector = encoder.encode([text])[0]
    return [float(score) for score in np.asarray(_VECTORS[exemplars]) @ vector]


def _by_words(one: str, other: str) -> float:
    """The cosine of two questions' stems, names counting half."""
    a, b = _counted(one), _counted(other)
    dot = sum(weight * b[word] for word, weight in a.items())
    return dot / (_length(a) * _length(b)) if dot else 0.0


@cache
def _counted(text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word in _WORD.findall(text.lower()):
        counts[word if word.startswith("<") else stem(word)] = 1
    return Counter({word: 0.5 if word.startswith("<") else 1 for word in counts})


def _length(counts: Counter[str]) -> float:
    return math.sqrt(sum(weight * weight for weight in counts.values())) or 1.0
