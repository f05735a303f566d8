"""Money around a thing in columns: payers left of it, those who are paid right of it, the best funded beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil

from graph.networks.network import MONEY_TIES, Bond, Picture
from graph.networks.room import GAP, Place, Room

_WIDE, _HIGH = 740.0, 560.0  #: what the picture is drawn in, pixels; more is drawn smaller
_AROUND = 60.0  #: more room between the centre and its neighbours, where the sums of the lines stand
_LEAST = 4  #: rows of a column, however wide it gets


def columns(picture: Picture, rooms: Mapping[str, Room]) -> dict[str, Place]:
    """Return the position of each node in pixels, with the centre at 0.

    Each side has as many columns as fit best, ordered by distance and money. A node further out stands on the side of
    the node that it is reached by.
    """
    centre = next((key for key in rooms if picture.distance.get(key) == 0), next(iter(rooms)))
    sides = _sides(picture, centre)
    wide = max((rooms[key].width for key in rooms if key != centre), default=0.0) + GAP
    high = max((rooms[key].height for key in rooms), default=0.0) + GAP
    left, right = ([key for key in rooms if key != centre and sides.get(key, 1) == side] for side in (-1, 1))
    rows = _rows(len(left), len(right), wide, high)
    places: dict[str, Place] = {centre: (0.0, 0.0)}
    for side, keys in ((-1, left), (1, right)):
        money = _money(picture.bonds)
        ordered = sorted(keys, key=lambda key: (picture.distance.get(key, 0), -money[key], key))
        for number, column in enumerate(_even(ordered, rows)):
            x = side * ((number + 1) * wide + _AROUND)
            shift = high / 2 if number % 2 else 0.0  # lines to the next column pass between two marks
            for place, key in enumerate(_from_the_middle(column)):
                places[key] = (x, (place - (len(column) - 1) / 2) * high + shift)
    return places


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
        own = -1 if balance[nearer, further] > 0 else 1
        sides.setdefault(further, own if nearer == centre else sides.get(nearer, own))
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
