"""One amount of money: all its statements in a document, and the values that they give together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.model import Basis, Entity, EntityKind, FlowKind, FlowStatus
from ingest.extract.account.pooling import (
    Likeness,
    Value,
    likeness_of_funds,
    likeness_of_pairs,
    likeness_of_programmes,
    likeness_of_standings,
    likeness_of_statuses,
    likeness_of_years,
    pairs_of,
    pooled,
)
from ingest.extract.choice import Choice
from ingest.extract.slots.parties import Pair
from ingest.extract.slots.programmes import Programmes
from ingest.extract.slots.standing import Standing
from ingest.extract.slots.years import Years
from ingest.extract.sums.sums import Said, Sum, rounding_step
from ingest.extract.words.sections import Origin

#: how much a statement counts beside others of the same sum, by where it stands
_TRUST = {Origin.TABLE: 1.0, Origin.RECOMMENDATION: 1.0, Origin.SUMMARY: 0.3, Origin.BODY: 0.3}
_IN_HEADLINE = 0.2
_ROUNDING = 0.3
_SETTLED = (FlowStatus.APPROVED, FlowStatus.PROVISIONAL)


@dataclass(frozen=True, slots=True)
class Money:
    """One amount of money with the candidates of each slot, pooled over all statements of it."""

    key: int  #: tells it from the other money of the document
    sums: tuple[Sum, ...]  #: its statements, the most trusted first
    amount: Decimal
    basis: Basis
    standing: Choice[Standing]
    parties: Choice[Pair]
    years: Choice[Years]
    programmes: Choice[Programmes]
    fund: Choice[Entity | None]
    place: Entity | None
    said_kind: FlowKind | None
    status: Choice[FlowStatus]
    recipient_words: str
    purpose: str
    taxed: tuple[Sum, ...] = ()  #: statements of the sum with value added tax; they say nothing of its slots

    @property
    def first(self) -> Sum:
        """The most trusted statement of the money."""
        return self.sums[0]

    @property
    def funder(self) -> Entity | None:
        """The most probable payer."""
        return self.parties.value.payer

    @property
    def recipient(self) -> Entity | None:
        """The most probable payee."""
        return self.parties.value.payee

    @property
    def is_flow(self) -> bool:
        """True if the decision moves the money."""
        return self.standing.value is Standing.FLOW

    @property
    def kind(self) -> FlowKind:
        """The kind of flow: as a statement says, else a grant if there is a payee, else an allocation."""
        if not self.is_flow:
            return FlowKind.ENVELOPE
        if self.said_kind is not None:
            return self.said_kind
        is_paid = self.recipient is not None and self.recipient.kind is not EntityKind.FUND
        return FlowKind.GRANT if is_paid or self.recipient_words else FlowKind.ALLOCATION

    def said(self, what: Said) -> bool:
        """Return True if a statement of the money has this mark."""
        return any(what in one.said for one in self.sums)

    def is_in(self, origin: Origin) -> bool:
        """Return True if the money is stated in this kind of place, such as a table."""
        return any(one.spot.origin is origin for one in self.sums)


def money_of(sums: Sequence[Sum], key: int, taxed: tuple[Sum, ...] = ()) -> Money:
    """Return the money that several statements describe, each slot's candidates pooled over the statements."""
    ranked = tuple(sorted(sums, key=lambda one: (-one.spot.origin, one.order)))
    exact = min(ranked, key=lambda one: (one.basis is Basis.ROUNDED, rounding_step(one), ranked.index(one)))
    parties = [one.parties for one in ranked]
    trust = [_trust(one, exact.amount) for one in ranked]
    status = _status(ranked, trust)
    return Money(
        key=key,
        sums=ranked,
        amount=exact.amount,
        basis=exact.basis,
        standing=pooled([one.standing for one in ranked], likeness_of_standings, trust),
        parties=pooled(parties, likeness_of_pairs, trust, pairs_of(parties)),
        years=pooled([one.years for one in ranked], likeness_of_years, trust),
        programmes=_programmes(ranked, trust),
        fund=_fund(ranked, trust),
        place=next((one.place for one in ranked if one.place is not None), None),
        said_kind=_kind(ranked, status.value),
        status=status,
        recipient_words=next((one.recipient_words for one in ranked if one.recipient_words), ""),
        purpose=next((one.purpose for one in ranked if one.purpose), ""),
        taxed=taxed,
    )


def _status(ranked: Sequence[Sum], trust: Sequence[float]) -> Choice[FlowStatus]:
    """Return the status by the statements in which the money moves; background statements say nothing about it."""
    moved = [index for index, one in enumerate(ranked) if one.standing.value is Standing.FLOW] or range(len(ranked))
    return pooled([ranked[index].status for index in moved], likeness_of_statuses, [trust[index] for index in moved])


def names_fund(one: Sum) -> bool:
    """Return True if the sum's own sentence or row names the chosen fund."""
    if one.reading is None:
        return one.fund.value is not None and not one.fund.grounds
    return "F:sentence" in one.fund.grounds


def _fund(ranked: Sequence[Sum], trust: Sequence[float]) -> Choice[Entity | None]:
    """Return the fund by the statements that name one; else by all statements."""
    named = [index for index, one in enumerate(ranked) if names_fund(one)]
    if not named:
        return _of_those_that_say(ranked, [one.fund for one in ranked], likeness_of_funds, trust)
    return pooled([ranked[index].fund for index in named], likeness_of_funds, [trust[index] for index in named])


def _of_those_that_say(
    ranked: Sequence[Sum], choices: Sequence[Choice[Value]], likeness: Likeness[Value], trust: Sequence[float]
) -> Choice[Value]:
    """Return the pooled choice; a table row without words for the slot counts as open, not as empty."""
    kept = [index for index, one in enumerate(ranked) if one.reading is not None or choices[index].value]
    kept = kept or list(range(len(ranked)))
    return pooled([choices[index] for index in kept], likeness, [trust[index] for index in kept])


def _programmes(ranked: Sequence[Sum], trust: Sequence[float]) -> Choice[Programmes]:
    """Return the programme; a row that names none, beside rows that do, says that there is none."""
    choices = [one.programmes for one in ranked]
    if any(Said.UNNAMED in one.said for one in ranked):
        return pooled(choices, likeness_of_programmes, trust)
    return _of_those_that_say(ranked, choices, likeness_of_programmes, trust)


def _trust(one: Sum, amount: Decimal) -> float:
    """Return the weight of a statement, 0 to 1; a statement that rounds the amount counts less."""
    trust = _IN_HEADLINE if Said.HEADLINE in one.said else _TRUST[one.spot.origin]
    return trust if one.amount == amount else trust * _ROUNDING


def _kind(ranked: Sequence[Sum], status: FlowStatus) -> FlowKind | None:
    """Return the kind that a statement names; a bid that was approved is no bid any more."""
    kinds = [one.kind for one in ranked if one.kind is not FlowKind.BID or status not in _SETTLED]
    return next((kind for kind in kinds if kind is not None), None)
