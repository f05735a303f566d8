"""The space that marks take with their names: keeping them apart, and finding free places beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin

Place = tuple[float, float]
FLAT = 1.15  #: pictures are wider than they are high
GAP = 8.0  #: pixels between two rooms


@dataclass(frozen=True, slots=True)
class Room:
    """The size of a mark with its name under it, in pixels; the mark stands in the middle of the upper edge."""

    width: float
    height: float
    above: float = 16.0  #: from the upper edge to the middle of the mark


def apart(places: Mapping[str, Place], rooms: Mapping[str, Room], *, rounds: int = 120) -> dict[str, Place]:
    """Return the places, moved as little as it takes until no two rooms overlap; the first place stays.

    At most `rounds` passes are made, so that crowded rooms may still overlap.
    """
    import numpy as np

    keys = list(places)
    if len(keys) < 2:
        return dict(places)
    at = np.array([_middle(places[key], rooms[key]) for key in keys], dtype=float)
    half = np.array([((rooms[key].width + GAP) / 2, (rooms[key].height + GAP) / 2) for key in keys])
    need = half[:, None, :] + half[None, :, :]
    order = np.sign(np.arange(len(keys))[:, None] - np.arange(len(keys))[None, :])
    for _ in range(rounds):
        away = at[:, None, :] - at[None, :, :]
        # two that stand on one spot part by their order
        away += (order * 0.01)[..., None]
        over = need - np.abs(away)
        np.einsum("iij->ij", over)[:] = -1
        meets = (over > 0).all(axis=2)
        if not meets.any():
            break
        sideways = over[..., 0] < over[..., 1]
        push = np.where(meets, np.where(sideways, over[..., 0], over[..., 1]), 0.0) * 0.5
        at[:, 0] += (push * sideways * np.sign(away[..., 0])).sum(axis=1).clip(-90, 90)
        at[:, 1] += (push * ~sideways * np.sign(away[..., 1])).sum(axis=1).clip(-90, 90)
        at -= at[0] - np.array(_middle(places[keys[0]], rooms[keys[0]]))
    return {key: _mark((float(x), float(y)), rooms[key]) for key, (x, y) in zip(keys, at, strict=True)}


def free_places(
    places: Mapping[str, Place], rooms: Mapping[str, Room], root: str, keys: Sequence[str]
) -> dict[str, Place]:
    """Return places for new nodes around the node `root`: the nearest free room, on the side away from 0 first."""
    taken = [_box(places[key], rooms[key]) for key in places]
    found: dict[str, Place] = {}
    spots = _spots(places[root], len(places) + len(keys))
    start = 0
    for key in keys:
        for number in range(start, len(spots)):
            box = _box(spots[number], rooms[key])
            if not any(_meet(box, other) for other in taken):
                break
        start = min(number + 1, len(spots) - 1)
        found[key] = spots[number]
        taken.append(box)
    return found


def _spots(root: Place, number: int) -> list[Place]:
    """Return candidate spots around a node, ring by ring, each beginning on the side that looks outward."""
    outward = atan2(root[1], root[0]) if root != (0.0, 0.0) else 0.0
    spots = []
    for ring in range(1, 12 + number):
        radius = 60 + 70.0 * ring
        steps = 8 + 4 * ring
        for step in range(steps):
            turn = (step + 1) // 2 * (1 if step % 2 else -1) * 2 * pi / steps
            spots.append((root[0] + FLAT * radius * cos(outward + turn), root[1] + radius * sin(outward + turn)))
    return spots


def _middle(place: Place, room: Room) -> Place:
    return place[0], place[1] - room.above + room.height / 2


def _mark(middle: Place, room: Room) -> Place:
    return middle[0], middle[1] + room.above - room.height / 2


def _box(place: Place, room: Room) -> tuple[float, float, float, float]:
    x, y = _middle(place, room)
    return x - room.width / 2, y - room.height / 2, x + room.width / 2, y + room.height / 2


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
