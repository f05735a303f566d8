"""Pictures of the network for a purpose: everything around a thing, its money alone, or its partnerships."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from graph.counting.sides import Side
from graph.model import EntityKind, RelationKind
from graph.networks.lines import Concern, bonds_of, entity_of, money_of, part_of_totals
from graph.networks.network import MONEY_TIES, Bond, Filter, Money, Network, Picture, Tie, TieKind
from graph.networks.reach import Reach, Wanted, reach

_PARTNERSHIP = {
    TieKind.WORKS_WITH, RelationKind.PARTNER_IN, RelationKind.LEADS, RelationKind.DELIVERS, RelationKind.DEVELOPED,
}  # fmt: skip


class Shown(StrEnum):
    """The ties that a picture is made of."""

    EVERYTHING = "all"
    MONEY = "money"  #: who pays whom
    PARTNERS = "partners"  #: who leads, delivers, developed and partners in what


def neighbourhood(
    network: Network,
    centre: str,
    *,
    shown: Shown = Shown.EVERYTHING,
    hops: int = 1,
    keep: Filter | None = None,
    expanded: Sequence[str] = (),
) -> Picture:
    """Return the picture of what lies within some steps of a node, and one step around each expanded node.

    Args:
        network: The network, which reads its ties as far as they are needed.
        centre: The key of the node.
        shown: The ties that the picture is made of.
        hops: The number of steps.
        keep: The filter. If there are more nodes than its limit, the nearest and those with most money are shown.
        expanded: Keys of the expanded nodes, in order; a node is expanded only if it is in the picture by then.

    A payment for a programme is shown as its two halves, to and from the programme, unless the centre or an expanded
    node is one of its ends.
    """
    network.read([centre])
    if centre not in network:
        return Picture((), ())
    chosen = keep or Filter()
    roots = [_around(network, centre, shown, hops, chosen)]
    distance, wave = dict(roots[0].distance), dict.fromkeys(roots[0].distance, "")
    for key in dict.fromkeys(expanded):
        if key not in distance or key == centre:
            continue
        around = _around(network, key, shown, 1, chosen)
        roots.append(around)
        for other in around.distance:
            if other not in distance:
                distance[other], wave[other] = distance[key] + 1, key
    is_money = shown is Shown.MONEY
    start = replace(_picture(network, roots[:1], roots[0].distance, chosen), is_money=is_money)
    if len(roots) == 1:
        return start
    return replace(_picture(network, roots, distance, chosen), wave=wave, before=start, is_money=is_money)


def without(picture: Picture, hidden: Collection[str]) -> Picture:
    """Return the picture without hidden nodes, without nodes that only these tied to it, and ways through them."""
    gone = set(hidden)
    bonds = tuple(bond for bond in picture.bonds if not gone & {bond.source, bond.target})
    tied = {end for bond in bonds for end in (bond.source, bond.target)}
    was_tied = {end for bond in picture.bonds for end in (bond.source, bond.target)}
    roots = set(picture.roots)
    stays = [node for node in picture.nodes if node.key not in gone]
    nodes = tuple(node for node in stays if node.key in tied or node.key in roots or node.key not in was_tied)
    shown = {node.key for node in nodes}
    return replace(picture, nodes=nodes, bonds=bonds, ways=tuple(way for way in picture.ways if shown.issuperset(way)))


def _around(network: Network, root: str, shown: Shown, hops: int, keep: Filter) -> Reach:
    """Return what lies around a node, with those who work with it; others who work together are joined by a line."""
    wanted = _wanted(shown, root)

    def brought(tie: Tie) -> bool:
        return wanted(tie) or (tie.kind == TieKind.WORKS_WITH and root in (tie.source, tie.target))

    found = reach(network, root, hops=hops, keep=keep, wanted=brought)
    return replace(found, wanted=lambda tie: wanted(tie) or tie.kind == TieKind.WORKS_WITH)


def _wanted(shown: Shown, root: str) -> Wanted:
    """Return a test for the ties that a picture around a node is made of."""
    if shown is Shown.PARTNERS:
        return lambda tie: tie.kind in _PARTNERSHIP
    if shown is Shown.EVERYTHING:
        return lambda tie: not tie.through or root in (tie.source, tie.target)
    if root.startswith(f"{EntityKind.ORGANISATION}/"):
        return _is_direct
    of_places = root.startswith(f"{EntityKind.PLACE}/")
    return lambda tie: tie.kind in MONEY_TIES and not tie.through and (of_places or tie.kind != TieKind.BENEFITS)


def _is_direct(tie: Tie) -> bool:
    """Return True if a tie is a payment between two organisations, or stands for one whose other end no document names.

    A programme or fund stands between two organisations only if there is no other end to show.
    """
    if tie.flow is None or tie.kind not in MONEY_TIES or tie.kind == TieKind.BENEFITS:
        return False
    flow = tie.flow.flow
    if tie.kind == TieKind.FUNDS:
        return flow.recipient in (None, flow.funder)
    return tie.kind == TieKind.PAYS or flow.funder is None


def _picture(network: Network, roots: Sequence[Reach], distance: Mapping[str, int], keep: Filter) -> Picture:
    network.read_between(distance)
    nodes = tuple(network.node(key) for key in sorted(distance, key=lambda key: (distance[key], key)))
    drawn = bonds_of(part_of_totals(network.ledger), _drawn(network, roots, distance, keep))
    return Picture(
        nodes,
        drawn,
        dict(distance),
        left_out=sum(around.left_out for around in roots),
        money_left_out=_money_left_out(network, roots[0], drawn, keep) if roots[0].left_out else Money(),
        money=money_of(network.ledger, nodes, drawn),
        roots=tuple(around.root for around in roots),
    )


def _money_left_out(network: Network, around: Reach, drawn: Sequence[Bond], keep: Filter) -> Money:
    """Return the part that flows on no line have in the totals of the centre."""
    shown = {tie.flow.iri for bond in drawn for tie in bond.ties if tie.flow}
    ties = [
        tie
        for tie in network.ties_at(around.root)
        if tie.flow and tie.flow.iri not in shown and around.wanted(tie) and keep.keeps_tie(tie)
    ]
    centre = entity_of(network.node(around.root))
    if centre is None:
        return Money()
    into, out = (
        network.ledger.part(centre, side, {t.flow.iri: t.flow for t in some if t.flow}.values()).total
        for side, some in (
            (Side.SOURCES, [tie for tie in ties if tie.target == around.root]),
            (Side.DELIVERIES, [tie for tie in ties if tie.source == around.root]),
        )
    )
    return Money(into, out)


def _drawn(
    network: Network, roots: Sequence[Reach], keys: Collection[str], keep: Filter
) -> Iterator[tuple[Tie, Concern]]:
    for key in keys:
        for tie in network.ties_from(key):
            if tie.target in keys and keep.keeps_tie(tie):
                concern = _concern(tie, roots)
                if concern is not None:
                    yield tie, concern


def _concern(tie: Tie, roots: Sequence[Reach]) -> Concern | None:
    """Return the keys that a tie must concern in a picture with several roots; None if no root lets it in."""
    found = [concern for around in roots if (concern := around.concern(tie)) is not None]
    if not found:
        return None
    return frozenset() if not all(found) else frozenset().union(*found)
