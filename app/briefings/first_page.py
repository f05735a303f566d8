"""Choose what fits on a briefing's first A4 page and how high its chart is; everything else goes into the annex."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from app.briefings.content import Briefing, Point, Section
from app.briefings.picture import level_height
from app.viewmodels.table import Table

ROOM = 26.0  #: centimetres between margins, less what an estimate may miss
LEAST_CHART, MOST_CHART = 4.2, 7.6  #: centimetres
LEGEND = 0.8  #: centimetres over lying bars
_LINE, _SMALL = 0.39, 0.33  #: height of a line in letters of 9.5 and of 8 points
_WIDE, _SMALL_WIDE = 98, 118  #: letters of such a line over the text's width
#: how many sentences, remarks and table rows the first page tries to hold: with tables first, then the fullest
_PLANS = ((5, 4, 16), (5, 3, 16), (4, 2, 14), (3, 2, 10), (5, 4, 0), (3, 2, 0), (2, 1, 0))


@dataclass(frozen=True, slots=True)
class FirstPage:
    """A briefing divided into first page and annex."""

    opening: tuple[Point, ...]
    lines: tuple[Point, ...]
    sections: tuple[Section, ...]
    remarks: tuple[str, ...]
    corrections: tuple[str, ...]
    chart_height: float  #: centimetres
    later: tuple[tuple[str, tuple[Point, ...]], ...]  #: what had no room, by heading
    later_sections: tuple[Section, ...]


def first_page(text: Briefing) -> FirstPage:
    """Return the first page with the most content whose estimated height fits; the shortest plan if none fits."""
    page = _planned(text, *_PLANS[-1])
    for plan in _PLANS:
        page = _planned(text, *plan)
        charts = sum(1 for section in page.sections if section.chart and not section.chart.is_level)
        free = ROOM - _height(page, text)
        if not charts and free >= 0:
            return page
        if charts and free / charts >= LEAST_CHART:
            return replace(page, chart_height=min(MOST_CHART, free / charts))
    return replace(page, chart_height=LEAST_CHART)


def _planned(text: Briefing, sentences: int, remarks: int, rows: int) -> FirstPage:
    lines = max(remarks + sentences - 1, 2)
    sections, later_sections = [], []
    for section in text.first:
        keeps = section.table is None or len(section.table.rows) <= rows
        sections.append(section if keeps else replace(section, table=None))
        if not keeps:
            later_sections.append(replace(section, chart=None, note=""))
    later = (
        ("More in short", text.opening[sentences:]),
        ("Further lines", text.lines[lines:]),
        ("What else is not certain", tuple(Point(said) for said in text.uncertain[remarks:])),
        ("Further corrections", tuple(Point(said) for said in text.corrections[remarks:])),
    )
    return FirstPage(
        opening=text.opening[:sentences],
        lines=text.lines[:lines],
        sections=tuple(section for section in sections if section.chart or section.table),
        remarks=text.uncertain[:remarks],
        corrections=text.corrections[:remarks],
        chart_height=LEAST_CHART,
        later=tuple((heading, points) for heading, points in later if points),
        later_sections=tuple(later_sections),
    )


def _height(page: FirstPage, text: Briefing) -> float:
    """Return the estimated height, in centimetres, of everything but the charts."""
    figures = sum(len(f"{each.figure} {each.words} {each.note}") + 6 for each in text.headlines)
    height = 1.6 + 0.48 * ceil(figures / 82) + (0.8 * ceil(len(text.title) / 55))
    height += _lines([*(p.words for p in page.opening), *(p.words for p in page.lines)], _LINE, _WIDE, 0.1)
    for said in (page.remarks, page.corrections):
        height += (0.85 if said else 0) + _lines(said, _LINE, _WIDE - 8, 0.08)
    for section in page.sections:
        height += 0.85 + (_lines([section.note], _SMALL, _SMALL_WIDE, 0.08) if section.note else 0)
        height += (0.3 + _table(section.table)) if section.table else 0
        if section.chart and section.chart.is_level:
            height += LEGEND + level_height(section.chart) / 100
    return height + _lines(text.closing, _SMALL, _SMALL_WIDE, 0.08) + 0.5


def _lines(texts: Iterable[str], line: float, wide: int, after: float) -> float:
    return sum(ceil(len(words) / wide) * line + after for words in texts if words)


def _table(table: Table) -> float:
    """Return the estimated height of a table in centimetres: each row is as high as its fullest cell."""
    texts = [list(table.columns), *([f"{cell.text} {cell.note}" for cell in row] for row in table.rows)]
    shares = letters_of_columns(texts)
    return sum(
        max(ceil(len(words) / share) for words, share in zip(row, shares, strict=True)) * _SMALL + 0.06
        for row in texts
    )


def letters_of_columns(texts: Sequence[Sequence[str]]) -> list[int]:
    """Return how many 8-point characters fit on a line of each column, with the widths of `widths_of`."""
    return [max(1, int((width - 0.38) * 6.9)) for width in widths_of(texts)]


def widths_of(texts: Sequence[Sequence[str]], whole: float = 17.0) -> list[float]:
    """Return the width of each column in centimetres, `whole` together, by cell length; each has room for a figure."""
    columns = len(texts[0])
    longest = [min(60, max(len(row[place]) for row in texts)) for place in range(columns)]
    least = min(2.3, whole / columns)
    extra = [max(0, each - 12) for each in longest]
    shared = sum(extra)
    return [least + (whole - least * columns) * (each / shared if shared else 1 / columns) for each in extra]
