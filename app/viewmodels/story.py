"""The story of a thing as display text: in short, as a picture by year and body, and decision by decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.links import decision_link
from app.viewmodels import words
from graph.counting.tally import Tally, total
from graph.model import RelationKind
from graph.stated.flows import StatedFlow
from graph.story.chapters import Chapter, Tie
from graph.story.deeds import Deed

NO_YEAR = "No date"
MOST_COLUMNS = 16
MOST_BODIES = 6
MOST_MARKS = 4  #: of a body in one year
_REMARK = {
    "all": "Its money is counted with another decision.",
    "part": "Part of its money is counted with another decision.",
    "": "",
}
_CHANGES = (RelationKind.MODIFIES, RelationKind.EXTENDS, RelationKind.SUPERSEDES)


@dataclass(frozen=True, slots=True)
class Said:
    """One deed in words around its figure, which leads to the paragraph that it was read from."""

    before: str  #: "takes"
    figure: str
    href: str
    after: str  #: "from the Treasury for 2023/24"


@dataclass(frozen=True, slots=True)
class TieView:
    """How a decision stands to another one."""

    words: str  #: "Changes", "Changed later by", "Refers to"
    name: str
    href: str  #: of the other decision; "" where it is not loaded
    quote: str
    at: str  #: the link to the quotation's paragraph


@dataclass(frozen=True, slots=True)
class ChapterView:
    """One decision on the time line."""

    when: str  #: "6 July 2023"; "" where it does not say
    caption: str
    title: str
    href: str
    body: str
    deeds: tuple[Said, ...]
    remark: str  #: what to know of its money; "" for nothing
    ties: tuple[TieView, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Money in the picture, over the years that it is for."""

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
    """One body in the picture."""

    name: str
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    lanes: int


@dataclass(frozen=True, slots=True)
class StoryView:
    """The whole story."""

    opening: tuple[str, ...]  #: sentences
    years: tuple[str, ...]  #: columns of the picture; none where nothing is dated
    rows: tuple[Row, ...]
    chapters: tuple[tuple[str, tuple[ChapterView, ...]], ...]  #: (year, its decisions)


def story_view(chapters: Sequence[Chapter], counted: Sequence[Tally]) -> StoryView:
    """Return the story of a thing from its chapters, and the tallies whose money the picture shows."""
    grouped: dict[str, list[ChapterView]] = defaultdict(list)
    for chapter in chapters:
        grouped[chapter.year or NO_YEAR].append(_chapter(chapter))
    years = _years(chapters, counted)
    return StoryView(
        opening=_opening(chapters, counted),
        years=years,
        rows=_rows(chapters, counted, years) if years else (),
        chapters=tuple((year, tuple(views)) for year, views in grouped.items()),
    )


def _opening(chapters: Sequence[Chapter], counted: Sequence[Tally]) -> tuple[str, ...]:
    """What was decided by whom, each body's money, and the first and the latest that is recorded."""
    bodies = list(dict.fromkeys(_body(chapter) for chapter in chapters if chapter.head.body))
    dated = [chapter for chapter in chapters if chapter.year]
    if not bodies:
        return ()
    sentences = [f"{words.count(len(chapters), 'decision')} by {words.listed(bodies, limit=5)}{_span(dated)}."]
    told = {body: _money_of(body, chapters, counted[0]) for body in bodies[:MOST_BODIES]} if len(counted) == 1 else {}
    sentences += [f"{body}: {said}." for body, said in told.items() if said]
    telling = [c for c in dated if any(deed.is_money and not deed.together for deed in c.deeds)]
    if telling and not any(told.values()):
        sentences.append(f"First money recorded, {telling[0].year}: {_sentence(telling[0])}")
    if telling and telling[-1] is not telling[0]:
        sentences.append(f"Latest, {telling[-1].year}: {_sentence(telling[-1])}")
    return tuple(sentences)


def _span(dated: Sequence[Chapter]) -> str:
    if not dated:
        return ""
    first, last = dated[0].year, dated[-1].year
    return f", {first} to {last}" if first != last else f", {first}"


def _money_of(body: str, chapters: Sequence[Chapter], tally: Tally) -> str:
    """ "£340,331 from the Home Office and £150,000 of its own, for 2018/19 to 2020/21; £5 with other programmes"."""
    here = {chapter.head.document for chapter in chapters if _body(chapter) == body}
    funders: dict[str, list[StatedFlow]] = defaultdict(list)
    for stated in tally.flows:
        if stated.document in here:
            funders[stated.flow.funder.name if stated.flow.funder else "a funder who is not named"].append(stated)
    parts = [
        f"{words.pounds(total(flows))} {'of its own' if funder == body else f'from {funder}'}"
        for funder, flows in sorted(funders.items(), key=lambda pair: -total(pair[1]))
    ]
    years = sorted({year for flows in funders.values() for stated in flows for year in stated.flow.years})
    said = f"{words.listed(parts)}{f', in {words.years(years)}' if years else ''}" if parts else ""
    joint = total(stated for stated in tally.joint if stated.document in here)
    more = f"{words.pounds(joint)} together with other programmes, not split" if joint else ""
    return "; ".join(part for part in (said, more) if part)


