"""The choice of a slot's value: candidates are scored by fitted weights, and the scores become probabilities."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Option(Generic[Value]):
    """One candidate for a slot, with the features that speak for or against it."""

    value: Value
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """The candidates of a slot, most probable first; probabilities add up to one."""

    ranked: tuple[tuple[Value, float], ...]
    grounds: tuple[str, ...] = field(default=(), compare=False)  #: the features of the first, where it was scored

    @property
    def value(self) -> Value:
        """The most probable candidate."""
        return self.ranked[0][0]

    @property
    def probability(self) -> float:
        """The probability of the most probable candidate, 0 to 1."""
        return self.ranked[0][1]


def choose(options: Sequence[Option[Value]], weights: Mapping[str, float]) -> Choice[Value]:
    """Return the options ranked by the sum of their features' weights; options of equal score keep their order."""
    scores = [sum(weights.get(feature, 0.0) for feature in option.features) for option in options]
    highest = max(scores)
    exponents = [math.exp(score - highest) for score in scores]
    total = sum(exponents)
    order = sorted(range(len(options)), key=lambda index: -scores[index])
    ranked = tuple((options[index].value, exponents[index] / total) for index in order)
    return Choice(ranked, options[order[0]].features)
