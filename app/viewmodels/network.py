"""A picture of the network as display text: nodes and lines with sizes, positions, legend and table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from app.viewmodels import words
from app.viewmodels.network_table import lines_table
from app.viewmodels.network_words import (
    COLOUR,
    KIND,
    KINDS,
    SHAPE,
    Names,
    in_and_out,
    label,
    moves_money,
    scope,
    sums,
    verb,
    wrapped,
)
from app.viewmodels.table import Table
from graph.networks.layout import layout
from graph.networks.network import Bond, Money, NetworkNode, Picture, TieKind
from graph.networks.room import Room
from graph.networks.views import without
from graph.stated.decisions import DecisionHead

SMALLEST, USUAL, LARGEST = 7.0, 14.0, 26.0  #: radius of a mark, pixels
LETTER, LINE = 6.6, 15.0  #: width and height of a letter in a name, pixels
THINNEST, WIDEST = 1.2, 7.5  #: of a line, pixels


@dataclass(frozen=True, slots=True)
class NodeView:
    """One node as drawn."""

    key: str
    name: str
    kind: str  #: of the network: "programme"
    verified: bool
    size: float  #: radius, pixels
    x: float  #: pixels at full size, 0 in the middle
    y: float
    money: tuple[str, ...]  #: "£900 in", "£400 out"


@dataclass(frozen=True, slots=True)
class RoleView:
    """One statement of a line: the role of one node to the other."""

    verb: str  #: "funds"
    back: bool  #: whether it is said of the line's target
    sums: tuple[str, ...]  #: the sums in full
    scope: str  #: what the sums are of; "" where no money moves


@dataclass(frozen=True, slots=True)
class EdgeView:
    """The line between two nodes; it starts at the node from which most money comes."""

    source: str
    target: str
    label: str  #: the sum in short, and what comes back; "" where no money moves
    roles: tuple[RoleView, ...]  #: those with money first
    bonds: tuple[Bond, ...]  #: what each of them rests on
    width: float
    money: bool
    arrows: tuple[bool, bool]  #: whether something is said of the source, and of the target; none where of both alike
    aside: bool  #: touches neither the centre nor an expanded mark


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A network as drawn and as a table."""

    nodes: tuple[NodeView, ...]  #: those with most money first
    edges: tuple[EdgeView, ...]
    legend: tuple[tuple[str, str, str, str], ...]  #: (kind, in words, colour, shape) of the kinds there are
    sizes: tuple[tuple[float, str], ...]  #: (radius, "£1m"): what the sizes stand for; none where no money is
    table: Table
    title: str
    summary: str  #: the picture in a sentence
    note: str  #: what is left out, "" where nothing
    picture: Picture  #: what is shown, hidden marks left out
    across: bool = False  #: a way from left to right


def network_view(
    whole: Picture,
    heads: Mapping[str, DecisionHead],
    *,
    centre: str = "",
    end: str = "",
    hidden: Collection[str] = (),
) -> NetworkView:
    """Return the picture with a size and position for each node; with `end`, as the path from `centre` to it.

    Hidden nodes keep their positions, so that the others do not move.
    """
    money = {node.key: whole.money.get(node.key, Money()) for node in whole.nodes}
    largest = max((each.most for each in money.values()), default=Decimal(0))
    size = {key: _size(each.most, largest, key == centre) for key, each in money.items()}
    places = layout(whole, {node.key: _room(node) for node in whole.nodes}, across=bool(end))
    picture = without(whole, hidden)
    names = {**whole.named, **{node.key: node.name for node in whole.nodes}}
    kinds = {node.kind for node in picture.nodes}
    heaviest = max((bond.amount for bond in picture.bonds), default=Decimal(0))
    first, last = (whole.ways[0][0], whole.ways[0][-1]) if whole.ways else (centre, end)
    edges = tuple(_edge(bonds, names, whole.roots, heaviest, way=bool(end)) for bonds in _by_pair(picture.bonds))
    return NetworkView(
        nodes=tuple(_node(node, size[node.key], places[node.key], money[node.key]) for node in _by_money(picture)),
        edges=edges,
        legend=tuple((kind, KIND[kind], COLOUR[kind], SHAPE[kind]) for kind in COLOUR if kind in kinds),
        sizes=_sizes(largest),
        table=lines_table(picture, names, heads),
        title=f"From {names[first]} to {names[last]}" if end in names else f"Around {names.get(centre, '')}",
        summary=_way(picture, names, centre, end) if end else _summary(picture, names, centre, len(edges)),
        note=_note(whole.left_out, whole.money_left_out, names.get(centre, "")),
        picture=picture,
        across=bool(end),
    )


