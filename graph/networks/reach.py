"""The nodes within reach of a node, and the statements that a line may carry in a picture around it.

A picture is about its centre. A line that leads outward carries everything between its two ends. A line between two
nodes at the same distance carries only statements that concern a node nearer to the centre: around a programme, two of
its funders are joined by payments for that programme, and not by those for other programmes that they share.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.counting.left_out import is_money
from graph.networks.network import Filter, Network, Tie, TieKind

Wanted = Callable[[Tie], bool]


@dataclass(frozen=True, slots=True)
class Reach:
    """The nodes within reach of one root."""

    root: str
    distance: Mapping[str, int]  #: steps from the root, by key, nearest first
    wanted: Wanted  #: which ties the picture is made of
    left_out: int = 0  #: nodes in reach beyond the limit

    def concern(self, tie: Tie) -> frozenset[str] | None:
        """Return the keys of the nearer nodes that a tie must concern to stand in the picture.

        An empty set sets no condition. None means that the tie does not belong into the picture.
        """
        ends = self.distance.get(tie.source), self.distance.get(tie.target)
        if ends[0] is None or ends[1] is None or not self.wanted(tie):
            return None
        if ends[0] != ends[1] or tie.kind == TieKind.WORKS_WITH:
            return frozenset()
        nearer = frozenset(key for key in tie.named if self.distance.get(key, ends[0]) < ends[0])
        return nearer or None


def reach(network: Network, root: str, *, hops: int, keep: Filter, wanted: Wanted) -> Reach:
    """Return the nodes within some steps of a node: at most as many as the filter allows, those with most money first.

    Pinned nodes are always among them.

    Args:
        network: The network, which reads its ties as far as they are needed.
        root: The key of the node.
        hops: The number of steps.
        keep: The filter, with the limit and the pinned nodes.
        wanted: Returns whether a tie may be followed.
    """
    distance, edge, left_out = {root: 0}, [root], 0
    for step in range(1, hops + 1):
        found: dict[str, float] = defaultdict(float)  #: for the order alone
        network.read(edge)
        for key in edge:
            for tie in network.ties_at(key):
                other = tie.target if tie.source == key else tie.source
                if other in distance or not wanted(tie) or not (keep.keeps_tie(tie) or other in keep.pinned):
                    continue
                if other in keep.pinned or keep.keeps_node(network.node(other)):
                    found[other] += float(tie.flow.flow.amount) if tie.flow and is_money(tie.flow) else 0.0
        ranked = sorted(found, key=lambda key: (key not in keep.pinned, -found[key], key))
        edge = ranked[: max(0, keep.limit - len(distance))]
        left_out += len(ranked) - len(edge)
        distance.update({key: step for key in edge})
    return Reach(root, distance, wanted, left_out)
