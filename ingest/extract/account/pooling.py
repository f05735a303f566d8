"""Combine several readings of the same money, and measure how well two readings agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import product
from typing import TypeVar

from graph.model import Entity, FlowStatus
from ingest.extract.choice import Choice
from ingest.extract.slots.parties import Pair
from ingest.extract.slots.programmes import Programmes
from ingest.extract.slots.standing import Standing
from ingest.extract.slots.years import Years

Value = TypeVar("Value")
Payees = Mapping[Entity | None, float]  #: how probable each payee of a reading is
Likeness = Callable[[Value, Value], float]  #: (what is true, what was read) -> how likely such a reading is, 0 to 1

_LEAST = 0.004  #: candidates below it are left out
_COMPARED = 6  #: candidates of a slot that are looked at where two sums are compared
_DIFFERS = 0.02  #: a reading that says another thing
_LIKELY = 0.1
_OPEN = 0.35  #: a reading that leaves open what is true


def agreement(one: Choice[Value], other: Choice[Value], likeness: Likeness[Value], more: Iterable[Value] = ()) -> float:
    """Return how well two readings agree, 0 to 1: the chance that both are of one thing against that of two things.

    `more` are values to consider besides the candidates of the two readings.
    """
    short = [Choice(choice.ranked[:_COMPARED]) for choice in (one, other)]
    values = list(dict.fromkeys([*_values(short), *more]))
    both = [_scores(choice, values, likeness) for choice in short]
    together = max(left * right for left, right in zip(*both, strict=True))
    return float(together / (max(both[0]) * max(both[1])))


def most_agreement(payees: Payees, others: Payees) -> float:
    """Return an upper bound of `agreement` for the parties of two readings; quick, since it only uses their payees."""
    likely, other_likely = (
        [payee for payee, chance in each.items() if payee is not None and chance > _LIKELY] for each in (payees, others)
    )
    if any(one != other and are_kin(one, other) for one in likely for other in other_likely):
        return 1.0
    together = max(_chance(payees, true) * _chance(others, true) for true in {*payees, *others})
    return together / (max(payees.values()) * max(others.values()))


def _chance(payees: Payees, true: Entity | None) -> float:
    return payees.get(true, 0.0) + (payees.get(None, 0.0) * _OPEN if true is not None else 0.0) + _DIFFERS


def pooled(
    choices: Sequence[Choice[Value]], likeness: Likeness[Value], trust: Sequence[float], more: Iterable[Value] = ()
) -> Choice[Value]:
    """Return the choice that several readings of one thing give together; a single reading is returned unchanged.

    Args:
        choices: The readings.
        likeness: How likely a value is read if another is true.
        trust: The weight of each reading, 0 to 1.
        more: Values to consider besides the candidates of the readings.
    """
    if len(choices) == 1:
        return choices[0]
    values = list(dict.fromkeys([*_values(choices), *more]))
    scores = [1.0] * len(values)
    for choice, weight in zip(choices, trust, strict=True):
        scores = [score * own**weight for score, own in zip(scores, _scores(choice, values, likeness), strict=True)]
    total = sum(scores)
    order = sorted(range(len(values)), key=lambda index: -scores[index])
    return Choice(tuple((values[index], scores[index] / total) for index in order))


def _values(choices: Sequence[Choice[Value]]) -> list[Value]:
    return list(dict.fromkeys(value for choice in choices for value, chance in choice.ranked[:12] if chance >= _LEAST))


def _scores(choice: Choice[Value], values: Sequence[Value], likeness: Likeness[Value]) -> list[float]:
    ranked = [(value, chance) for value, chance in choice.ranked if chance >= _LEAST]
    return [sum(chance * likeness(true, read) for read, chance in ranked) for true in values]


def pairs_of(choices: Sequence[Choice[Pair]]) -> list[Pair]:
    """Return every combination of the best payers and payees; one statement may name the payer, another the payee."""
    best = [pair for choice in choices for pair, chance in choice.ranked[:3] if chance > 0.1]
    payers, payees = dict.fromkeys(pair.payer for pair in best), dict.fromkeys(pair.payee for pair in best)
    return [Pair(payer, payee) for payer, payee in product(payers, payees) if payer is None or payer != payee]


def likeness_of_pairs(true: Pair, read: Pair) -> float:
    """Return the likelihood, 0 to 1, of reading one pair of parties if another is true.

    An open party may stand for any organisation; a named party stands for itself or a relative of its name.
    """
    return _party(true.payer, read.payer) * _party(true.payee, read.payee)


def _party(true: Entity | None, read: Entity | None) -> float:
    if true is read or true == read:
        return 1.0
    if read is None:
        return _OPEN
    return 0.6 if true is not None and are_kin(true, read) else _DIFFERS


@cache
def are_kin(one: Entity, other: Entity) -> bool:
    """Return True if one name begins or ends with the other, as "X Council Youth Service" does with "X Council"."""
    short, long = sorted((one.name.casefold(), other.name.casefold()), key=len)
    return " " in short and (long.startswith(short + " ") or long.endswith(" " + short))


def likeness_of_years(true: Years, read: Years) -> float:
    """Return the likelihood of reading some years if others are true; too many years are read rather than too few."""
    if true == read:
        return 1.0
    if not read:
        return 0.6
    if not true:
        return 0.1
    return 0.4 if set(true) < set(read) else 0.15 if set(read) < set(true) else _DIFFERS


def likeness_of_programmes(true: Programmes, read: Programmes) -> float:
    """Return the likelihood of reading some programmes if others are true; one programme can be named in many ways."""
    if true == read:
        return 1.0
    return 0.5 if not read or not true or set(true) & set(read) else 0.25


def likeness_of_funds(true: Entity | None, read: Entity | None) -> float:
    """Return the likelihood, 0 to 1, of reading a fund if another is true."""
    return 1.0 if true == read else _OPEN if read is None else 0.2


def likeness_of_standings(true: Standing, read: Standing) -> float:
    """Return the likelihood of reading a sum's standing if another is true; awards are mentioned in passing too."""
    return 1.0 if true == read else 0.4 if true is Standing.FLOW else 0.1


#: (what is true, what was read): a condition that one statement names holds; what was asked for may be awarded since
_STATUS_READ = {
    (FlowStatus.PROVISIONAL, FlowStatus.APPROVED): 0.6,
    (FlowStatus.APPROVED, FlowStatus.PROPOSED): 0.6,
    (FlowStatus.UNSUCCESSFUL, FlowStatus.PROPOSED): 0.6,
}


def likeness_of_statuses(true: FlowStatus, read: FlowStatus) -> float:
    """Return the likelihood, 0 to 1, of reading a status if another is true."""
    return 1.0 if true is read else _STATUS_READ.get((true, read), 0.1)