def _sentence(chapter: Chapter) -> str:
    said = [_said(deed, chapter) for deed in chapter.deeds if deed.is_money and not deed.together][:4]
    phrases = [" ".join(part for part in (each.before, each.figure, each.after) if part) for each in said]
    own, others = ([phrase for phrase in phrases if phrase[:1].islower() is is_own] for is_own in (True, False))
    body = chapter.head.body.name if chapter.head.body else chapter.head.caption
    told = "; ".join([*([f"{body} {'; '.join(own)}"] if own else []), *others])
    return f"{told} ({chapter.head.caption})."


def _chapter(chapter: Chapter) -> ChapterView:
    head = chapter.head
    return ChapterView(
        when=words.date(head.signed) if head.signed else "",
        caption=head.caption,
        title=head.title if head.reference else "",
        href=decision_link(head.document),
        body=head.body.name if head.body else "",
        deeds=tuple(_said(deed, chapter) for deed in chapter.deeds),
        remark=_REMARK[chapter.counted_elsewhere],
        ties=tuple(_tie(tie, head.document) for tie in chapter.ties),
    )


def _said(deed: Deed, chapter: Chapter) -> Said:
    first = deed.flows[0]
    locator = first.flow.evidence[0].locator if first.flow.evidence else ""
    together = f"for {words.listed(deed.together)} together" if deed.together else ""
    when = f"for {words.years_covered(deed.years)}" if deed.years else ""
    return Said(
        before=deed.verb,
        figure=words.pounds(deed.amount, deed.basis),
        href=decision_link(chapter.head.document, at=locator),
        after=" ".join(part for part in (deed.party, together, when) if part),
    )


def _tie(tie: Tie, document: str) -> TieView:
    here, there = words.RELATION[tie.kind]
    said = here if tie.forward else f"later {there}" if tie.kind in _CHANGES else there
    return TieView(
        words=said[:1].upper() + said[1:],
        name=tie.words,
        href=decision_link(tie.document) if tie.document else "",
        quote=" ".join(tie.quote.split()),
        at=decision_link(document, at=tie.locator) if tie.locator else "",
    )


def _years(chapters: Sequence[Chapter], counted: Sequence[Tally]) -> tuple[str, ...]:
    """Every financial year from the first to the last that the picture needs, the latest where there are too many."""
    flows = [stated for tally in counted for stated in (*tally.flows, *tally.joint)]
    named = {year for stated in flows for year in stated.flow.years} | {chapter.year for chapter in chapters}
    starts = sorted(int(year[:4]) for year in named if year[:4].isdigit())
    if not starts:
        return ()
    span = range(max(starts[0], starts[-1] - MOST_COLUMNS + 1), starts[-1] + 1)
    return tuple(f"{year}/{(year + 1) % 100:02d}" for year in span)


def _rows(chapters: Sequence[Chapter], counted: Sequence[Tally], years: Sequence[str]) -> tuple[Row, ...]:
    here = {chapter.head.document: chapter for chapter in chapters}
    column = {year: number for number, year in enumerate(years)}
    sums: dict[tuple[str, int, int, bool], list[StatedFlow]] = defaultdict(list)
    for tally in counted:
        for faint, flows in ((False, tally.flows), (True, tally.joint)):
            for stated in flows:
                at = [column[year] for year in stated.flow.years if year in column]
                if at and stated.document in here:
                    sums[_body(here[stated.document]), min(at), max(at), faint].append(stated)
    rows = []
    for body in dict.fromkeys(_body(chapter) for chapter in chapters):
        bands = _in_lanes(_band(key, flows) for key, flows in sums.items() if key[0] == body)
        marks = _marks([chapter for chapter in chapters if _body(chapter) == body and chapter.year in column], column)
        if bands or marks:
            rows.append(Row(body, bands, marks, 1 + max((band.lane for band in bands), default=-1)))
    return tuple(rows)


def _marks(chapters: Sequence[Chapter], column: Mapping[str, int]) -> tuple[Mark, ...]:
    """The decisions of a body, a few in each year; the rest as a number that leads to the list."""
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


def _body(chapter: Chapter) -> str:
    return chapter.head.body.name if chapter.head.body else "Body not stated"


def _band(key: tuple[str, int, int, bool], flows: Sequence[StatedFlow]) -> Band:
    _, first, last, faint = key
    amount = total({stated.iri: stated for stated in flows}.values())
    funders = words.listed(list(dict.fromkeys(s.flow.funder.name for s in flows if s.flow.funder)), limit=3)
    years = sorted({year for stated in flows for year in stated.flow.years})
    joint = ", with other programmes" if faint else ""
    locator = flows[0].flow.evidence[0].locator if flows[0].flow.evidence else ""
    return Band(
        label=words.short_pounds(amount),
        says=f"{words.pounds(amount)}, {words.years(years)}{f', from {funders}' if funders else ''}{joint}",
        href=decision_link(flows[0].document, at=locator),
        first=first,
        last=last,
        lane=0,
        faint=faint,
    )


def _in_lanes(bands: Iterable[Band]) -> tuple[Band, ...]:
    """Set bands that overlap below each other."""
    ends: list[int] = []
    placed = []
    for band in sorted(bands, key=lambda band: (band.faint, band.first, -band.last)):
        lane = next((number for number, end in enumerate(ends) if end < band.first), len(ends))
        ends[lane : lane + 1] = [band.last]
        placed.append(replace(band, lane=lane))
    return tuple(placed)
