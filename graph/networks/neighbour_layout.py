"""Layout of several steps around a node: rings by distance, each node in a wedge behind the node it is reached from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import cos, pi, sin, sqrt

from graph.networks.network import Picture
from graph.networks.room import FLAT, Place, Room

DEPTH = 0.75  #: of a ring, in steps: its nodes stand in rows behind each other


def neighbour_layout(picture: Picture, rooms: Mapping[str, Room], *, step: float) -> dict[str, Place]:
    """Return the position of each node in pixels, with the centre at 0.

    Nodes at the same distance stand on one ring. A node with many nodes behind it gets a wider wedge.

    Args:
        picture: The nodes, with their lines and distances.
        rooms: The size of each node with its name, by key.
        step: The distance between two rings in pixels.
    """
    parent = _parents(picture, rooms)
    children: dict[str, list[str]] = defaultdict(list)
    weight = {key: 1.0 for key in rooms}
    outward = sorted(rooms, key=lambda key: (picture.distance.get(key, 0), key))
    for key in reversed(outward):
        if key in parent:
            weight[parent[key]] += weight[key]
            children[parent[key]].append(key)
    roots = [key for key in outward if key not in parent]
    rows = {step: max(3, round(sqrt(number / 10))) for step, number in _numbers(picture, rooms).items()}
    places: dict[str, Place] = {}
    todo = [(0.0, 2 * pi, roots)]
    while todo:
        angle, width, keys = todo.pop()
        share = sum(weight[key] for key in keys)
        for row, key in enumerate(sorted(keys, key=lambda key: (-weight[key], key))):
            part = width * weight[key] / share
            distance = picture.distance.get(key, 0)
            behind = DEPTH * (row % rows[distance]) / rows[distance] if distance else 0.0
            radius = (distance + behind) * step
            places[key] = (FLAT * radius * cos(angle + part / 2), radius * sin(angle + part / 2))
            todo.append((angle, part, children[key]))
            angle += part
    return {key: places[key] for key in outward}


def _numbers(picture: Picture, rooms: Mapping[str, Room]) -> Counter[int]:
    return Counter(picture.distance.get(key, 0) for key in rooms)


def _parents(picture: Picture, rooms: Mapping[str, Room]) -> dict[str, str]:
    """Return, for each node, the neighbour that is one step nearer to the centre; of several, the first by key."""
    parent: dict[str, str] = {}
    for bond in picture.bonds:
        for near, far in ((bond.source, bond.target), (bond.target, bond.source)):
            if near in rooms and far in rooms and picture.distance.get(near, 0) + 1 == picture.distance.get(far, 0):
                parent[far] = min(near, parent.get(far, near))
    return parent
