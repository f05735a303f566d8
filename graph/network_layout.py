"""Where each node of a picture is drawn: computed once and the same each time, so that the browser paints at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.network import Picture

if TYPE_CHECKING:
    import networkx as nx


def layout(picture: Picture, *, across: bool = False) -> dict[str, tuple[float, float]]:
    """Return a place for each node, in a square of side 2 around 0, the same each time; `across` from left to right."""
    import networkx as nx

    if across:
        return _columns(picture)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.key for node in picture.nodes)
    for bond in picture.bonds:
        graph.add_edge(bond.source, bond.target)
    if len(graph) < 2:
        return {key: (0.0, 0.0) for key in graph}
    start = _rings(picture)
    spread = 2.2 / len(graph) ** 0.5
    placed = nx.spring_layout(graph, pos=start, k=spread, iterations=60 if len(graph) < 400 else 25, seed=7)
    return _filling({key: (float(x), float(y)) for key, (x, y) in placed.items()})


def _filling(places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the places spread over the square, halfway to evenly: a crowd in the middle gets room for its names."""
    across, down = (_spread({key: place[side] for key, place in places.items()}) for side in (0, 1))
    return {key: (across[key], down[key]) for key in places}


def _spread(values: dict[str, float]) -> dict[str, float]:
    low, high = min(values.values()), max(values.values())
    width = high - low or 1.0
    steps = max(1, len(values) - 1)
    order = {key: number / steps for number, key in enumerate(sorted(values, key=lambda key: (values[key], key)))}
    return {key: (value - low) / width + order[key] - 1.0 for key, value in values.items()}


def _rings(picture: Picture) -> dict[str, tuple[float, float]]:
    from math import cos, pi, sin

    rings: dict[int, list[str]] = defaultdict(list)
    for node in picture.nodes:
        rings[picture.distance.get(node.key, 0)].append(node.key)
    return {
        key: (step * cos(2 * pi * place / len(keys)), step * sin(2 * pi * place / len(keys)))
        for step, keys in rings.items()
        for place, key in enumerate(keys)
    }


def _columns(picture: Picture) -> dict[str, tuple[float, float]]:
    columns: dict[int, list[str]] = defaultdict(list)
    for node in picture.nodes:
        columns[picture.distance.get(node.key, 0)].append(node.key)
    last = max(columns, default=0) or 1
    return {
        key: (2 * step / last - 1, (place - (len(keys) - 1) / 2) * 0.5)
        for step, keys in columns.items()
        for place, key in enumerate(keys)
    }
