"""The ways of money from one thing to another: connected payments, in the direction in which the money runs."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.counting.left_out import is_money
from graph.counting.likeness import overlap
from graph.model import Entity, FlowKind, FlowLink
from graph.networks.network import DECISION
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key

LONGEST = 4  #: payments of a way
MOST_WAYS = 3
MOST_SEARCHED = 20_000  #: payments that are followed before the search gives up
_LINKS = {FlowLink.PASSES_ON, FlowLink.PART_OF}


@dataclass(frozen=True, slots=True)
class MoneyStep:
    """One step of a way: a payment, or several between the same two things."""

    payer: str  #: key of a thing
    payee: str
    flows: tuple[StatedFlow, ...]  #: those that hang together with the other steps'; the first of each step do so too
    about: frozenset[str]  #: keys of the programmes, funds or decisions by which they do; none for a way of one step


@dataclass(frozen=True, slots=True)
class MoneyWay:
    """Connected payments that lead from one thing to another."""

    steps: tuple[MoneyStep, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the things along the way, the first payer first."""
        return (self.steps[0].payer, *(step.payee for step in self.steps))


@dataclass(frozen=True, slots=True)
class _Payment:
    payer: str
    payee: str
    stated: StatedFlow


@dataclass(frozen=True, slots=True)
class _Reached:
    """A payment at its place on a way, with the years that all payments up to it have in common."""

    stated: StatedFlow
    years: frozenset[str]  #: none where no payment up to it states a year


_Joins = Callable[[StatedFlow, StatedFlow], bool]  #: whether the later of two payments may pass on the earlier


def money_ways(flows: Iterable[StatedFlow], one: Collection[str], other: Collection[str]) -> tuple[MoneyWay, ...]:
    """Return the shortest ways of money between two things, in whichever direction it runs; none where it does not.

    Two payments hang together where they are for one programme; where one of them names none, where one decision or
    one fund has both. All payments of a way share a year: money of one year is not what was paid in another. Match
    funding is the payer's own, so it passes nothing on. Where payments that one decision states, or that are stated to
    pass each other on, lead all the way, the way has only those. A programme stands on the way only where a document
    names one end of its money alone.

    Args:
        flows: All that may be on the way; what is no money that moves is left aside.
        one: Keys that stand for the one thing.
        other: Keys that stand for the other.
    """
    by_payer: dict[str, list[StatedFlow]] = defaultdict(list)
    for stated in flows:
        for payer in dict.fromkeys(payment.payer for payment in _payments(stated)):
            by_payer[payer].append(stated)
    return money_ways_of(Payers(lambda key: by_payer.get(key, ())), one, other)


class Payers:
    """The payments of each payer, which are looked up when a way reaches it."""

    def __init__(
        self,
        paid_by: Callable[[str], Iterable[StatedFlow]],
        prepare: Callable[[Collection[str]], None] = lambda payers: None,
    ) -> None:
        """Keep how payments are found.

        Args:
            paid_by: Returns all flows that a thing, given by key, may pay.
            prepare: Called with the keys of several payers before each of them is looked up.
        """
        self.prepare = prepare
        self._paid_by = paid_by
        self._known: dict[str, list[_Payment]] = {}

    def payments(self, payer: str) -> list[_Payment]:
        """Return the payments of a thing, given by key, in the order of its flows."""
        if payer not in self._known:
            every = (payment for stated in self._paid_by(payer) for payment in _payments(stated))
            self._known[payer] = [payment for payment in every if payment.payer == payer]
        return self._known[payer]


def money_ways_of(payers: Payers, one: Collection[str], other: Collection[str]) -> tuple[MoneyWay, ...]:
    """Return what `money_ways` returns, with payments that are looked up only as far as ways lead."""
    found = [keys for start, end in ((one, other), (other, one)) for keys in _chains(payers, start, end)]
    shortest = min(map(len, found), default=0)
    told = [_way(keys, payers) for keys in dict.fromkeys(found) if len(keys) == shortest]
    return tuple(sorted(told, key=_of_one_decision_first)[:MOST_WAYS])


def _of_one_decision_first(way: MoneyWay) -> tuple[bool, Decimal, tuple[str, ...]]:
    firsts = [step.flows[0] for step in way.steps]
    apart = any(not _is_stated_together(one, other) for one, other in itertools.pairwise(firsts))
    return apart, -firsts[-1].flow.amount, way.keys


def _payments(stated: StatedFlow) -> list[_Payment]:
    flow = stated.flow
    if not is_money(stated) or flow.recipient == flow.funder:
        return []
    if flow.funder is not None and flow.recipient is not None:
        ends: list[tuple[Entity, Entity]] = [(flow.funder, flow.recipient)]
    elif flow.funder is not None:
        ends = [(flow.funder, programme) for programme in flow.programmes]
    else:
        ends = [(programme, flow.recipient) for programme in flow.programmes if flow.recipient is not None]
    return [_Payment(thing_key(payer), thing_key(payee), stated) for payer, payee in ends]


