"""Draw a chart as a PNG picture without a browser, in the app's font and colours."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.briefings.content import Chart
from app.viewmodels.money import ticks_up_to
from app.viewmodels.palette import PALETTE, colours_of
from app.viewmodels.words import short_pounds, whole_pounds

WIDTH = 1700  #: dots; 17 cm at 254 to the inch
FOOT, LEAST_PLOT = 100, 180  #: dots under and of standing bars
LEVEL, GAP = 34, 48  #: height of a lying bar, and of its label
WIDEST = 260  #: bar
INK, LINES, PAPER = "#0b0c0c", "#d0d0d0", "#ffffff"
LETTERS = 30  #: height in dots: 8.5 points on paper
_FONT = "SourceSansVF-Upright*.woff2"  #: Streamlit's, which pages are set in
_WEIGHT = 400


def png(chart: Chart, *, height: float = 8.0) -> bytes:
    """Return the chart with its legend as a PNG 17 cm wide and `height` cm high.

    Level bars take the height they need.
    """
    from PIL import Image, ImageDraw

    legend = list(_legend(chart))
    top = 24 + (1 + max((row for row, *_ in legend), default=-1)) * 46
    whole = top + level_height(chart) if chart.is_level else max(int(height * 100), top + FOOT + LEAST_PLOT)
    image = Image.new("RGB", (WIDTH, whole), PAPER)
    pen = ImageDraw.Draw(image)
    for row, left, name, colour, is_faint in legend:
        _box(image, pen, (left, 20 + row * 46, left + 28, 48 + row * 46), colour, is_faint=is_faint)
        pen.text((left + 40, 34 + row * 46), name, fill=INK, font=_font(LETTERS), anchor="lm")
    if chart.is_level:
        _level_bars(image, pen, chart, top)
    else:
        _standing_bars(image, pen, chart, (top, whole - FOOT))
    data = io.BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE).save(data, "PNG", dpi=(254, 254))
    return data.getvalue()


@cache
def _font(size: int) -> Any:
    """Return the app's font; Pillow's own, without accents and pound sign, only if Streamlit's file is missing."""
    from PIL import ImageFont

    path = font_file()
    if path is None:
        return ImageFont.load_default(size)
    font = ImageFont.truetype(str(path), size)
    font.set_variation_by_axes([_WEIGHT])
    return font


def font_file() -> Path | None:
    """Return the path of the font file that Streamlit brings; None if it is not found."""
    found = find_spec("streamlit")
    folder = Path(found.origin).parent / "static" if found and found.origin else None
    return next(iter(sorted(folder.rglob(_FONT))), None) if folder else None


def _colours(chart: Chart) -> list[str]:
    if not chart.is_stacked:
        return [PALETTE[number % len(PALETTE)] for number in range(len(chart.parts))]
    return colours_of([part.name for part in chart.parts], {part.name for part in chart.parts if part.faint})


def _legend(chart: Chart) -> Iterator[tuple[int, int, str, str, bool]]:
    """Yield (row, left, name, colour, is faint) for each part; parts stand side by side as far as there is room."""
    if len(chart.parts) == 1 and chart.is_level:
        return
    row, left = 0, 10
    for part, colour in zip(chart.parts, _colours(chart), strict=True):
        name = _cut(part.name, WIDTH - 80)
        width = 40 + int(_font(LETTERS).getlength(name)) + 36
        if left + width > WIDTH and left > 10:
            row, left = row + 1, 10
        yield row, left, name, colour, part.faint
        left += width


