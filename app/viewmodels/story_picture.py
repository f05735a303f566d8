"""The picture of a story: years from left to right, bodies below each other, dots for decisions, bands for money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.links import decision_link
from app.viewmodels import words
from graph.counting.placed_years import placed_years, without_year
from graph.counting.tally import Tally
from graph.counting.unsure import unsure_part
from graph.stated.decisions import DecisionHead
from graph.stated.flows import StatedFlow
from graph.story.chapters import Chapter

MOST_COLUMNS = 16
MOST_MARKS = 4  #: of a body in one year


@dataclass(frozen=True, slots=True)
class Band:
    """A sum in the picture, over the years that it is for."""

    label: str  #: "£92k"
    says: str  #: the whole in words
    href: str
    first: int  #: column, from 0
    last: int
    lane: int
    faint: bool  #: whether it is one sum for several programmes, which is in no total


@dataclass(frozen=True, slots=True)
class Mark:
    """A decision in the picture."""

    label: str
    says: str
    href: str
    column: int


@dataclass(frozen=True, slots=True)
class Row:
    """One body in the picture, with its decisions and its money."""

    name: str
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    lanes: int


def years_of_picture(chapters: Sequence[Chapter], counted: Sequence[Tally]) -> tuple[str, ...]:
    """Return all financial years from the first to the last in the picture; only the latest if there are too many."""
    flows = [stated for tally in counted for stated in (*tally.flows, *tally.joint)]
    named = {year for stated in flows for year in stated.flow.years} | {chapter.year for chapter in chapters}
    starts = sorted(int(year[:4]) for year in named if year[:4].isdigit())
    if not starts:
        return ()
    span = range(max(starts[0], starts[-1] - MOST_COLUMNS + 1), starts[-1] + 1)
    return tuple(f"{year}/{(year + 1) % 100:02d}" for year in span)


def picture_rows(chapters: Sequence[Chapter], counted: Sequence[Tally], years: Sequence[str]) -> tuple[Row, ...]:
    """Return a row for each body with its decisions and its counted money."""
    here = {chapter.head.document: chapter for chapter in chapters}
    heads = {document: chapter.head for document, chapter in here.items()}
    column = {year: number for number, year in enumerate(years)}
    sums: dict[tuple[str, int, int, bool], list[StatedFlow]] = defaultdict(list)
    for tally in counted:
        for faint, flows in ((False, tally.flows), (True, tally.joint)):
            for stated in flows:
                at = [column[year] for year in placed_years(stated, heads).years if year in column]
                if at and stated.document in here:
                    sums[body_of(here[stated.document]), min(at), max(at), faint].append(stated)
    rows = []
    for body in dict.fromkeys(body_of(chapter) for chapter in chapters):
        bands = _in_lanes(_band(key, flows, heads) for key, flows in sums.items() if key[0] == body)
        marks = _marks([chapter for chapter in chapters if body_of(chapter) == body and chapter.year in column], column)
        if bands or marks:
            rows.append(Row(body, bands, marks, 1 + max((band.lane for band in bands), default=-1)))
    return tuple(rows)


def _marks(chapters: Sequence[Chapter], column: Mapping[str, int]) -> tuple[Mark, ...]:
    """Return the decisions of a body, a few for each year; a number that links to the list stands for the rest."""
    by_year: dict[str, list[Chapter]] = defaultdict(list)
    for chapter in chapters:
        by_year[chapter.year].append(chapter)
    marks = []
    for year, found in by_year.items():
        shown = found if len(found) <= MOST_MARKS else found[: MOST_MARKS - 1]
        for chapter in shown:
            label = chapter.head.reference or chapter.head.record_type.capitalize() or "Decision"
            says = f"{chapter.head.caption}, {words.date(chapter.head.signed) or year}"
            marks.append(Mark(label, says, decision_link(chapter.head.document), column[year]))
        if len(found) > len(shown):
            more = f"{len(found) - len(shown):,} more"
            marks.append(Mark(more, f"{more} decisions in {year}, in the list", "#decisions", column[year]))
    return tuple(marks)


def body_of(chapter: Chapter) -> str:
    """Return the name of the deciding body."""
    return chapter.head.body.name if chapter.head.body else "Body not stated"


def _band(key: tuple[str, int, int, bool], flows: Sequence[StatedFlow], heads: Mapping[str, DecisionHead]) -> Band:
    _, first, last, faint = key
    money = unsure_part({stated.iri: stated for stated in flows}.values())
    funders = words.listed(list(dict.fromkeys(s.flow.funder.name for s in flows if s.flow.funder)), limit=3)
    years = sorted({year for stated in flows for year in stated.flow.years})
    undated = without_year(flows, heads)
    dated = ", ".join(part for part in (words.years(years) if years else "", undated) if part)
    joint = ", with other programmes" if faint else ""
    locator = flows[0].flow.evidence[0].locator if flows[0].flow.evidence else ""
    ceiling, star = "up to " if money.ceiling == money.whole else "", "*" if undated else ""
    return Band(
        label=f"{ceiling}{words.short_pounds(money.whole)}{star}",
        says=f"{words.counted(money)}, {dated}{f', from {funders}' if funders else ''}{joint}",
        href=decision_link(flows[0].document, at=locator),
        first=first,
        last=last,
        lane=0,
        faint=faint,
    )


def _in_lanes(bands: Iterable[Band]) -> tuple[Band, ...]:
    """Return the bands with a lane each, so that overlapping bands stand below each other."""
    ends: list[int] = []
    placed = []
    for band in sorted(bands, key=lambda band: (band.faint, band.first, -band.last)):
        lane = next((number for number, end in enumerate(ends) if end < band.first), len(ends))
        ends[lane : lane + 1] = [band.last]
        placed.append(replace(band, lane=lane))
    return tuple(placed)
