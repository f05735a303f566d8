"""The ways between two nodes: along the money if it runs from one to the other, else the shortest."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass, field
from heapq import nsmallest

from graph.model import EntityKind
from graph.networks.lines import bonds_of, money_of, own_sums, part_of_totals
from graph.networks.money_ways import Payers, money_ways_of
from graph.networks.network import DECISION, Filter, Network, NetworkNode, Picture, TieKind
from graph.stated.flows import StatedFlow

_PAYMENTS = (TieKind.PAYS, TieKind.FUNDS, TieKind.PAID_UNDER)
_Ranked = tuple[int, tuple[str, ...]]  #: how many organisations a way leads by, and its keys


def path(network: Network, start: str, end: str, *, keep: Filter | None = None, ways: int = 3) -> Picture:
    """Return a picture of at most `ways` ways between two nodes, by things rather than decisions; empty without one.

    If connected payments lead from one node to the other, the ways are those of the payments, in the direction of the
    money and with only their sums. Of the shortest ways, those that lead by the fewest organisations come first: one
    programme of both parties says more than one payer of both.
    """
    chosen = keep or Filter()
    along = _along_money(network, start, end, chosen)
    if along.ways:
        return along
    network.read([start, end])
    if start not in network or end not in network:
        return Picture((), ())
    found = _shortest(network, start, end, chosen, ways)
    distance = {key: step for way in found for step, key in enumerate(way)}
    steps = {frozenset(pair) for way in found for pair in itertools.pairwise(way)}
    between = [
        (tie, frozenset[str]())
        for key in distance
        for tie in network.ties_from(key)
        if frozenset((tie.source, tie.target)) in steps and chosen.keeps_tie(tie)
    ]
    nodes = tuple(network.node(key) for key in sorted(distance, key=lambda key: (distance[key], key)))
    drawn = bonds_of(part_of_totals(network.ledger), between)
    return Picture(nodes, drawn, distance, money=money_of(network.ledger, nodes, drawn), ways=found)


@dataclass(slots=True)
class _Search:
    """What is found from one end, a step further at a time."""

    levels: list[set[str]]  #: the keys at each distance
    near: dict[str, set[str]] = field(default_factory=dict)  #: the neighbours of each key that was gone on from

    def go_on(self, network: Network, keep: Filter, ends: set[str]) -> None:
        network.read(self.levels[-1])
        for key in self.levels[-1]:
            ties = (tie for tie in network.ties_at(key) if keep.keeps_tie(tie))
            others = {tie.target if tie.source == key else tie.source for tie in ties}
            self.near[key] = {other for other in others if _passes(network.node(other), keep, ends)}
        self.levels.append(set().union(*self.near.values()).difference(*self.levels))


def _shortest(network: Network, start: str, end: str, keep: Filter, most: int) -> tuple[tuple[str, ...], ...]:
    """Return the shortest ways, the best of them; both ends are searched from, the one with less around it first."""
    here, there = _Search([{start}]), _Search([{end}])
    while not here.levels[-1] & there.levels[-1]:
        if not (here.levels[-1] and there.levels[-1]):
            return ()
        min(here, there, key=lambda search: len(search.levels[-1])).go_on(network, keep, {start, end})
    best: dict[str, list[_Ranked]] = {end: [_with(end, (0, ()))]}
    for nearer, level in itertools.pairwise(there.levels):
        reached = {key: best[key] for key in nearer if key in best}
        for key in level:
            best[key] = _best(
                key, [way for other in nearer if key in there.near[other] for way in reached[other]], most
            )
    for level in reversed(here.levels[:-1]):
        meeting = here.levels[here.levels.index(level) + 1]
        for key in level:
            after = [way for other in here.near[key] & meeting for way in best.get(other, ())]
            best[key] = _best(key, after, most)
    return tuple(way for _, way in best[start])


def _best(key: str, after: Collection[_Ranked], most: int) -> list[_Ranked]:
    return nsmallest(most, (_with(key, way) for way in after))


def _with(key: str, after: _Ranked) -> _Ranked:
    return after[0] + key.startswith(f"{EntityKind.ORGANISATION}/"), (key, *after[1])


def _along_money(network: Network, start: str, end: str, keep: Filter) -> Picture:
    def paid_by(payer: str) -> list[StatedFlow]:
        network.read([payer], only_money=True)
        ties = (tie for tie in network.ties_from(payer) if tie.kind in _PAYMENTS and keep.keeps_tie(tie))
        return list({tie.flow.iri: tie.flow for tie in ties if tie.flow}.values())

    def prepare(payers: Collection[str]) -> None:
        network.read(payers, only_money=True)

    ways = [
        way
        for way in money_ways_of(Payers(paid_by, prepare), {start}, {end})
        if all(_passes(network.node(key), keep, {start, end}) for key in way.keys)
    ]
    steps = {(step.payer, step.payee): step for way in ways for step in way.steps}
    iris = {ends: {stated.iri for stated in step.flows} for ends, step in steps.items()}
    between = [
        (tie, steps[tie.source, tie.target].about)
        for key in dict.fromkeys(payer for payer, _ in steps)
        for tie in network.ties_from(key)
        if tie.kind in _PAYMENTS and keep.keeps_tie(tie)
        if tie.flow and tie.flow.iri in iris.get((tie.source, tie.target), ())
    ]
    distance = {key: place for way in ways for place, key in enumerate(way.keys)}
    nodes = tuple(network.node(key) for key in sorted(distance, key=lambda key: (distance[key], key)))
    drawn = bonds_of(own_sums(network.grounds), between)
    about = {key for step in steps.values() for key in step.about if key in network}
    return Picture(
        nodes, drawn, distance, money=money_of(network.ledger, nodes, drawn), is_money=True,
        ways=tuple(way.keys for way in ways), named={key: network.node(key).name for key in about},
    )  # fmt: skip


def _passes(node: NetworkNode, keep: Filter, ends: set[str]) -> bool:
    # two things that one decision happens to name are not thereby connected
    return node.key in ends or (keep.keeps_node(node) and node.kind != DECISION)
