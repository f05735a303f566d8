"""A second reader's opinion on a flow, and the confidence that follows from it. No value of the flow changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.model import FlowStatus
from ingest.extract.account.measured import NEUTRAL, Measured
from ingest.extract.account.money import Money
from ingest.extract.choice import Choice
from ingest.extract.slots.opinions import Opinion
from ingest.extract.slots.parties import Pair
from ingest.extract.slots.slot_words import name_words, programmes_words, years_words
from ingest.extract.slots.standing import Standing

_PAIR = "parties"  #: payer and payee together, which are one choice


@dataclass(frozen=True, slots=True)
class Heard:
    """The probability of each slot of a flow by the first reading, and the second reader's opinion on each slot."""

    chances: Mapping[str, float]  #: by slot; "parties" is payer and payee together
    agrees: frozenset[str] = frozenset()
    differs: Mapping[str, str] = field(default_factory=dict)  #: slot -> its value in words

    def chance(self, slot: str, measured: Measured) -> float:
        """Return the probability of a slot, changed by the second reader's opinion as far as its worth was measured."""
        own = self.chances[slot]
        if slot in self.agrees:
            return max(own, measured.agrees.get(slot, own))
        if slot in self.differs:
            return min(own, measured.differs.get(slot, own))
        return own

    def confidence(self, measured: Measured = NEUTRAL) -> float:
        """Return the probability that every slot is right: the product over slots, as if they were independent."""
        product = self._chance_of_parties(measured)
        for slot in ("standing", "status", "year", "programme", "fund"):
            product *= self.chance(slot, measured)
        return product

    def _chance_of_parties(self, measured: Measured) -> float:
        together = self.chances[_PAIR]
        for slot in ("funder", "recipient"):
            if self.chances[slot] > 0:
                together *= self.chance(slot, measured) / self.chances[slot]
        return min(together, self.chance("funder", measured), self.chance("recipient", measured))


def heard_of(money: Money) -> Heard:
    """Return the second reader's opinion on a flow's money.

    If opinions differ, that on the most trusted statement counts. An answer is compared with the value that the account
    has for all statements together, so it may differ from the first reading of one statement and still agree.
    """
    values = _values(money)
    agrees: set[str] = set()
    differs: dict[str, str] = {}
    for opinion in _opinions(money):
        if opinion.answer == values[opinion.slot]:
            agrees.add(opinion.slot)
        elif not opinion.agrees and (said := _difference(opinion, money)) is not None:
            differs.setdefault(opinion.slot, said)
    return Heard(_chances(money), frozenset(agrees - set(differs)), differs)


def _opinions(money: Money) -> Iterator[Opinion]:
    for one in money.sums:
        if one.reading is not None:
            yield from one.reading.second


def _difference(opinion: Opinion, money: Money) -> str | None:
    """Return the second reader's value in the words of a doubt; None if the record would be the same with it."""
    if opinion.slot != "standing":
        return opinion.answer
    if money.is_flow:
        return str(FlowStatus.CONTEXT)
    return str(money.status.value) if opinion.answer == str(Standing.FLOW) else None


def _values(money: Money) -> dict[str, str]:
    return {
        "standing": str(money.standing.value),
        "funder": name_words(money.funder),
        "recipient": name_words(money.recipient),
        "status": str(money.status.value),
        "year": years_words(money.years.value),
        "programme": programmes_words(money.programmes.value),
        "fund": name_words(money.fund.value),
    }


def _chances(money: Money) -> dict[str, float]:
    pair = money.parties.value
    return {
        "standing": money.standing.probability,
        "status": money.status.probability if money.is_flow else 1.0,
        _PAIR: money.parties.probability,
        "funder": _share(money.parties, lambda other: other.payer == pair.payer),
        "recipient": _share(money.parties, lambda other: other.payee == pair.payee),
        "year": money.years.probability,
        "programme": money.programmes.probability,
        "fund": money.fund.probability,
    }


def _share(choice: Choice[Pair], is_same: Callable[[Pair], bool]) -> float:
    return min(1.0, sum(chance for value, chance in choice.ranked if is_same(value)))