def _box(image: Any, pen: Any, corners: tuple[int, int, int, int], colour: str, *, is_faint: bool) -> None:
    """Draw a bar; hatched if it is not part of totals."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = corners
    if right <= left or bottom <= top:
        return
    if not is_faint:
        pen.rectangle((left, top, right - 1, bottom - 1), fill=colour)
        return
    hatched = Image.new("RGB", (right - left, bottom - top), PAPER)
    lines = ImageDraw.Draw(hatched)
    for start in range(-hatched.height, hatched.width, 12):
        lines.line((start, hatched.height, start + hatched.height, 0), fill=colour, width=4)
    lines.rectangle((0, 0, hatched.width - 1, hatched.height - 1), outline=colour, width=2)
    image.paste(hatched, (left, top))


def _standing_bars(image: Any, pen: Any, chart: Chart, plot: tuple[int, int]) -> None:
    top, floor = plot
    most = _most(chart)
    ticks = ticks_up_to(most)
    highest = max(ticks[-1], most) or Decimal(1)
    left = 40 + max(int(_font(LETTERS).getlength(short_pounds(tick))) for tick in ticks)

    def height(amount: Decimal) -> int:
        return floor - int(amount / highest * (floor - top - 30))

    for tick in ticks:
        pen.line((left, height(tick), WIDTH, height(tick)), fill=LINES, width=2)
        pen.text((left - 14, height(tick)), short_pounds(tick), fill=INK, font=_font(LETTERS), anchor="rm")
    room = (WIDTH - left) // max(1, len(chart.labels))
    if chart.first_span:
        for start in range(top, floor, 16):
            x = left + chart.first_span * room
            pen.line((x, start, x, start + 8), fill="#8a8a8a", width=3)
    for place, label in enumerate(chart.labels):
        _standing(image, pen, chart, place, (left + place * room, room), height)
        _label(pen, label, left + place * room + room // 2, floor + 14, room - 8)


def _standing(image: Any, pen: Any, chart: Chart, place: int, room: tuple[int, int], height: Any) -> None:
    wide = min(room[1] * 2 // 3, WIDEST)
    left = room[0] + (room[1] - wide) // 2
    below = Decimal(0)
    each = wide if chart.is_stacked else wide // max(1, len(chart.parts))
    for number, (part, colour) in enumerate(zip(chart.parts, _colours(chart), strict=True)):
        amount, start = part.amounts[place], left if chart.is_stacked else left + number * each
        base = below if chart.is_stacked else Decimal(0)
        corners = (start, height(base + amount), start + each, height(base))
        _box(image, pen, corners, colour, is_faint=part.faint)
        below += amount


def _label(pen: Any, label: str, middle: int, top: int, room: int) -> None:
    """Write a label on as many lines as it needs, in smaller letters if it would touch its neighbour."""
    lines = label.replace(" to ", "\nto ").replace("Year not stated", "Year not\nstated").split("\n")
    size = next((s for s in range(LETTERS, 14, -2) if max(_font(s).getlength(x) for x in lines) <= room), 14)
    for number, line in enumerate(lines):
        pen.text((middle, top + number * (size + 4)), line, fill=INK, font=_font(size), anchor="mt")


def level_height(chart: Chart) -> int:
    """Return the pixels that level bars need below the legend."""
    return len(chart.labels) * (LEVEL * len(chart.parts) + GAP) + 10


def _level_bars(image: Any, pen: Any, chart: Chart, top: int) -> None:
    """Draw each label above its bars, so that long names stay whole, and each amount behind its bar."""
    most, longest = _most(chart) or Decimal(1), WIDTH - 260
    for label_place, label in enumerate(chart.labels):
        y = top + label_place * (LEVEL * len(chart.parts) + GAP)
        pen.text((10, y + 16), _cut(label, WIDTH - 20), fill=INK, font=_font(LETTERS), anchor="lm")
        for number, (part, colour) in enumerate(zip(chart.parts, _colours(chart), strict=True)):
            amount, start = part.amounts[label_place], y + 34 + number * LEVEL
            end = 10 + int(amount / most * longest)
            _box(image, pen, (10, start, end, start + LEVEL - 6), colour, is_faint=part.faint)
            said = whole_pounds(amount) if amount else "—"
            pen.text((end + 12, start + LEVEL // 2 - 3), said, fill=INK, font=_font(LETTERS), anchor="lm")


def _most(chart: Chart) -> Decimal:
    by_label: Sequence[Sequence[Decimal]] = list(zip(*(part.amounts for part in chart.parts), strict=True))
    join = sum if chart.is_stacked and not chart.is_level else max
    return max((Decimal(join(amounts)) for amounts in by_label), default=Decimal(0))


def _cut(text: str, room: int) -> str:
    """Return the text, shortened to the room in pixels."""
    words, font = " ".join(text.split()), _font(LETTERS)
    words = words[:300]
    while words and font.getlength(words) > room:
        words = words[:-2].rstrip("…") + "…"
    return words
