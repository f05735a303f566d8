"""The position of each node in a picture: computed once, and always the same, so that the browser paints at once.

Positions are in pixels at full size, around 0. Each node is given with the room that its mark and its name take. No two
rooms overlap, as long as there are few enough nodes to read. The nodes that an expanded node brings in are placed
around it, and every node that stood before stays where it stood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from graph.networks.columns import columns
from graph.networks.neighbour_layout import neighbour_layout
from graph.networks.network import Picture
from graph.networks.room import Place, Room, apart, free_places
from graph.networks.sectors import sectors

MOST_APART = 300  #: above this names cannot be read all at once, and marks alone are kept apart
COLUMN, ROW = 300.0, 110.0  #: between the steps of a way, and between ways
_USUAL = Room(120, 60)
_SMALL = Room(44, 36)  #: without a name


def layout(
    picture: Picture, rooms: Mapping[str, Room] | None = None, *, across: bool = False
) -> dict[str, tuple[float, float]]:
    """Return the (x, y) position of each node in pixels, by key.

    Args:
        picture: The nodes and lines.
        rooms: The size of each node with its name, by key; nodes without one get a usual size.
        across: Place the steps from the centre from left to right, instead of around it.
    """
    given = rooms or {}
    sizes = {node.key: given.get(node.key, _USUAL) for node in picture.nodes}
    if across:
        return _columns(picture)
    if not picture.nodes:
        return {}
    start = picture.before or picture
    places = _base(start, {node.key: sizes[node.key] for node in start.nodes})
    waves: dict[str, list[str]] = defaultdict(list)
    for key, root in picture.wave.items():
        if root:
            waves[root].append(key)
    for root, keys in waves.items():
        places.update(free_places(places, sizes, root, keys))
    return {key: (round(x, 1), round(y, 1)) for key, (x, y) in places.items()}


def _base(picture: Picture, sizes: Mapping[str, Room]) -> dict[str, Place]:
    if picture.is_money:
        return columns(picture, sizes if len(sizes) <= MOST_APART else dict.fromkeys(sizes, _SMALL))
    furthest = max((picture.distance.get(key, 0) for key in sizes), default=0)
    if len(sizes) > MOST_APART:
        return neighbour_layout(picture, sizes, step=26 * len(sizes) ** 0.5 / max(1, furthest) + 60)
    if furthest <= 1:
        return apart(sectors(picture, sizes), sizes)
    return apart(neighbour_layout(picture, sizes, step=210 + 9 * len(sizes) ** 0.5), sizes)


def _columns(picture: Picture) -> dict[str, Place]:
    columns: dict[int, list[str]] = defaultdict(list)
    for node in picture.nodes:
        columns[picture.distance.get(node.key, 0)].append(node.key)
    last = max(columns, default=0)
    return {
        key: (COLUMN * (step - last / 2), (place - (len(keys) - 1) / 2) * ROW)
        for step, keys in columns.items()
        for place, key in enumerate(keys)
    }
