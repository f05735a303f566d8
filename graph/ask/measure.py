"""How much: the flows behind an amount, seen from the side that the question asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.ask.facts import Facts
from graph.ask.plain import has_no_sum_of_its_own, plain_tally
from graph.ask.question import Question
from graph.ask.scope import ROLES, Scope, find_flows
from graph.ask.whom import ids, party_ids
from graph.counting.left_out import is_money
from graph.counting.sides import Side, deliveries, is_own, sources, spent
from graph.counting.tally import Tally, tally
from graph.model import Entity, FlowKind
from graph.stated.flows import StatedFlow

SOURCES = "sources"  #: money where it comes in
PAID_OUT = "paid out"  #: money that a body pays on
RECEIVED = "received"
OWN = "own money"

_PAID = re.compile(r"\b(?:pay|pays|paid|paying|spen[dt]\w*|expenditure)\b")


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount with the flows that make it."""

    counted: Tally
    scope: Scope
    side: str
    spans: bool = False  #: the flows cover more years than were asked, and nothing narrower is known
    joint_only: bool = False  #: only sums for several programmes together are known
    other: Tally | None = None  #: the same question seen from the other side, where that differs
    passed_on: Decimal = Decimal(0)  #: what the funder had been given for it and passes on, counted at its source

    @property
    def flows(self) -> tuple[StatedFlow, ...]:
        """The flows whose amounts are added."""
        return self.counted.flows or self.counted.joint

    @property
    def amount(self) -> Decimal:
        """Their sum."""
        return sum((stated.flow.amount for stated in self.flows), Decimal(0))

    @property
    def own(self) -> Decimal | None:
        """The sum that belongs to what was asked about alone; None where only joint sums are known."""
        return None if self.joint_only else self.amount


def measure(question: Question, facts: Facts) -> Measure | None:
    """Return the amount asked for; None where no flow fits."""
    if has_no_sum_of_its_own(question, Side.SOURCES, facts):
        return None
    scope = find_flows(question, facts)
    plain = plain_tally(question, Side.SOURCES, facts)
    if plain is not None and not (question.funders or question.recipients):
        return Measure(plain, scope, SOURCES, joint_only=not plain.flows)
    chosen = [s for s in scope.flows if is_money(s)] or (list(scope.flows) if question.statuses else [])
    spans = False
    if not chosen:
        chosen, spans = [s for s in scope.across if is_money(s)], True
    if not chosen:
        return None
    programme = _put_into(question)
    if programme is not None and (found := _in_tally(programme, chosen, scope, facts, spans=spans)):
        return found
    context = find_flows(question, facts, without=ROLES | {"years"}).everything
    side, flows, rest = _side(question, facts, chosen, context)
    counted = plain or _count(question, flows, facts)
    other = _count(question, rest, facts) if rest else None
    return Measure(counted, scope, side, spans, joint_only=not counted.flows and bool(counted.joint), other=other)


def _put_into(question: Question) -> Entity | None:
    """The one programme, where the question is what funders put into it, not whom they pay."""
    others = question.recipients or question.parties or question.kinds or question.statuses
    things = [entity for choice in question.programmes for entity in choice.entities]
    if not question.funders or others or question.focus_is_recipient or len(things) != 1:
        return None
    return things[0] if question.own_money or not _PAID.search(question.text.lower()) else None


def _in_tally(
    programme: Entity, chosen: Sequence[StatedFlow], scope: Scope, facts: Facts, *, spans: bool
) -> Measure | None:
    """What the flows come to in the programme's own tally; None where nothing of them counts there."""
    tallied = facts.ledger.tally(programme, Side.SOURCES)
    here = {stated.iri for stated in chosen}
    own = tuple(stated for stated in tallied.flows if stated.iri in here)
    joint = tuple(stated for stated in tallied.joint if stated.iri in here)
    if not own and not joint:
        return None
    left = tuple(out for out in tallied.left_out if out.flow.iri in here)
    passed_on = facts.ledger.line(programme, Side.SOURCES, chosen).passed_on
    side = OWN if passed_on and own else SOURCES
    return Measure(Tally(own, joint, left), scope, side, spans, joint_only=not own, passed_on=passed_on)


def _count(question: Question, flows: list[StatedFlow], facts: Facts) -> Tally:
    if question.statuses:
        return Tally(tuple(flows))
    return tally(flows, facts.grounds, programmes=ids(question.programmes))


def _side(
    question: Question, facts: Facts, flows: list[StatedFlow], context: tuple[StatedFlow, ...]
) -> tuple[str, list[StatedFlow], list[StatedFlow]]:
    """Which of the flows to add, from which side, and the others."""
    if question.kinds:
        return OWN if question.kinds == (FlowKind.MATCH,) else RECEIVED, flows, []
    if question.recipients or question.focus_is_recipient:
        return RECEIVED, [s for s in flows if not is_own(s)] or flows, []
    if question.funders:
        return _of_funder(question, flows, context, facts)
    if question.parties:
        parties = party_ids(question.parties, facts)
        received = [s for s in flows if s.flow.recipient is not None and s.flow.recipient.id in parties]
        if received:
            return RECEIVED, received, []
        return _of_funder(question, flows, context, facts)
    brought = sources(flows, context, facts.grounds)
    if brought:
        return SOURCES, brought, []
    return PAID_OUT, flows, []


def _of_funder(
    question: Question, flows: list[StatedFlow], context: tuple[StatedFlow, ...], facts: Facts
) -> tuple[str, list[StatedFlow], list[StatedFlow]]:
    own = sources(flows, context, facts.grounds)
    onward = [s for s in flows if s not in own]
    if not onward:
        return SOURCES, own, []
    if question.own_money:
        return (OWN, own, onward) if own else (PAID_OUT, onward, [])
    return PAID_OUT, spent(flows, facts.grounds), own


def delivered(
    flows: tuple[StatedFlow, ...], context: tuple[StatedFlow, ...], facts: Facts
) -> tuple[StatedFlow, ...]:
    """The flows that reach those who do the work; all with a recipient where none does."""
    ends = tuple(deliveries(flows, context, facts.grounds))
    return ends or tuple(s for s in flows if s.flow.recipient is not None)
