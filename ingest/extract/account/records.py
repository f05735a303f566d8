"""Money as the records of a document: funding flows and stated totals, each with an id that does not change."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from graph.model import Alternative, Doubt, Entity, Evidence, FlowStatus, FundingFlow, StatedTotal
from graph.record_json import year_and_span
from ingest.extract.account.money import Money
from ingest.extract.account.wholes import Key, Total
from ingest.extract.slots.choice import Choice
from ingest.extract.slots.standing import Standing
from ingest.extract.slots.things import Programmes
from ingest.extract.slots.years import Years

Value = TypeVar("Value")

_SURE = 0.9  #: a slot that is at least so probable is no doubt
_ALTERNATIVES = 3
_LONGEST_LABEL = 300


class RecordMaker:
    """Makes the records of one document; no two have one id."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def flow(self, money: Money) -> FundingFlow:
        """Return money as a funding flow."""
        return FundingFlow(
            id=self._identity(money),
            funder=money.funder,
            recipient=money.recipient,
            recipient_words=money.recipient_words if money.recipient is None else "",
            amount=money.amount.quantize(Decimal("0.01")),
            basis=money.basis,
            years=money.years.value,
            programmes=money.programmes.value,
            place=money.place,
            fund=money.fund.value,
            kind=money.kind,
            status=money.status.value if money.is_flow else FlowStatus.CONTEXT,
            evidence=_evidence(money),
            confidence=confidence_of(money),
            purpose=money.purpose,
            per_year=money.first.per_year,
            doubts=doubts_of(money),
        )

    def total(self, total: Total, made: Mapping[Key, FundingFlow]) -> StatedTotal:
        """Return a total with the flows that it is of, where those are known."""
        money = total.money
        return StatedTotal(
            id=self._identity(money),
            amount=money.amount.quantize(Decimal("0.01")),
            years=money.years.value,
            programmes=money.programmes.value,
            payer=money.funder,
            label=money.first.label[:_LONGEST_LABEL],
            parts=tuple(made[key].id for key in total.parts if key in made),
            evidence=_evidence(money),
        )

    def _identity(self, money: Money) -> str:
        first = money.first.spot.evidence
        parties = (
            money.funder.id if money.funder else "",
            money.recipient.id if money.recipient else money.recipient_words,
        )
        words = "|".join(
            [first.locator, str(first.start), str(money.amount), "/".join(money.years.value), money.kind, *parties]
        )
        for turn in itertools.count():
            found = hashlib.sha256(f"{words}|{turn or ''}".encode()).hexdigest()[:12]
            if found not in self._used:
                self._used.add(found)
                return found
        raise AssertionError("unreachable")


def confidence_of(money: Money) -> float:
    """Return how probable it is that every slot is right, as if they were independent."""
    product = money.standing.probability * (money.status.probability if money.is_flow else 1.0)
    for choice in (money.parties, money.years, money.programmes, money.fund):
        product *= choice.probability
    return product


def doubts_of(money: Money) -> tuple[Doubt, ...]:
    """Return the slots of money that may be read wrongly, most doubtful first."""
    slots = (
        _doubt("funder", money.parties, lambda pair: _name(pair.payer)),
        _doubt("recipient", money.parties, lambda pair: _name(pair.payee)),
        _doubt("year", money.years, _years),
        _doubt("programme", money.programmes, _programmes),
        _doubt("fund", money.fund, _name),
        _doubt("status", _status_of(money), str),
    )
    found = [doubt for doubt in slots if doubt.probability < _SURE]
    return tuple(sorted(found, key=lambda doubt: doubt.probability))


def _status_of(money: Money) -> Choice[FlowStatus]:
    """Return the statuses that money may have: that of its award, or context if the decision does not move it."""
    chances = dict(money.standing.ranked)
    moved = chances.get(Standing.FLOW, 0.0)
    ranked = [(status, chance * moved) for status, chance in money.status.ranked]
    ranked.append((FlowStatus.CONTEXT, 1 - moved))
    return Choice(tuple(sorted(ranked, key=lambda pair: -pair[1])) if money.is_flow else tuple(reversed(ranked)))


def _doubt(slot: str, choice: Choice[Value], in_words: Callable[[Value], str]) -> Doubt:
    chances: dict[str, float] = {}
    for value, chance in choice.ranked:
        words = in_words(value)
        chances[words] = chances.get(words, 0.0) + chance
    chosen = in_words(choice.value)
    others = sorted(((chance, words) for words, chance in chances.items() if words != chosen), reverse=True)
    return Doubt(
        slot, chosen, chances[chosen], tuple(Alternative(words, chance) for chance, words in others[:_ALTERNATIVES])
    )


def _name(entity: Entity | None) -> str:
    return entity.name if entity is not None else ""


def _years(years: Years) -> str:
    return next((said for said in year_and_span(years) if said), "")


def _programmes(programmes: Programmes) -> str:
    return ", ".join(programme.name for programme in programmes)


def _evidence(money: Money) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(one.spot.evidence for one in money.sums))
