"""The ways of money from one thing to another: connected payments, in the direction in which the money runs."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graph.counting.left_out import is_money
from graph.model import Entity
from graph.networks.network import DECISION
from graph.stated.flows import StatedFlow
from graph.stated.things import thing_key

LONGEST = 4  #: payments of a way
MOST_WAYS = 3
MOST_SEARCHED = 20_000  #: payments that are followed before the search gives up


@dataclass(frozen=True, slots=True)
class MoneyStep:
    """One step of a way: a payment, or several between the same two things."""

    payer: str  #: key of a thing
    payee: str
    flows: tuple[StatedFlow, ...]  #: those that hang together with the other steps', sums for one programme first
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


def money_ways(flows: Iterable[StatedFlow], one: Collection[str], other: Collection[str]) -> tuple[MoneyWay, ...]:
    """Return the shortest ways of money between two things, in whichever direction it runs; none where it does not.

    Two payments hang together where they are for one programme; where one of them names none, where one decision or
    one fund has both. A programme stands on the way only where a document names one end of its money alone.

    Args:
        flows: All that may be on the way; what is no money that moves is left aside.
        one: Keys that stand for the one thing.
        other: Keys that stand for the other.
    """
    by_payer: dict[str, list[_Payment]] = defaultdict(list)
    for stated in flows:
        for payment in _payments(stated):
            by_payer[payment.payer].append(payment)
    found = [keys for start, end in ((one, other), (other, one)) for keys in _chains(by_payer, start, end)]
    shortest = min(map(len, found), default=0)
    told = [_way(keys, by_payer) for keys in dict.fromkeys(found) if len(keys) == shortest]
    return tuple(sorted(told, key=lambda way: (-way.steps[-1].flows[0].flow.amount, way.keys))[:MOST_WAYS])


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


def _chains(
    by_payer: dict[str, list[_Payment]], start: Collection[str], end: Collection[str]
) -> list[tuple[str, ...]]:
    """Return the things along each of the shortest chains of payments that hang together."""
    chains = [[payment] for key in sorted(start) for payment in by_payer[key]]
    searched = len(chains)
    for _ in range(LONGEST):
        ended = [chain for chain in chains if chain[-1].payee in end]
        if ended:
            return list(dict.fromkeys((chain[0].payer, *(payment.payee for payment in chain)) for chain in ended))
        further: dict[tuple[str, str], list[_Payment]] = {}
        for chain in chains:
            been = {chain[0].payer, *(payment.payee for payment in chain)}
            for payment in by_payer.get(chain[-1].payee, ()):
                if payment.payee not in been and shared(chain[-1].stated, payment.stated):
                    further.setdefault((payment.stated.iri, payment.payee), [*chain, payment])
        chains = list(further.values())
        searched += len(chains)
        if searched > MOST_SEARCHED:
            return []
    return []


def shared(one: StatedFlow, other: StatedFlow) -> frozenset[str]:
    """Return the keys of what connects two payments: a programme, decision or fund; empty if they are not connected."""
    if one.flow.programmes and other.flow.programmes:
        return frozenset(thing_key(programme) for programme in {*one.flow.programmes} & {*other.flow.programmes})
    if one.document == other.document:
        return frozenset({f"{DECISION}/{one.document}"})
    return frozenset({thing_key(one.flow.fund)} if one.flow.fund and one.flow.fund == other.flow.fund else ())


def _own_first(stated: StatedFlow) -> tuple[bool, Decimal, str]:
    """A sum for one thing says more of a way than one for several together; then the larger."""
    return len(stated.flow.programmes) > 1, -stated.flow.amount, stated.iri


def _way(keys: Sequence[str], by_payer: dict[str, list[_Payment]]) -> MoneyWay:
    """Return the way with the payments of each step that hang together with one of the step before and after."""
    ends = list(itertools.pairwise(keys))
    steps = [{each.stated for each in by_payer[payer] if each.payee == payee} for payer, payee in ends]
    pairs = list(itertools.pairwise(range(len(steps))))
    for here, beside in (*((b, a) for a, b in pairs), *reversed(pairs)):  # from the start, then back from the end
        steps[here] = {each for each in steps[here] if any(shared(each, other) for other in steps[beside])}
    return MoneyWay(
        tuple(
            MoneyStep(
                payer,
                payee,
                tuple(sorted(steps[number], key=_own_first)),
                frozenset[str]().union(
                    *(
                        shared(one, other)
                        for place in (number - 1, number + 1)
                        if 0 <= place < len(steps)
                        for one, other in itertools.product(steps[number], steps[place])
                    )
                ),
            )
            for number, (payer, payee) in enumerate(ends)
        )
    )