def _chains(payers: Payers, start: Collection[str], end: Collection[str]) -> list[tuple[str, ...]]:
    """Return the things along each of the shortest chains of payments that hang together."""
    payers.prepare(start)
    chains: list[tuple[tuple[_Payment, ...], _Reached]] = [
        ((payment,), _reached(payment.stated)) for key in sorted(start) for payment in payers.payments(key)
    ]
    searched = len(chains)
    for length in range(1, LONGEST + 1):
        ended = [_keys_along(chain) for chain, _ in chains if chain[-1].payee in end]
        if ended:
            return list(dict.fromkeys(ended))
        if length == LONGEST:
            break
        payers.prepare({chain[-1].payee for chain, _ in chains})
        further: dict[tuple[_Reached, str], tuple[_Payment, ...]] = {}
        for chain, last in chains:
            been = _keys_along(chain)
            for payment in payers.payments(chain[-1].payee):
                reached = _joined(last, payment.stated, _hangs_together) if payment.payee not in been else None
                if reached is not None:
                    further.setdefault((reached, payment.payee), (*chain, payment))
        chains = [(chain, reached) for (reached, _), chain in further.items()]
        searched += len(chains)
        if searched > MOST_SEARCHED:
            return []
    return []


def _keys_along(chain: Sequence[_Payment]) -> tuple[str, ...]:
    return (chain[0].payer, *(payment.payee for payment in chain))


def shared(one: StatedFlow, other: StatedFlow) -> frozenset[str]:
    """Return the keys of what connects two payments: a programme, decision or fund; empty if they are not connected."""
    if one.flow.programmes and other.flow.programmes:
        return frozenset(thing_key(programme) for programme in {*one.flow.programmes} & {*other.flow.programmes})
    if one.document == other.document:
        return frozenset({f"{DECISION}/{one.document}"})
    return frozenset({thing_key(one.flow.fund)} if one.flow.fund and one.flow.fund == other.flow.fund else ())


def _is_linked(one: StatedFlow, other: StatedFlow) -> bool:
    """Return whether a later payment is stated to pass on an earlier one, or to be a part of it."""
    return any(iri == one.iri for link, iri in other.links if link in _LINKS)


def _hangs_together(one: StatedFlow, other: StatedFlow) -> bool:
    """Return whether a later payment may pass on what an earlier one brought."""
    if other.flow.kind is FlowKind.MATCH or not shared(one, other):
        return False
    return overlap(one, other) or _is_linked(one, other)


def _is_stated_together(one: StatedFlow, other: StatedFlow) -> bool:
    """Return whether a later payment passes on an earlier one as one decision or a stated link has it."""
    return (one.document == other.document or _is_linked(one, other)) and _hangs_together(one, other)


def _reached(stated: StatedFlow) -> _Reached:
    return _Reached(stated, frozenset(stated.flow.years))


def _joined(last: _Reached, stated: StatedFlow, joins: _Joins) -> _Reached | None:
    """Return the payment as the next of a way; None where it does not hang together with all before it."""
    if not joins(last.stated, stated):
        return None
    own = frozenset(stated.flow.years)
    years = last.years & own if last.years and own else last.years or own
    return _Reached(stated, years) if years or not own else None


def _way(keys: Sequence[str], payers: Payers) -> MoneyWay:
    """Return the way with the payments of each step that lead on to its end, one decision's before others."""
    ends = list(itertools.pairwise(keys))
    steps = [[each.stated for each in payers.payments(payer) if each.payee == payee] for payer, payee in ends]
    told = _led_through(steps, _is_stated_together) or _led_through(steps, _hangs_together)
    flows = [[each.stated for each in step] for step in told]
    return MoneyWay(
        tuple(
            MoneyStep(payer, payee, tuple(dict.fromkeys(flows[number])), _about(flows, number))
            for number, (payer, payee) in enumerate(ends)
        )
    )


def _led_through(steps: Sequence[Sequence[StatedFlow]], joins: _Joins) -> list[list[_Reached]]:
    """Return the payments of each step that stand in a chain from the first step to the last; none where none does.

    Sums for one thing come before sums for several, then the larger; the first of each step make one chain.
    """
    levels: list[dict[_Reached, set[_Reached]]] = [{_reached(stated): set() for stated in steps[0]}]
    for step in steps[1:]:
        level: dict[_Reached, set[_Reached]] = defaultdict(set)
        for last, stated in itertools.product(levels[-1], step):
            reached = _joined(last, stated, joins)
            if reached is not None:
                level[reached].add(last)
        levels.append(level)
    kept = sorted(levels[-1], key=_own_first)
    told = [kept]
    for level in reversed(levels[1:]):
        before = {earlier for reached in kept for earlier in level[reached]}
        leads = level[kept[0]] if kept else set()
        kept = sorted(before, key=lambda each: (each not in leads, *_own_first(each)))
        told.insert(0, kept)
    return told if all(told) else []


def _own_first(reached: _Reached) -> tuple[bool, Decimal, str, list[str]]:
    """A sum for one thing says more of a way than one for several together; then the larger."""
    stated = reached.stated
    return len(stated.flow.programmes) > 1, -stated.flow.amount, stated.iri, sorted(reached.years)


def _about(flows: Sequence[Sequence[StatedFlow]], number: int) -> frozenset[str]:
    """Return what the payments of a step share with those of the steps beside it."""
    beside = [flows[place] for place in (number - 1, number + 1) if 0 <= place < len(flows)]
    pairs = (pair for others in beside for pair in itertools.product(flows[number], others))
    return frozenset[str]().union(*(shared(one, other) for one, other in pairs))