def _by_money(picture: Picture) -> list[NetworkNode]:
    nothing = Money()
    return sorted(picture.nodes, key=lambda node: (-picture.money.get(node.key, nothing).most, node.name))


def _note(left_out: int, money: Money, centre: str) -> str:
    """Return what is left out of a picture; the money is the centre's, which no line carries."""
    if not left_out:
        return ""
    said = f"Those with most money are shown; {left_out:,} more are in reach: show more, or filter."
    sums = words.listed(in_and_out(money))
    return f"{said} Left out with them at {centre}: {sums}." if sums else said


def _node(node: NetworkNode, size: float, place: tuple[float, float], money: Money) -> NodeView:
    return NodeView(node.key, node.name, node.kind, node.verified, size, place[0], place[1], in_and_out(money))


def _room(node: NetworkNode) -> Room:
    """Return the space for a node of usual size.

    The space does not depend on its money, so that nodes stay in place.
    """
    lines = wrapped(node.name).split("\n")
    width = max(2 * USUAL, max(map(len, lines)) * LETTER + 8)
    return Room(width, 2 * USUAL + LINE * len(lines) + 6, USUAL + 2)


def _by_pair(bonds: Iterable[Bond]) -> list[list[Bond]]:
    """Return the bonds grouped by pair of nodes, most money first."""
    found: dict[frozenset[str], list[Bond]] = defaultdict(list)
    for bond in bonds:
        found[frozenset((bond.source, bond.target))].append(bond)
    return [sorted(pair, key=lambda bond: (not moves_money(bond), -bond.amount)) for pair in found.values()]


def _edge(bonds: Sequence[Bond], names: Names, roots: Collection[str], heaviest: Decimal, *, way: bool) -> EdgeView:
    first = bonds[0]
    money = moves_money(first)
    share = sqrt(float(first.amount / heaviest)) if money and heaviest else 0.0
    forward = next((label(bond) for bond in bonds if bond.source == first.source), "")
    pointing = {bond.source for bond in bonds if bond.kind != TieKind.WORKS_WITH}
    back = next((label(bond) for bond in bonds if bond.source == first.target and label(bond)), "")
    return EdgeView(
        source=first.source,
        target=first.target,
        label=f"{forward}, {back} back" if forward and back else forward,
        roles=tuple(_role(bond, names, back=bond.source != first.source) for bond in bonds),
        bonds=tuple(bonds),
        width=round(THINNEST + (WIDEST - THINNEST) * share, 1),
        money=money,
        arrows=(first.source in pointing, first.target in pointing),
        aside=not way and not {first.source, first.target}.intersection(roots),
    )


def _role(bond: Bond, names: Names, *, back: bool) -> RoleView:
    return RoleView(verb(bond), back, sums(bond), scope(bond, names) if moves_money(bond) else "")


def _size(amount: Decimal, largest: Decimal, is_centre: bool) -> float:
    share = sqrt(float(amount / largest)) if largest else 0.0
    return round(max(SMALLEST + (LARGEST - SMALLEST) * share, 16.0 if is_centre else 0.0), 1)


def _sizes(largest: Decimal) -> tuple[tuple[float, str], ...]:
    """Return two round sums for the legend, parts of the largest, with the radius of their nodes."""
    if not largest:
        return ()
    top = _rounded_down(largest)
    return tuple((_size(sum_, largest, False), words.short_pounds(sum_)) for sum_ in (top / 20, top / 4))


def _rounded_down(amount: Decimal) -> Decimal:
    """Return the next lower number of the form 1, 2 or 5 times a power of ten."""
    unit = Decimal(10) ** amount.adjusted()
    return next(step * unit for step in (5, 2, 1) if step * unit <= amount)


def _way(picture: Picture, names: Names, centre: str, end: str) -> str:
    number = max(picture.distance.get(end, 0), picture.distance.get(centre, 0))
    several = f", in {len(picture.ways)} ways" if len(picture.ways) > 1 else ""
    told = ", told along the money" if picture.is_money else ""
    return f"{names[centre]} and {names[end]} are {words.count(number, 'step')} apart{several}{told}."


def _summary(picture: Picture, names: Names, centre: str, lines: int) -> str:
    kinds: dict[str, int] = defaultdict(int)
    for node in picture.nodes:
        if node.key != centre:
            kinds[node.kind] += 1
    parts = [words.count(number, KIND[kind].lower(), KINDS[kind].lower()) for kind, number in sorted(kinds.items())]
    around = f"Around {names[centre]}: " if centre in names else ""
    others = words.listed(parts, limit=9) or "nothing else"
    return f"{around}{others}, joined by {words.count(lines, 'line')}."
