"""A picture of the network as display text: labels, sizes, colours, places on the page, legend and table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from app.links import PAGES, decision_link, explore_link, page_link
from app.viewmodels import words
from app.viewmodels.table import Cell, Table
from graph.model import EntityKind
from graph.networks.network import DECISION, Bond, NetworkNode, Picture, Tie, TieKind
from graph.stated.decisions import DecisionHead

#: Okabe and Ito's colours, which colour-blind people can tell apart, and shapes for those who see none
COLOUR = {
    EntityKind.ORGANISATION.value: "#0072B2",
    EntityKind.PROGRAMME.value: "#D55E00",
    EntityKind.PLACE.value: "#009E73",
    EntityKind.FUND.value: "#E69F00",
    DECISION: "#767676",
}
SHAPE = {
    EntityKind.ORGANISATION.value: "dot",
    EntityKind.PROGRAMME.value: "diamond",
    EntityKind.PLACE.value: "triangle",
    EntityKind.FUND.value: "square",
    DECISION: "hexagon",
}
KIND = {**{kind.value: name for kind, name in words.THING.items()}, DECISION: "Decision"}
TIE: dict[str, str] = {
    TieKind.PAYS: "pays",
    TieKind.FUNDS: "funds",
    TieKind.PAID_UNDER: "pays for work by",
    TieKind.DRAWS_ON: "fund used for",
    TieKind.BENEFITS: "benefits",
    TieKind.DECIDES: "decides on",
    **{kind: both[0] for kind, both in words.RELATION.items()},
}
MONEY_TIES = {TieKind.PAYS, TieKind.FUNDS, TieKind.PAID_UNDER}


@dataclass(frozen=True, slots=True)
class NodeView:
    """One node as drawn."""

    key: str
    label: str  #: wrapped over lines
    name: str
    kind: str  #: "Programme"
    colour: str
    shape: str
    size: float
    x: float  #: -1 left to 1 right
    y: float  #: -1 top to 1 bottom
    href: str  #: its page
    explore: str  #: the network around it; "" for a decision
    lines: tuple[str, ...]  #: what its card says


@dataclass(frozen=True, slots=True)
class EdgeView:
    """One line between two nodes."""

    source: str
    target: str
    label: str  #: the sum, "" where no money moves
    title: str  #: "Home Office funds Drive: £100 (2 figures)"
    width: float
    money: bool
    href: str  #: the decision at the words that say so


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A network as drawn and as a table."""

    nodes: tuple[NodeView, ...]
    edges: tuple[EdgeView, ...]
    legend: tuple[tuple[str, str, str], ...]  #: (kind in words, colour, shape) of the kinds there are
    table: Table
    summary: str  #: the picture in a sentence
    note: str  #: what is left out, "" where nothing


def network_view(
    picture: Picture,
    places: Mapping[str, tuple[float, float]],
    heads: Mapping[str, DecisionHead],
    *,
    centre: str = "",
    end: str = "",
) -> NetworkView:
    """Return the picture with every node sized by its money and placed; with an end, as the way there."""
    names = {node.key: node.name for node in picture.nodes}
    money = _money(picture)
    largest = max(money.values(), default=Decimal(0))
    lines = _card_lines(picture, names)
    nodes = tuple(
        _node(node, places[node.key], _size(money[node.key], largest, node.key == centre), lines[node.key])
        for node in picture.nodes
    )
    kinds = {node.kind for node in picture.nodes}
    return NetworkView(
        nodes=nodes,
        edges=tuple(_edge(bond, names) for bond in picture.bonds),
        legend=tuple((KIND[kind], COLOUR[kind], SHAPE[kind]) for kind in COLOUR if kind in kinds),
        table=_table(picture, names, heads),
        summary=_way(picture, names, centre, end) if end else _summary(picture, names, centre),
        note=f"The best funded are shown; {picture.left_out:,} more are in reach." if picture.left_out else "",
    )


def node_href(key: str) -> str:
    """Return the page of a node."""
    kind, _, name = key.partition("/")
    return decision_link(name) if kind == DECISION else page_link(PAGES[EntityKind(kind)], id=name)


def _node(node: NetworkNode, place: tuple[float, float], size: float, lines: tuple[str, ...]) -> NodeView:
    return NodeView(
        key=node.key,
        label=wrapped(node.name),
        name=node.name,
        kind=KIND[node.kind] + ("" if node.verified else " (new name, not yet checked)"),
        colour=COLOUR[node.kind],
        shape=SHAPE[node.kind],
        size=size,
        x=round(place[0], 4),
        y=round(place[1], 4),
        href=node_href(node.key),
        explore="" if node.kind == DECISION else explore_link(node.key),
        lines=lines,
    )


