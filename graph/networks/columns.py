"""Money around a thing in columns: payers left of it, those who are paid right of it, the best funded beside it.

Those who work with it and are joined by no money stand in rows below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil

from graph.networks.network import MONEY_TIES, Bond, Picture
from graph.networks.room import GAP, Place, Room

_WIDE, _HIGH = 740.0, 560.0  #: what the picture is drawn in, pixels; more is drawn smaller
_AROUND = 60.0  #: more room between the centre and its neighbours, where the sums of the lines stand
_ARC = 30.0  #: how much higher the ends of a row below stand, so that a line between two passes by a third
_LEAST = 4  #: rows of a column, however wide it gets
_LEFT, _RIGHT, _BELOW = -1, 1, 0  #: where money comes from, where it goes to, and who works with the thing


def columns(picture: Picture, rooms: Mapping[str, Room]) -> dict[str, Place]:
    """Return the position of each node in pixels, with the centre at 0.

    Each side has as many columns as fit best, ordered by distance and money. A node further out stands on the side of
    the node that it is reached by.
    """
    centre = next((key for key in rooms if picture.distance.get(key) == 0), next(iter(rooms)))
    sides = _sides(picture, centre)
    wide = max((rooms[key].width for key in rooms if key != centre), default=0.0) + GAP
    high = max((rooms[key].height for key in rooms), default=0.0) + GAP
    groups = {side: _by_money(picture, sides, side, centre) for side in (_LEFT, _RIGHT, _BELOW)}
    rows = _rows(len(groups[_LEFT]), len(groups[_RIGHT]), wide, high)
    places: dict[str, Place] = {centre: (0.0, 0.0)}
    for side in (_LEFT, _RIGHT):
        for number, column in enumerate(_even(groups[side], rows)):
            x = side * ((number + 1) * wide + _AROUND)
            shift = high / 2 if number % 2 else 0.0  # lines to the next column pass between two marks
            for place, key in enumerate(_from_the_middle(column)):
                places[key] = (x, (place - (len(column) - 1) / 2) * high + shift)
    lowest = max(y for _, y in places.values())
    for number, row in enumerate(_even(groups[_BELOW], max(_LEAST, int(_WIDE // wide)))):
        half = (len(row) - 1) / 2
        for place, key in enumerate(_from_the_middle(row)):
            rise = _ARC * ((place - half) / half) ** 2 if half else 0.0
            places[key] = ((place - half) * wide, lowest + (number + 1) * high + _AROUND - rise)
    return places


def _by_money(picture: Picture, sides: Mapping[str, int], side: int, centre: str) -> list[str]:
    """Return who stands on a side, the nearest and those with most money first."""
    money = _money(picture.bonds)
    keys = [node.key for node in picture.nodes if node.key != centre and sides.get(node.key, _BELOW) == side]
    return sorted(keys, key=lambda key: (picture.distance.get(key, 0), -money[key], key))


def _sides(picture: Picture, centre: str) -> dict[str, int]:
    """Return -1 for whom money comes from and 1 for whom it goes to, as seen from the centre."""
    balance: dict[tuple[str, str], float] = defaultdict(float)  #: by (nearer, further): to the nearer less from it
    for bond in picture.bonds:
        if bond.kind not in MONEY_TIES:
            continue
        weight = max(float(bond.amount), 1.0)  # a sum that counts elsewhere has a direction too
        steps = [picture.distance.get(end, 0) for end in (bond.source, bond.target)]
        if steps[0] > steps[1]:
            balance[bond.target, bond.source] += weight
        elif steps[0] < steps[1]:
            balance[bond.source, bond.target] -= weight
    sides: dict[str, int] = {}
    for nearer, further in sorted(balance, key=lambda pair: (picture.distance.get(pair[1], 0), pair)):
        own = _LEFT if balance[nearer, further] > 0 else _RIGHT
        sides.setdefault(further, own if nearer == centre else sides.get(nearer) or own)
    return sides


def _money(bonds: Sequence[Bond]) -> Mapping[str, float]:
    """How much is drawn at each node, for the order of a column alone."""
    found: dict[str, float] = defaultdict(float)
    for bond in bonds:
        found[bond.source] += float(bond.amount)
        found[bond.target] += float(bond.amount)
    return found


def _rows(left: int, right: int, wide: float, high: float) -> int:
    """Return the number of rows in a column with which the whole picture is drawn largest."""

    def scale(rows: int) -> float:
        across = (ceil(left / rows) + ceil(right / rows)) * wide + 2 * _AROUND + wide
        return min(_WIDE / across, _HIGH / (rows * high))

    return max(range(_LEAST, max(_LEAST, left, right) + 1), key=scale)


def _even(keys: Sequence[str], rows: int) -> list[Sequence[str]]:
    """Return the keys split into columns of about equal length."""
    number = ceil(len(keys) / rows)
    each = ceil(len(keys) / number) if number else 0
    return [keys[at : at + each] for at in range(0, len(keys), each)] if each else []


def _from_the_middle(keys: Sequence[str]) -> list[str]:
    return [*reversed(keys[1::2]), *keys[0::2]]
