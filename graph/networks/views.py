"""Parts of the network for a purpose: what is around a thing, the money alone, partnerships, the way between two."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from graph.counting.ledger import Ledger, LineSum
from graph.counting.left_out import is_money
from graph.counting.sides import Side
from graph.model import RelationKind
from graph.networks.network import DECISION, Bond, Filter, NetworkNode, Picture, Tie, TieKind
from graph.stated.things import thing_key

if TYPE_CHECKING:
    import networkx as nx

    from graph.networks.network import Network

_PARTNERSHIP = {RelationKind.PARTNER_IN, RelationKind.LEADS, RelationKind.DELIVERS, RelationKind.DEVELOPED}


def neighbourhood(
    network: Network, centre: str, *, hops: int = 1, keep: Filter | None = None, limit: int = 200
) -> Picture:
    """Return what lies within so many steps of a node; the nearest and those with most money where it is too much.

    Payments that a programme stands between are shown by their two halves, unless the centre is one end.
    """
    return _spread(network, centre, hops, keep or Filter(), limit, lambda tie: not tie.through or _touches(tie, centre))


def money(network: Network, centre: str, *, hops: int = 1, keep: Filter | None = None, limit: int = 200) -> Picture:
    """Return who pays whom around an organisation, programmes left aside."""
    return _spread(network, centre, hops, keep or Filter(), limit, lambda tie: tie.kind == TieKind.PAYS)


def partnership(
    network: Network, centre: str, *, hops: int = 2, keep: Filter | None = None, limit: int = 200
) -> Picture:
    """Return who leads, delivers, developed and partners in what around a thing."""
    return _spread(network, centre, hops, keep or Filter(), limit, lambda tie: tie.kind in _PARTNERSHIP)


def path(network: Network, start: str, end: str, *, keep: Filter | None = None, ways: int = 3) -> Picture:
    """Return up to so many shortest ways between two nodes, through things rather than decisions; empty if none."""
    import networkx as nx

    chosen = keep or Filter()
    plain: nx.Graph[str] = nx.Graph()
    for tie in _all_ties(network):
        ends = network.nodes[tie.source]["node"], network.nodes[tie.target]["node"]
        if all(_passes(node, chosen, {start, end}) for node in ends) and chosen.keeps_tie(tie):
            plain.add_edge(tie.source, tie.target)
    if start not in plain or end not in plain or not nx.has_path(plain, start, end):
        return Picture((), ())
    distance: dict[str, int] = {}
    steps: set[frozenset[str]] = set()
    for number, way in enumerate(nx.all_shortest_paths(plain, start, end)):
        if number == ways:
            break
        distance.update({key: step for step, key in enumerate(way)})
        steps.update(frozenset(pair) for pair in itertools.pairwise(way))
    between = (tie for tie in _all_ties(network) if frozenset((tie.source, tie.target)) in steps)
    return _picture(network, distance, filter(chosen.keeps_tie, between), 0)


def _all_ties(network: Network) -> Iterator[Tie]:
    edges: Iterable[tuple[str, str, Tie]] = network.edges(data="tie")
    return (tie for _, _, tie in edges)


def _ties_from(network: Network, key: str) -> Iterator[Tie]:
    edges: Iterable[tuple[str, str, Tie]] = network.out_edges(key, data="tie")
    return (tie for _, _, tie in edges)


def _ties_at(network: Network, key: str) -> Iterator[Tie]:
    edges: Iterable[tuple[str, str, Tie]] = network.in_edges(key, data="tie")
    yield from _ties_from(network, key)
    yield from (tie for _, _, tie in edges)


def _touches(tie: Tie, key: str) -> bool:
    return key in (tie.source, tie.target)


def _passes(node: NetworkNode, keep: Filter, ends: set[str]) -> bool:
    # two things that one decision happens to name are not thereby connected
    return node.key in ends or (keep.keeps_node(node) and node.kind != DECISION)


def _spread(
    network: Network, centre: str, hops: int, keep: Filter, limit: int, wanted: Callable[[Tie], bool]
) -> Picture:
    if centre not in network:
        return Picture((), ())
    distance, edge, left_out = {centre: 0}, [centre], 0
    for step in range(1, hops + 1):
        found: dict[str, Decimal] = defaultdict(Decimal)
        for key in edge:
            for tie in _ties_at(network, key):
                other = tie.target if tie.source == key else tie.source
                if other in distance or not wanted(tie) or not keep.keeps_tie(tie):
                    continue
                if keep.keeps_node(network.nodes[other]["node"]):
                    found[other] += tie.flow.flow.amount if tie.flow and is_money(tie.flow) else Decimal(0)
        ranked = sorted(found, key=lambda key: (-found[key], key))
        edge = ranked[: max(0, limit - len(distance))]
        left_out += len(ranked) - len(edge)
        distance.update({key: step for key in edge})
    ties = [
        tie
        for key in distance
        for tie in _ties_from(network, key)
        if tie.target in distance and wanted(tie) and keep.keeps_tie(tie)
    ]
    return _picture(network, distance, ties, left_out)


def _picture(network: Network, distance: Mapping[str, int], ties: Iterable[Tie], left_out: int) -> Picture:
    groups: dict[tuple[str, str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        groups[(tie.source, tie.target, tie.kind)].append(tie)
    bonds = []
    for (source, target, kind), members in sorted(groups.items()):
        line = _line_sum(network.graph["ledger"], members)
        bonds.append(Bond(source, target, kind, tuple(members), line.amount, line.joint, line.passed_on))
    nodes = tuple(network.nodes[key]["node"] for key in sorted(distance, key=lambda key: (distance[key], key)))
    return Picture(nodes, tuple(bonds), dict(distance), left_out)


def _line_sum(ledger: Ledger, ties: Sequence[Tie]) -> LineSum:
    """Return a line's part of the total of the programme at one end, or of what the recipient received."""
    flows = [tie.flow for tie in ties if tie.flow]
    if not flows:
        return LineSum()
    first = ties[0]
    ends = {thing_key(programme): programme for programme in flows[0].flow.programmes}
    subject = ends.get(first.source) or ends.get(first.target) or flows[0].flow.recipient
    if subject is None:
        return LineSum()
    return ledger.line(subject, Side.DELIVERIES if first.kind == TieKind.PAID_UNDER else Side.SOURCES, flows)
