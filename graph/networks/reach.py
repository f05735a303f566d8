"""What lies in reach of a node, and which statements a line may carry in a picture around it.

A picture is about its centre. A line that leads outward carries all there is between its two ends; a line between two
nodes that are equally far out carries only what concerns something nearer to the centre: around a programme, what two
of its funders pay each other for that programme, and not for all the others that they share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.counting.left_out import is_money
from graph.networks.network import Filter, Tie, TieKind

if TYPE_CHECKING:
    from graph.networks.network import Network

Wanted = Callable[[Tie], bool]


@dataclass(frozen=True, slots=True)
class Reach:
    """The nodes around one root."""

    root: str
    distance: Mapping[str, int]  #: steps from the root, by key, nearest first
    wanted: Wanted  #: which ties the picture is made of
    left_out: int = 0  #: nodes in reach beyond the limit

    def concern(self, tie: Tie) -> frozenset[str] | None:
        """Return what the tie must concern to stand here: nothing for all of it, or the nearer nodes that it names.

        None where it does not belong into the picture.
        """
        ends = self.distance.get(tie.source), self.distance.get(tie.target)
        if ends[0] is None or ends[1] is None or not self.wanted(tie):
            return None
        if ends[0] != ends[1] or tie.kind == TieKind.WORKS_WITH:
            return frozenset()
        nearer = frozenset(key for key in tie.named if self.distance.get(key, ends[0]) < ends[0])
        return nearer or None


def ties_from(network: Network, key: str) -> Iterator[Tie]:
    """Return the ties that start at a node."""
    edges: Iterable[tuple[str, str, Tie]] = network.out_edges(key, data="tie")
    return (tie for _, _, tie in edges)


def ties_at(network: Network, key: str) -> Iterator[Tie]:
    """Return the ties that start or end at a node."""
    yield from ties_from(network, key)
    edges: Iterable[tuple[str, str, Tie]] = network.in_edges(key, data="tie")
    yield from (tie for _, _, tie in edges)


def reach(network: Network, root: str, *, hops: int, keep: Filter, wanted: Wanted) -> Reach:
    """Return what lies within so many steps of a node; those with most money where it is too much, and all pinned."""
    distance, edge, left_out = {root: 0}, [root], 0
    for step in range(1, hops + 1):
        found: dict[str, float] = defaultdict(float)  #: for the order alone
        for key in edge:
            for tie in ties_at(network, key):
                other = tie.target if tie.source == key else tie.source
                if other in distance or not wanted(tie) or not (keep.keeps_tie(tie) or other in keep.pinned):
                    continue
                if other in keep.pinned or keep.keeps_node(network.nodes[other]["node"]):
                    found[other] += float(tie.flow.flow.amount) if tie.flow and is_money(tie.flow) else 0.0
        ranked = sorted(found, key=lambda key: (key not in keep.pinned, -found[key], key))
        edge = ranked[: max(0, keep.limit - len(distance))]
        left_out += len(ranked) - len(edge)
        distance.update({key: step for key in edge})
    return Reach(root, distance, wanted, left_out)
