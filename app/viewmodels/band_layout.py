"""Positions of boxes, labels and bands in the picture of money, so that no label covers another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.viewmodels.bands import Band, Bands

WIDE = 1000.0  #: units over the picture's width; heights are pixels
SIDE = 200.0  #: room for the labels of the first and of the last column
THICK = 12.0  #: of a box
LABEL = 38.0  #: height of a label beside a box: two lines
ABOVE = 54.0  #: of one above: three lines
GAP = 10.0
_TALL = 330.0  #: pixels that the money of the fullest column takes


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with the position of its label."""

    x: float  #: left edge of the box
    top: float
    height: float
    label_x: float
    label_top: float
    label_width: float
    side: str  #: where the label stands: "left", "above" or "right" of the box


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A band with its SVG path."""

    path: str  #: SVG path
    band: Band


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture."""

    height: float
    boxes: tuple[Placed, ...]  #: in the order of Bands.boxes
    ribbons: tuple[Ribbon, ...]


def layout(view: Bands) -> Layout:
    """Return the positions of everything; each column is ordered by the money that flows into its boxes."""
    columns = _ordered(view)
    fullest = max(sum(float(view.boxes[number].amount) for number in column) for column in columns)
    scale = _TALL / fullest if fullest else 0.0
    heights = [max(2.0, float(box.amount) * scale) for box in view.boxes]
    last = len(columns) - 1
    slots = [[_slot(heights[number], place, last) for number in column] for place, column in enumerate(columns)]
    tall = max(sum(each) for each in slots)
    placed: dict[int, Placed] = {}
    for place, column in enumerate(columns):
        top = (tall - sum(slots[place])) / 2
        for number, slot in zip(column, slots[place], strict=True):
            placed[number] = _placed(place, last, top, slot, heights[number])
            top += slot
    boxes = tuple(placed[number] for number in range(len(view.boxes)))
    return Layout(tall, boxes, _ribbons(view.bands, boxes, scale))


def _ordered(view: Bands) -> list[list[int]]:
    """Return the boxes of each column from top to bottom: the first by size, others by where their money comes from."""
    columns: list[list[int]] = [[] for _ in range(view.columns)]
    for number, box in enumerate(view.boxes):
        columns[box.column].append(number)
    height: dict[int, float] = {}
    into: dict[int, list[Band]] = defaultdict(list)
    for band in view.bands:
        into[band.target].append(band)
    for column in columns:
        middle = {number: _middle(into[number], height) for number in column}
        column.sort(key=lambda n: (_is_last(view, n), middle[n], -view.boxes[n].amount, view.boxes[n].label))
        height.update({number: place / max(1, len(column)) for place, number in enumerate(column)})
    return columns


def _is_last(view: Bands, number: int) -> bool:
    """Return True for a box that collects others or open parties, which goes to the bottom."""
    return view.boxes[number].kind is None


def _middle(bands: Sequence[Band], height: dict[int, float]) -> float:
    weight = sum(float(band.amount) for band in bands)
    return sum(height.get(band.source, 0.5) * float(band.amount) for band in bands) / weight if weight else 0.0


def _slot(height: float, place: int, last: int) -> float:
    beside = place in (0, last)
    return (max(height, LABEL) if beside else height + ABOVE) + GAP


def _placed(place: int, last: int, top: float, slot: float, height: float) -> Placed:
    x = SIDE + (WIDE - 2 * SIDE - THICK) * place / last
    if place == 0:
        middle = top + (slot - GAP) / 2
        return Placed(x, middle - height / 2, height, 0.0, middle - LABEL / 2, SIDE - 10, "left")
    if place == last:
        middle = top + (slot - GAP) / 2
        return Placed(x, middle - height / 2, height, x + THICK + 10, middle - LABEL / 2, SIDE - 10, "right")
    width = (WIDE - 2 * SIDE) / last - 6
    return Placed(x, top + ABOVE, height, x + THICK / 2 - width / 2, top, width, "above")


def _ribbons(bands: Sequence[Band], boxes: Sequence[Placed], scale: float) -> tuple[Ribbon, ...]:
    left: dict[int, float] = {}
    right: dict[int, float] = {}
    starts: dict[Band, float] = {}
    ends: dict[Band, float] = {}
    for band in sorted(bands, key=lambda band: (boxes[band.target].top, boxes[band.target].x)):
        starts[band] = left.get(band.source, boxes[band.source].top)
        left[band.source] = starts[band] + float(band.amount) * scale
    for band in sorted(bands, key=lambda band: (boxes[band.source].top, boxes[band.source].x)):
        ends[band] = right.get(band.target, boxes[band.target].top)
        right[band.target] = ends[band] + float(band.amount) * scale
    return tuple(Ribbon(_path(band, starts[band], ends[band], boxes, scale), band) for band in bands)


def _path(band: Band, start: float, end: float, boxes: Sequence[Placed], scale: float) -> str:
    thick = max(1.0, float(band.amount) * scale)
    x, to = boxes[band.source].x + THICK, boxes[band.target].x
    half = (x + to) / 2
    return (
        f"M{x:.1f},{start:.1f} C{half:.1f},{start:.1f} {half:.1f},{end:.1f} {to:.1f},{end:.1f} "
        f"V{end + thick:.1f} C{half:.1f},{end + thick:.1f} {half:.1f},{start + thick:.1f} {x:.1f},{start + thick:.1f} Z"
    )
