"""Ablation by body: which features help to choose rightly in bodies that they were not fitted on.

Bodies are dealt into folds; weights fitted on the other folds choose among the candidates of a fold. A family
of features helps a body if fewer of its choices are right without it. One that helps fewer than two is to be removed.
Families that say the same hide each other: remove a few, then measure again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.judge.held_out import Examples, _held, _in_processes, fit
from bench.report import Value

FOLDS = 5
LEAST_BODIES = 2
_FAMILY = re.compile(r"[^:]*:[^=@|.]*|[^=@|.]+")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a family of features does to the choices of each body."""

    family: str
    seen: int  #: bodies in whose documents it occurs
    helped: tuple[str, ...]
    hurt: tuple[str, ...]
    gain: int  #: right choices more than without it, over all bodies

    @property
    def is_to_go(self) -> bool:
        """Return whether it helps too few bodies to be a rule of the form of documents."""
        return len(self.helped) < LEAST_BODIES


def family_of(feature: str) -> str:
    """Return the beginning that features of one kind share: "P:role" of "P:role=to|give.active"."""
    match = _FAMILY.match(feature)
    return match[0] if match else feature


def effects(examples: Examples, families: Sequence[str] = ()) -> list[Effect]:
    """Return what each family does, those that help fewest bodies first."""
    places = _places_by_family(examples)
    wanted = list(families) or sorted(places)
    slots = sorted({example.slot for example in examples})
    work = [(slot, "") for slot in slots]
    work += [(slot, family) for family in wanted for slot in sorted(places[family])]
    right = dict(zip(work, _in_processes(_right_by_body, work, {"examples": examples}), strict=True))
    found = [
        _effect(family, places[family], {slot: (right[slot, ""], right[slot, family]) for slot in places[family]})
        for family in wanted
    ]
    return sorted(found, key=lambda effect: (len(effect.helped), effect.gain))


def folds_of(bodies: Iterable[str]) -> list[frozenset[str]]:
    """Return the bodies dealt into folds, the same each time."""
    ordered = sorted(set(bodies))
    folds = [frozenset(ordered[start::FOLDS]) for start in range(FOLDS)]
    return [fold for fold in folds if fold]


def chosen_rightly(example: Any, weights: Any) -> bool:
    """Return whether the candidate that weighs most is a right one; of equal ones the first is chosen."""
    own = weights.of(example.slot)
    scores = [sum(own.get(feature, 0.0) for feature in candidate) for candidate in example.candidates]
    return bool(example.right[scores.index(max(scores))])


def rows_of(found: Sequence[Effect]) -> list[dict[str, Value]]:
    """Return the table of the effects."""
    return [
        {
            "features": effect.family,
            "bodies": effect.seen,
            "helped": len(effect.helped),
            "hurt": len(effect.hurt),
            "gain": effect.gain,
            "remove": "yes" if effect.is_to_go else "no gain" if effect.gain <= 0 else "",
        }
        for effect in found
    ]


def _right_by_body(item: tuple[str, str]) -> Counter[str]:
    """Return how many choices of a slot are right in each body, without a family of features or ("") with all."""
    slot, family = item
    examples: Examples = [example for example in _held["examples"] if example.slot == slot]
    right: Counter[str] = Counter()
    for fold in folds_of(example.body for example in examples):
        weights = fit(examples, leave_out=fold, without=[family] if family else ())
        for example in examples:
            if example.body in fold and any(example.right):
                right[example.body] += chosen_rightly(example, weights)
    return right


def _places_by_family(examples: Examples) -> dict[str, dict[str, set[str]]]:
    """Return the bodies of each family's examples, by slot."""
    places: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for example in examples:
        for family in {family_of(feature) for candidate in example.candidates for feature in candidate}:
            places[family][example.slot].add(example.body)
    return places


def _effect(family: str, places: dict[str, set[str]], right: dict[str, tuple[Counter[str], Counter[str]]]) -> Effect:
    gains: Counter[str] = Counter()
    for whole, without in right.values():
        gains.update(whole)
        gains.subtract(without)
    return Effect(
        family,
        seen=len(set().union(*places.values())),
        helped=tuple(sorted(body for body, gain in gains.items() if gain > 0)),
        hurt=tuple(sorted(body for body, gain in gains.items() if gain < 0)),
        gain=sum(gains.values()),
    )
