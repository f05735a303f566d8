"""Where each node of a picture is drawn: computed once and the same each time, so that the browser paints at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from graph.networks.network import Picture

if TYPE_CHECKING:
    import networkx as nx


MOST_BY_FORCE = 300  #: above this, forces take seconds and the picture stands in rings instead


def layout(picture: Picture, *, across: bool = False) -> dict[str, tuple[float, float]]:
    """Return a place for each node, in a square of side 2 around 0, the same each time; `across` from left to right."""
    import networkx as nx

    if across:
        return _columns(picture)
    if len(picture.nodes) > MOST_BY_FORCE:
        return _wedges(picture)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.key for node in picture.nodes)
    for bond in picture.bonds:
        graph.add_edge(bond.source, bond.target)
    if len(graph) < 2:
        return {key: (0.0, 0.0) for key in graph}
    start = _rings(picture)
    spread = 2.2 / len(graph) ** 0.5
    placed = nx.spring_layout(graph, pos=start, k=spread, iterations=60, seed=7, method="force")
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


def _wedges(picture: Picture) -> dict[str, tuple[float, float]]:
    """Return rings by distance, each node in the wedge of the one it was reached from; large rings in three rows."""
    from math import cos, pi, sin

    parent = _parents(picture)
    children: dict[str, list[str]] = defaultdict(list)
    weight = {node.key: 1 for node in picture.nodes}
    outward = sorted(weight, key=lambda key: (picture.distance.get(key, 0), key))
    for key in reversed(outward):
        if key in parent:
            weight[parent[key]] += weight[key]
            children[parent[key]].append(key)
    roots = [key for key in outward if key not in parent]
    whole = sum(weight[key] for key in roots)
    last = max(picture.distance.values(), default=0) + 1
    places: dict[str, tuple[float, float]] = {}
    todo = [("", 0.0, 2 * pi, roots, whole)]
    while todo:
        _, angle, width, keys, share = todo.pop()
        for row, key in enumerate(sorted(keys, key=lambda key: (-weight[key], key))):
            part = width * weight[key] / share
            step = picture.distance.get(key, 0)
            radius = (step + (0.28 * (row % 3) if step else 0.0)) / last
            places[key] = (radius * cos(angle + part / 2), radius * sin(angle + part / 2))
            todo.append((key, angle, part, children[key], weight[key] - 1))
            angle += part
    return places


def _parents(picture: Picture) -> dict[str, str]:
    """Return for each node the first by name, a step nearer to the centre, that it is tied to."""
    parent: dict[str, str] = {}
    for bond in picture.bonds:
        for near, far in ((bond.source, bond.target), (bond.target, bond.source)):
            if picture.distance.get(near, 0) + 1 == picture.distance.get(far, 0):
                parent[far] = min(near, parent.get(far, near))
    return parent


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