def wrapped(name: str, width: int = 20, most: int = 3) -> str:
    """Return a name over several short lines; past the last, an ellipsis."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    lines = [line if len(line) <= 2 * width else f"{line[: 2 * width]}…" for line in lines]
    return "\n".join(lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"])


def _edge(bond: Bond, names: Mapping[str, str]) -> EdgeView:
    is_money = bond.kind in MONEY_TIES and bond.amount > 0
    return EdgeView(
        source=bond.source,
        target=bond.target,
        label=words.short_pounds(bond.amount) if is_money else "",
        title=_sentence(bond, names),
        width=1.0 + (min(7.0, sqrt(float(bond.amount) / 100_000)) if is_money else 0.0),
        money=is_money,
        href=_href(bond.ties[0]) if bond.ties else "",
    )


def _sentence(bond: Bond, names: Mapping[str, str]) -> str:
    said = f"{names[bond.source]} {TIE.get(bond.kind, bond.kind)} {names[bond.target]}"
    if bond.kind in MONEY_TIES and bond.amount:
        said += f": {words.pounds(bond.amount)}"
    return f"{said} ({words.count(len(bond.ties), 'statement')})" if len(bond.ties) > 1 else said


def _href(tie: Tie) -> str:
    stated = tie.flow.flow if tie.flow else tie.relation
    evidence = stated.evidence if stated else ()
    return decision_link(tie.document, at=evidence[0].locator if evidence else "")


def _money(picture: Picture) -> dict[str, Decimal]:
    """Return the larger of what goes into and out of each node, so that money passed on counts once."""
    sides: dict[str, list[Decimal]] = {node.key: [Decimal(0), Decimal(0)] for node in picture.nodes}
    for bond in picture.bonds:
        if bond.kind in MONEY_TIES:
            sides[bond.source][0] += bond.amount
            sides[bond.target][1] += bond.amount
    return {key: max(both) for key, both in sides.items()}


def _size(amount: Decimal, largest: Decimal, is_centre: bool) -> float:
    share = sqrt(float(amount / largest)) if largest else 0.0
    return round(8 + 18 * share + (4 if is_centre else 0), 1)


def _card_lines(picture: Picture, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    lines: dict[str, list[str]] = defaultdict(list)
    for bond in sorted(picture.bonds, key=lambda bond: -bond.amount):
        sentence = _sentence(bond, names)
        lines[bond.source].append(sentence)
        lines[bond.target].append(sentence)
    short = {key: said if len(said) <= 8 else [*said[:7], f"and {len(said) - 7:,} more"] for key, said in lines.items()}
    return {node.key: tuple(short.get(node.key, ())) for node in picture.nodes}


def _table(picture: Picture, names: Mapping[str, str], heads: Mapping[str, DecisionHead]) -> Table:
    rows = []
    for bond in sorted(picture.bonds, key=lambda bond: (bond.kind not in MONEY_TIES, -bond.amount, names[bond.source])):
        tie = bond.ties[0]
        caption = heads[tie.document].caption if tie.document in heads else tie.document
        documents = {each.document for each in bond.ties}
        more = f"and {words.count(len(documents) - 1, 'other decision')}" if len(documents) > 1 else ""
        with_money = bool(bond.amount) and bond.kind in MONEY_TIES
        rows.append(
            (
                Cell(names[bond.source], node_href(bond.source)),
                Cell(TIE.get(bond.kind, bond.kind)),
                Cell(names[bond.target], node_href(bond.target)),
                Cell(
                    words.pounds(bond.amount) if with_money else "—", plain=f"{bond.amount:.2f}" if with_money else ""
                ),
                Cell(_years(bond), plain=_years(bond)),
                Cell(caption, _href(tie), note=more),
            )
        )
    return Table(("From", "Tie", "To", "Amount", "Years", "Said in"), tuple(rows), frozenset({3}))


def _years(bond: Bond) -> str:
    years = sorted({year for tie in bond.ties if tie.flow for year in tie.flow.flow.years})
    return words.years((years[0], years[-1]) if len(years) > 1 else years) if years else "—"


def _way(picture: Picture, names: Mapping[str, str], centre: str, end: str) -> str:
    number = picture.distance.get(end, 0)
    return f"{names[centre]} and {names[end]} are {words.count(number, 'step')} apart."


def _summary(picture: Picture, names: Mapping[str, str], centre: str) -> str:
    kinds: dict[str, int] = defaultdict(int)
    for node in picture.nodes:
        if node.key != centre:
            kinds[node.kind] += 1
    plural = {**{kind.value: name.lower() for kind, name in words.THINGS.items()}, DECISION: "decisions"}
    parts = [words.count(number, KIND[kind].lower(), plural[kind]) for kind, number in sorted(kinds.items())]
    around = f"Around {names[centre]}: " if centre in names else ""
    others = words.listed(parts, limit=9) or "nothing else"
    return f"{around}{others}, joined by {words.count(len(picture.bonds), 'tie')}."
