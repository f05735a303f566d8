"""Turn money into the records of a document: funding flows and stated totals, with the same ids at each reading."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from graph.model import Alternative, Doubt, Evidence, FlowStatus, FundingFlow, StatedTotal
from graph.names.new_names import is_to_be_chosen
from ingest.extract.account.heard import Heard, heard_of
from ingest.extract.account.measured import NEUTRAL, Measured
from ingest.extract.account.money import Money
from ingest.extract.account.wholes import Key, Total
from ingest.extract.choice import Choice
from ingest.extract.slots.opinions import SECOND_READER
from ingest.extract.slots.slot_words import name_words, programmes_words, years_words
from ingest.extract.slots.standing import Standing
from ingest.extract.words.sections import Origin, is_summary

Value = TypeVar("Value")

#: a slot that is at least so probable is no doubt: above it, hardly one in ten is wrong on bodies left out
_SURE = {"funder": 0.9, "recipient": 0.9, "year": 0.8, "programme": 0.8, "fund": 0.7, "status": 0.8}
_ALTERNATIVES = 3
_DIGITS = 4  #: of an alternative's probability; one that is nought then is none
_LONGEST_LABEL = 300


class RecordMaker:
    """Makes the records of one document; their ids are unique in it."""

    def __init__(self, measured: Measured = NEUTRAL) -> None:
        self.heard: dict[str, Heard] = {}  #: what a second reader says, by the id of the flow
        self._measured = measured
        self._used: set[str] = set()

    def flow(self, money: Money) -> FundingFlow:
        """Return the funding flow for money."""
        heard, identity = heard_of(money), self._identity(money)
        if heard.agrees or heard.differs:
            self.heard[identity] = heard
        evidence = evidence_of(money)
        return FundingFlow(
            id=identity,
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
            evidence=evidence,
            confidence=heard.confidence(self._measured),
            purpose=money.purpose,
            per_year=money.first.per_year,
            doubts=doubts_of(money, heard, self._measured),
            awaits_payee=money.recipient is None and is_to_be_chosen(money.recipient_words),
            in_summary=is_summary(evidence[0].locator),
            in_table=money.is_in(Origin.TABLE),
        )

    def total(self, total: Total, made: Mapping[Key, FundingFlow]) -> StatedTotal:
        """Return the stated total, with the ids of the flows that it adds up as far as they are known."""
        money = total.money
        return StatedTotal(
            id=self._identity(money),
            amount=money.amount.quantize(Decimal("0.01")),
            years=money.years.value,
            programmes=money.programmes.value,
            payer=money.funder,
            label=money.first.label[:_LONGEST_LABEL],
            parts=tuple(made[key].id for key in total.parts if key in made),
            evidence=evidence_of(money),
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


def doubts_of(money: Money, heard: Heard, measured: Measured) -> tuple[Doubt, ...]:
    """Return a doubt for each slot that is not sure or that a second reader reads differently, most doubtful first.

    The second reader's value comes first among a doubt's alternatives.
    """
    slots = (
        _doubt("funder", money.parties, lambda pair: name_words(pair.payer)),
        _doubt("recipient", money.parties, lambda pair: name_words(pair.payee)),
        _doubt("year", money.years, years_words),
        _doubt("programme", money.programmes, programmes_words),
        _doubt("fund", money.fund, name_words),
        _doubt("status", _status_of(money), str),
    )
    heard_doubts = [_with_second(doubt, _parts(doubt.slot, money), heard, measured) for doubt in slots]
    found = [doubt for doubt, is_disputed in heard_doubts if is_disputed or doubt.probability < _SURE[doubt.slot]]
    return tuple(sorted(found, key=lambda doubt: doubt.probability))


def _parts(slot: str, money: Money) -> Sequence[str]:
    """Return the slots of the reading from which a slot of the record is made."""
    if slot != "status":
        return (slot,)
    return ("standing", "status") if money.is_flow else ("standing",)


def _with_second(doubt: Doubt, parts: Sequence[str], heard: Heard, measured: Measured) -> tuple[Doubt, bool]:
    """Return a doubt with the second reader's value among its alternatives, and whether that value differs."""
    probability = doubt.probability
    for part in parts:
        if heard.chances[part] > 0:
            probability *= heard.chance(part, measured) / heard.chances[part]
    said = next((heard.differs[part] for part in parts if part in heard.differs), None)
    others = doubt.alternatives[:_ALTERNATIVES]
    if said is not None:
        own = next((other.probability for other in doubt.alternatives if other.value == said), 0.0)
        rest = tuple(other for other in doubt.alternatives if other.value != said)
        others = (Alternative(said, own, SECOND_READER), *rest[: _ALTERNATIVES - 1])
    return replace(doubt, probability=min(probability, 1.0), alternatives=others), said is not None


def _status_of(money: Money) -> Choice[FlowStatus]:
    """Return the possible statuses: those of the award, or "context" if the decision does not move the money."""
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
    rounded = ((round(chance, _DIGITS), words) for words, chance in chances.items() if words != chosen)
    others = sorted(((chance, words) for chance, words in rounded if chance > 0), reverse=True)
    return Doubt(slot, chosen, chances[chosen], tuple(Alternative(words, chance) for chance, words in others))


def evidence_of(money: Money) -> tuple[Evidence, ...]:
    """Return where a sum of money is stated, with its tax and without."""
    return tuple(dict.fromkeys(one.spot.evidence for one in (*money.sums, *money.taxed)))
