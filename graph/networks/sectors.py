"""Layout of one step around a node by compass: payers in the west, payees in the east, places in the south."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import ceil, cos, pi, sin

from graph.model import EntityKind
from graph.networks.network import DECISION, Picture, TieKind
from graph.networks.room import FLAT, GAP, Place, Room

SIDES = ("west", "north", "east", "south")  #: clockwise, as the page shows them
_INWARD = {TieKind.PAYS, TieKind.FUNDS, TieKind.DRAWS_ON}
_NEAREST, _WIDEST = 200.0, 330.0  #: radius of the first ring, pixels


def sectors(picture: Picture, rooms: Mapping[str, Room]) -> dict[str, Place]:
    """Return the position of each node in pixels, on rings around the centre.

    Each side is as wide as its nodes need, with those that have most money in its middle.
    """
    centre = next((key for key in rooms if picture.distance.get(key) == 0), next(iter(rooms)))
    sides, money = _sides(picture, centre, rooms)
    need = {side: sum(_need(side, rooms[key]) for key in sides[side]) for side in SIDES}
    whole = sum(need.values())
    if not whole:
        return {centre: (0.0, 0.0)}
    rows = max(1, ceil(whole / (2 * pi * _WIDEST)))
    radius = max(_NEAREST, whole / (2 * pi * rows))
    width = {side: 2 * pi * need[side] / whole for side in SIDES}
    angle = _first_angle(width)
    places: dict[str, Place] = {centre: (0.0, 0.0)}
    for side in SIDES:
        keys = _from_the_middle(sorted(sides[side], key=lambda key: (-money[key], key)))
        for number, key in enumerate(keys):
            turn = angle + width[side] * (number + 0.5) / len(keys)
            out = radius + 115.0 * (number % rows)
            places[key] = (FLAT * out * cos(turn), out * sin(turn))
        angle += width[side]
    return places


def _sides(picture: Picture, centre: str, rooms: Mapping[str, Room]) -> tuple[dict[str, list[str]], dict[str, float]]:
    balance: dict[str, float] = defaultdict(float)  #: to the centre less from it
    money: dict[str, float] = defaultdict(float)
    for bond in picture.bonds:
        if centre not in (bond.source, bond.target):
            continue
        other = bond.source if bond.target == centre else bond.target
        inward = bond.target == centre and bond.kind in _INWARD
        weight = float(bond.amount)
        balance[other] += weight if inward else -weight
        money[other] += weight
    found: dict[str, list[str]] = defaultdict(list)
    kinds = {node.key: node.kind for node in picture.nodes}
    for key in rooms:
        if key != centre:
            found[_side(kinds[key], kinds[centre], balance[key])].append(key)
    return found, money


def _side(kind: str, centre: str, balance: float) -> str:
    if kind == EntityKind.PLACE and centre != EntityKind.PLACE:
        return "south"
    if kind == EntityKind.FUND:
        return "west"
    if kind in (EntityKind.PROGRAMME, DECISION) and centre != EntityKind.FUND:
        return "north"
    return "west" if balance > 0 else "east" if balance < 0 else "north"


def _need(side: str, room: Room) -> float:
    """Return the length of the ring that a room takes: its height beside the centre, its width above and below it."""
    return (room.height if side in ("west", "east") else room.width / FLAT) + GAP


def _first_angle(width: Mapping[str, float]) -> float:
    """Return the angle where the west begins, so that west and east lie as level as they can (downward is plus)."""
    if width["west"]:
        return pi - width["west"] / 2
    if width["east"]:
        return -width["east"] / 2 - width["north"]
    return -pi / 2 - width["north"] / 2 if width["north"] else pi / 2 - width["south"] / 2


def _from_the_middle(keys: list[str]) -> list[str]:
    """Return the keys reordered: the first one in the middle, the following ones beside it on alternating sides."""
    return [*reversed(keys[1::2]), *keys[0::2]]
