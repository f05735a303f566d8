"""The ways between two nodes: along the money if it runs from one to the other, else the shortest."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graph.model import EntityKind
from graph.networks.lines import bonds_of, money_of, own_sums, part_of_totals
from graph.networks.money_ways import money_ways
from graph.networks.network import DECISION, Filter, NetworkNode, Picture, Tie, TieKind

if TYPE_CHECKING:
    import networkx as nx

    from graph.networks.network import Network

MOST_COMPARED = 100
_PAYMENTS = (TieKind.PAYS, TieKind.FUNDS, TieKind.PAID_UNDER)


def path(network: Network, start: str, end: str, *, keep: Filter | None = None, ways: int = 3) -> Picture:
    """Return a picture of at most `ways` ways between two nodes, by things rather than decisions; empty without one.

    If connected payments lead from one node to the other, the ways are those of the payments, in the direction of the
    money and with only their sums.
    """
    import networkx as nx

    chosen = keep or Filter()
    along = _along_money(network, start, end, chosen)
    if along.ways:
        return along
    plain: nx.Graph[str] = nx.Graph()
    for tie in _all_ties(network):
        ends = network.nodes[tie.source]["node"], network.nodes[tie.target]["node"]
        if all(_passes(node, chosen, {start, end}) for node in ends) and chosen.keeps_tie(tie):
            plain.add_edge(tie.source, tie.target)
    if start not in plain or end not in plain or not nx.has_path(plain, start, end):
        return Picture((), ())
    every = itertools.islice(nx.all_shortest_paths(plain, start, end), MOST_COMPARED)
    found = tuple(sorted((tuple(way) for way in every), key=_generality)[:ways])
    distance = {key: step for way in found for step, key in enumerate(way)}
    steps = {frozenset(pair) for way in found for pair in itertools.pairwise(way)}
    between = [
        (tie, frozenset[str]())
        for tie in _all_ties(network)
        if frozenset((tie.source, tie.target)) in steps and chosen.keeps_tie(tie)
    ]
    nodes = tuple(network.nodes[key]["node"] for key in sorted(distance, key=lambda key: (distance[key], key)))
    drawn = bonds_of(part_of_totals(network.graph["ledger"]), between)
    return Picture(nodes, drawn, distance, money=money_of(network.graph["ledger"], nodes, drawn), ways=found)


def _along_money(network: Network, start: str, end: str, keep: Filter) -> Picture:
    ties = [tie for tie in _all_ties(network) if tie.flow and tie.kind in _PAYMENTS and keep.keeps_tie(tie)]
    flows = {tie.flow.iri: tie.flow for tie in ties if tie.flow}
    ways = [
        way
        for way in money_ways(flows.values(), {start}, {end})
        if all(_passes(network.nodes[key]["node"], keep, {start, end}) for key in way.keys)
    ]
    steps = {(step.payer, step.payee): step for way in ways for step in way.steps}
    iris = {ends: {stated.iri for stated in step.flows} for ends, step in steps.items()}
    between = [
        (tie, steps[tie.source, tie.target].about)
        for tie in ties
        if tie.flow and tie.flow.iri in iris.get((tie.source, tie.target), ())
    ]
    distance = {key: place for way in ways for place, key in enumerate(way.keys)}
    nodes = tuple(network.nodes[key]["node"] for key in sorted(distance, key=lambda key: (distance[key], key)))
    drawn = bonds_of(own_sums(network.graph["grounds"]), between)
    about = {key for step in steps.values() for key in step.about if key in network}
    return Picture(
        nodes, drawn, distance, money=money_of(network.graph["ledger"], nodes, drawn), is_money=True,
        ways=tuple(way.keys for way in ways), named={key: network.nodes[key]["node"].name for key in about},
    )  # fmt: skip


def _generality(way: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Return a sort key by how little a way says: one programme of both parties says more than one payer of both."""
    return sum(key.startswith(f"{EntityKind.ORGANISATION}/") for key in way), way


def _all_ties(network: Network) -> Iterator[Tie]:
    edges: Iterable[tuple[str, str, Tie]] = network.edges(data="tie")
    return (tie for _, _, tie in edges)


def _passes(node: NetworkNode, keep: Filter, ends: set[str]) -> bool:
    # two things that one decision happens to name are not thereby connected
    return node.key in ends or (keep.keeps_node(node) and node.kind != DECISION)
